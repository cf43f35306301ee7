import { expect } from 'chai'
import { verifyLog } from '../../src/audit-log/verify.js'
import { sealEntries } from '../../src/audit-log/timers.js'
import type { ReadingInput } from '../../src/replies/actions.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { part, told, type Told } from './world.js'

export const as = (reading: ReadingInput['as'], more: Partial<ReadingInput> = {}): ReadingInput => ({
  as: reading,
  note: null,
  answer: null,
  reason: null,
  name: null,
  title: null,
  ...more,
})

/** Customers that were told, with mails that have gone out. */
export function toldByMail() {
  const tilsyn = useApp()
  const mailbox = useMailbox()
  let world: Told
  beforeEach(async function () {
    const specific = this.currentTest?.parent?.title === 'that approve'
    world = await told(tilsyn, mailbox, { specific })
  })
  afterEach('the log is whole', async function () {
    if (this.currentTest?.state === 'failed') return
    await sealEntries()
    expect(await verifyLog()).to.deep.include({ whole: true, breaks: [] })
  })
  const officer = () => tilsyn.context({ kind: 'staff', id: 'officer' })
  const state = async () => (await part(world.recipient)).state
  return {
    tilsyn,
    mailbox,
    get world() {
      return world
    },
    officer,
    state,
  }
}
