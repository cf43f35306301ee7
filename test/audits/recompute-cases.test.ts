import { expect } from 'chai'
import mongoose from 'mongoose'
import { figuresOfYear } from '../../src/audits/actions/figures.js'
import { addDays, calendarYear, type Period } from '../../src/base/day.js'
import {
  concludeNobody,
  correctTimes,
  enterBreach,
  leaveOut,
  registerCall,
} from '../../src/breaches/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import { openByHand, registerAnswer } from '../../src/departures/actions.js'
import { workOnDepartures } from '../../src/departures/timers.js'
import { openFinding } from '../../src/findings/actions.js'
import { prepareQuestionnaire, sendQuestionnaire } from '../../src/questionnaires/actions/ask.js'
import { confirmInUse, editEngagement, vendorsByIds } from '../../src/register/actions.js'
import { beginRequest, declineRequest, withdrawRequest } from '../../src/requests/actions.js'
import type { RequestKind } from '../../src/requests/rules.js'
import { requestStatement } from '../../src/statements/actions.js'
import { confirmScore, noteAct } from '../../src/supervision/actions.js'
import { endDecision } from '../../src/transfers/actions.js'
import { useTimers } from '../notices/timers.js'
import { aWorld, customersOf, type World } from '../notices/world.js'
import type { LoggedEntry } from './book.js'
import { recompute } from './recompute.js'
import { sameFromTheLog } from './same-from-log.js'

const july: Period = { from: '2026-07-01', to: '2027-06-30' }

