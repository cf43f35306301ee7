import { Refused } from '../../base/errors.js'
import { findImport, type Import } from '../records.js'
import { noteWriting, signEvery, takeOverTurn, takeTurn } from '../records/turns.js'

/**
 * Does it while nobody else writes an import into the register, this one or another: what is planned is planned on what stands there.
 * One that broke off while it wrote keeps its turn until somebody finishes or undoes it. Throws `Refused`.
 */
export async function inTurn<Result>(
  { _id, register }: Import,
  write: () => Promise<Result>,
): Promise<Result> {
  const other = await takeTurn(register, _id)
  if (other === _id) throw new Refused('import-being-written')
  if (other !== null) await takeOver({ _id, register }, other)
  const signs = setInterval(
    () => void noteWriting(register, _id, new Date()).catch(() => undefined),
    signEvery,
  )
  try {
    return await write()
  } catch (error) {
    clearInterval(signs)
    // Known to be broken off: nobody has to wait for a sign.
    await noteWriting(register, _id, null).catch(() => undefined)
    throw error
  } finally {
    clearInterval(signs)
  }
}

async function takeOver({ _id, register }: Pick<Import, '_id' | 'register'>, other: string): Promise<void> {
  const holder = await findImport(other)
  const half = holder?.state === 'applying' || holder?.state === 'undoing'
  if (holder && !half && (await takeOverTurn(register, other, _id))) return
  throw new Refused('import-other-writing', { name: holder?.fileName ?? '–' })
}
