import type { Option } from '../set.js'
import type { Fault, Tree } from '../tree.js'
import { bilingual, fieldsOf, flag, number, text, unlikeEachOther } from './fields.js'

export const idShape = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** The values of a scale, or of one question. `what` names whose: 'scale ynp'. */
export function readOptions(tree: Tree, what: string, faults: Fault[]): Option[] {
  if (tree.kind !== 'list' || tree.items.length < 2) {
    faults.push({ line: tree.line, reason: `${what} has no values: at least two are needed` })
    return []
  }
  const read = tree.items.flatMap((item, at) => {
    const id = idOf(item) ?? `no. ${at + 1}`
    const fields = fieldsOf(item, `option ${id} of ${what}`, known, faults)
    if (!fields) return []
    const given = fields.get('score')
    // Said each time, for leaving it out would be a zero or a "not counted" that nobody decided.
    if (given === undefined) fields.fault(null, `${fields.what} has no score (null where it does not count)`)
    const counts = given !== undefined && !(given.kind === 'scalar' && given.value === null)
    const option: Option = {
      id: text(fields, 'id', { shape: idShape }),
      text: bilingual(fields, 'text') ?? { da: '', en: '' },
      score: counts ? number(fields, 'score', { least: 0, most: 1 }) : null,
      requiresComment: flag(fields, 'requiresComment'),
      ...(flag(fields, 'exclusive') ? { exclusive: true } : {}),
    }
    if (option.id === 'na' && (counts || !option.requiresComment))
      fields.fault(
        null,
        `${fields.what} must have score null and requiresComment true: the reviewer judges it`,
      )
    return [{ option, line: item.line }]
  })
  unlikeEachOther(
    read.map(({ option: { id }, line }) => ({ id, line })),
    `option of ${what}`,
    faults,
  )
  return read.map(({ option }) => option)
}

/** What a thing in a list calls itself, for naming it in faults. */
export function idOf(tree: Tree): string | null {
  const id = tree.kind === 'map' ? tree.entries.find(({ key }) => key === 'id')?.value : undefined
  return id?.kind === 'scalar' && typeof id.value === 'string' ? id.value : null
}

const known = ['id', 'text', 'score', 'requiresComment', 'exclusive']
