import type { Day } from '../../src/base/day.js'
import type { Customer } from '../../src/customers/rules.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { registerDelivery, type Notice } from '../../src/notices/actions.js'
import { raiseObjection, settleObjection, type Raising } from '../../src/objections/actions.js'
import { requirements, type Objection, type Outcome } from '../../src/objections/rules.js'
import { listOn } from '../../src/register/actions.js'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'

export const letter = { name: 'brev.txt', bytes: Buffer.from('Det er i orden med os.') }

/** A notice that two customers were told of. */
export function raisedObjections() {
  const tilsyn = useApp()
  const timer = () => tilsyn.context({ kind: 'timer', id: 'objections' })
  const staff = () => tilsyn.context({ kind: 'staff', id: officer })
  let officer: string
  let notice: Notice
  let customer: Customer
  let other: Customer
  let recipient: string

  // Issued on Tuesday 24 November 2026, delivered by letter that day: last day 28 December, use from the 29th.
  beforeEach(async () => {
    const world = await aWorld(tilsyn)
    officer = (await signedIn(tilsyn)).person._id
    const customers = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune', caseNumber: '26/1234' },
      { name: 'Sundby Skole' },
    ])
    customer = customers[0] as Customer
    other = customers[1] as Customer
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    notice = await anIssued(tilsyn, aDraft(world.planned))
    tilsyn.moveTo('2026-11-24T10:00:00Z')
    for (const { _id } of customers)
      await registerDelivery(staff(), `${notice._id}/${_id}`, { channel: 'letter', at: tilsyn.now() }, letter)
    recipient = `${notice._id}/${customer._id}`
  })

  const fromPage = (changes: Partial<Raising> = {}): Raising => ({
    by: { kind: 'contact', id: customer.contacts[0]?.id ?? '', name: 'Mette Krogh' },
    channel: 'page',
    receivedAt: tilsyn.now(),
    receivedOn: tilsyn.today(),
    reasons: null,
    files: [],
    ...changes,
  })
  const contact = () => tilsyn.context({ kind: 'customer', id: customer.contacts[0]?.id ?? '' })
  const raise = async (changes: Partial<Raising> = {}): Promise<Objection> =>
    (await raiseObjection(contact(), recipient, fromPage(changes))).objection
  const settle = (
    objection: Objection,
    outcome: Outcome,
    changes: Partial<Parameters<typeof settleObjection>[2]> = {},
  ) =>
    settleObjection(staff(), objection.reference, {
      outcome,
      note: 'Sådan gjorde vi',
      endsOn: null,
      files: requirements[outcome].confirmation ? [letter] : [],
      ...changes,
    })
  const approvedOn = async (id: string, day: Day) =>
    (await listOn(id, day)).map(({ content }) => content.vendorName).includes('Nyborg Backup ApS')
  const kinds = async (objection: Objection) =>
    (await mailsAbout('objection', [objection._id])).map(({ kind }) => kind).toSorted()
  return {
    tilsyn,
    timer,
    staff,
    get officer() {
      return officer
    },
    get notice() {
      return notice
    },
    get customer() {
      return customer
    },
    get other() {
      return other
    },
    get recipient() {
      return recipient
    },
    fromPage,
    contact,
    raise,
    settle,
    approvedOn,
    kinds,
  }
}