describe('A year with breaches, requests, endings, duties and a basis that dies', function () {
  this.timeout(120_000)
  const { tilsyn } = useTimers()
  let world: World
  let customers: Customer[]

  const hours = (from: Date, count: number) => new Date(from.getTime() + count * 3_600_000)
  const call = { number: '', note: '', spokeWith: 'Vagten', outcome: 'told' as const }
  const known = { vendorKnewAt: null, vendorToldAt: null }

  /** Told in time, told late, not told, and left out; another that nobody is affected by; a third that is a year later. */
  async function breaches() {
    const awareAt = hours(tilsyn.now(), -40)
    const report = (once: string, at: Date) =>
      enterBreach(tilsyn.context(), {
        ...known,
        once,
        role: 'processor',
        report: 'Sikkerhedskopier er læst.',
        engagement: null,
        services: [world.hosting._id],
        awareAt: at,
      })
    const { reference } = await report('first', hours(awareAt, -3))
    const [first, second, , out] = customers.map((each) => each.reference)
    await registerCall(tilsyn.context(), reference, first!, { ...call, at: hours(awareAt, 5) })
    await registerCall(tilsyn.context(), reference, second!, { ...call, at: hours(awareAt, 30) })
    await leaveOut(tilsyn.context(), reference, out!, 'Havde ingen data der.')
    await correctTimes(tilsyn.context(), reference, { ...known, awareAt, because: 'Vagtloggen.' } as never)
    const nobody = await report('second', awareAt)
    await concludeNobody(tilsyn.context(), nobody.reference, 'Kun testdata.')
    return report
  }

  async function requests() {
    const begin = (once: string, kind: RequestKind, customer: Customer) =>
      beginRequest(tilsyn.context(), {
        once,
        kind,
        customer,
        by: kind === 'forced-transfer' ? null : { name: 'Ida' },
        channel: 'phone' as never,
        receivedAt: tilsyn.now(),
        receivedOn: tilsyn.today(),
        text: 'MFA.',
        files: [],
        quiet: true,
      })
    const [one, two, three] = customers as [Customer, Customer, Customer]
    await begin('r1', 'further-measures', one)
    const declined = await begin('r2', 'further-measures', two)
    const back = await begin('r3', 'further-measures', three)
    await begin('r4', 'forced-transfer', one)
    await declineRequest(tilsyn.context(), declined.reference, 'Findes allerede.')
    await withdrawRequest(tilsyn.context(), back.reference, null)
  }

  /** One leaves, of whose data the law wants some kept until February; of another nothing is heard. */
  async function endings(): Promise<string> {
    const [leaving, silent] = customers as [Customer, Customer]
    const open = (customer: string) =>
      openByHand(tilsyn.context(), {
        customer,
        engagement: null,
        endedOn: addDays(tilsyn.today(), -2),
        once: customer,
      })
    const { reference, points } = await open(leaving.reference)
    await open(silent.reference)
    const answer = { on: tilsyn.today(), how: 'Slettet.', by: 'Ida', known: null, files: [] }
    const ids = points.map(({ id }) => id)
    const retention = { rule: 'Bogføringsloven', data: 'Fakturaer', until: '2027-02-01' }
    await registerAnswer(tilsyn.context(), reference, { ...answer, points: ids.slice(0, 1), retention })
    await registerAnswer(tilsyn.context(), reference, { ...answer, points: ids.slice(1), retention: null })
    return reference
  }

  /** 8 points, supervised by questionnaire alone; a statement is owed and asked for; a data centre has none. */
  async function duties() {
    const { old } = world
    const [vendor] = await vendorsByIds([old.vendor])
    const owner = { name: 'Ida Holm', email: 'ida@nyborg.example', locale: 'da' as const, contact: null }
    const asking = {
      vendor: old.vendor,
      year: 2026,
      set: { id: 'gdpr-subprocessor-short', version: '2026.1' },
      engagements: [old._id],
      why: 'yearly' as const,
      owner,
      dueOn: '2026-12-20',
    }
    const { reference } = await prepareQuestionnaire(tilsyn.context(), asking)
    await sendQuestionnaire(tilsyn.context(), reference)
    await confirmScore(tilsyn.context(), old.reference, {
      answers: { subjects: 'over-10000', special: true, other: true, processing: false },
      reasons: {},
      concept: 3,
      weakerBecause: 'De har ingen rapport.',
      seen: 0,
    })
    await noteAct(tilsyn.context(), old.reference, {
      kind: 'follow-up',
      on: tilsyn.today(),
      note: 'Set på.',
      seen: 1,
    })
    await requestStatement(tilsyn.context(), vendor!, {
      ...owner,
      once: 'asked',
      what: 'ISAE 3402',
      dueOn: '2026-12-20',
    })
    await openFinding(tilsyn.context(), {
      source: { kind: 'rule', id: 'C.2', item: 'x' },
      vendor: old.vendor,
      text: { da: 'Mangler.', en: 'Missing.' },
      severity: 'high',
    } as never)
  }

  async function entered(): Promise<LoggedEntry[]> {
    return (await mongoose.connection.collection('log-entries').find().toArray()) as unknown as LoggedEntry[]
  }

  const keysOf = async (period: Period) =>
    new Map(
      (await figuresOfYear(tilsyn.context(), 2026, period)).sections
        .flatMap(({ figures }) => figures)
        .map(({ key, value, of }) => [key, of === null ? `${value}` : `${value}/${of}`]),
    )

  it('comes out the same from the log alone, of the calendar year as of one from July to June', async () => {
    world = await aWorld(tilsyn)
    const { old } = world
    await editEngagement(
      tilsyn.context(),
      { reference: old.reference, version: old.version },
      {
        ...old,
        dataCategories: ['ordinary', 'confidential', 'special'],
        subjectCount: 'over-10000',
        assurance: { owed: true },
        places: [{ kind: 'data-centre', address: 'Havnegade 3, 5800 Nyborg', country: 'DK' }],
        storageCountries: ['CH'],
        transfers: [{ country: 'CH', basis: 'adequacy' }],
      },
    )
    customers = await customersOf(tilsyn, world, [{}, {}, {}, {}])
    await confirmInUse(tilsyn.context(), old._id, '2026-01-01')
    await duties()
    const report = await breaches()
    await requests()
    const leaving = await endings()
    tilsyn.moveTo('2026-12-30')
    await endDecision(
      tilsyn.context(),
      { id: 'CH-2000', version: 0 },
      { ended: { on: '2026-12-15', by: 'C-1/26' }, source: 'curia', because: 'Dom.' },
    )
    const year = await keysOf(calendarYear(2026))
    expect(Object.fromEntries(year)).to.deep.include({
      'breaches.count': '2',
      'breaches.nobody-affected': '1/2',
      'breaches.told': '2/3',
      'breaches.within-24': '1/3',
      'breaches.longest': '30',
      'requests.open': '2/4',
      'departures.with-exceptions': '1/2',
      'supervision.statement-done': '0/1',
      'supervision.data-centre-overdue': '1/1',
      'supervision.weaker': '1',
      'transfers.died': '1',
      'transfers.stood-on-died': '1',
    })
    // What the law kept is followed up, and deleted: all of it is gone on that day.
    tilsyn.moveTo('2027-02-03')
    await workOnDepartures(tilsyn.context())
    const again = { on: tilsyn.today(), how: 'Slettet.', by: 'Ida', known: null, files: [], retention: null }
    const [entry] = (await entered()).filter(({ event }) => event === 'departure.retention-ended')
    await registerAnswer(tilsyn.context(), leaving, { ...again, points: entry!.facts['points'] as string[] })
    tilsyn.moveTo('2027-08-01')
    await report('third', tilsyn.now())
    const shifted = await keysOf(july)
    expect(Object.fromEntries(shifted)).to.deep.include({
      'breaches.count': '2',
      'departures.confirmed': '1',
      'departures.overdue': '1',
      'questionnaires.asked': '1',
    })
    expect((await keysOf(calendarYear(2027))).get('breaches.count')).to.equal('1')
    const entries = await entered()
    for (const period of [calendarYear(2026), calendarYear(2027), july])
      sameFromTheLog(await figuresOfYear(tilsyn.context(), 2026, period), entries, tilsyn.today())

    // What is written before an event says all that is counted from it is told, and not passed over.
    const before = entries.map((each) => {
      const { owesStatement: _owes, dataCentres: _centres, due: _due, ...facts } = each.facts
      return { ...each, facts }
    })
    expect(recompute(before, july, tilsyn.today()).lacking).to.include.members([
      `engagement.added ${old._id}`,
      ...entries
        .filter(({ event }) => event === 'departure.opened')
        .map(({ event, about }) => `${event} ${about}`),
    ])
  })
})
