import { expect } from 'chai'
import { createHash } from 'node:crypto'
import { codeDigits } from '../../src/auth/code-digits.js'
import { linkPath, linksFor } from '../../src/auth/links.js'
import { calendarYear } from '../../src/base/day.js'
import { readFileBytes } from '../../src/files/actions.js'
import { endCustomer, endService, resumeCustomer, customersByIds } from '../../src/customers/actions.js'
import {
  acceptAnswers,
  askSubProcessors,
  closeDeparture,
  departureOf,
  departuresInPeriod,
  departureTasks,
  lookForEndings,
  tellCustomer,
} from '../../src/departures/actions.js'
import { departuresOfCustomer } from '../../src/departures/records.js'
import type { Departure } from '../../src/departures/rules.js'
import { workOnDepartures } from '../../src/departures/timers.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { editVendor, vendorsByIds } from '../../src/register/actions.js'
import type { World } from '../journeys/world.js'
import { aContact, aCustomer, buildWorld } from '../journeys/world.js'
import { refused } from '../journeys/house.js'
import { useApp } from '../support/app.js'
import { anonymous, signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { expectSoundPdf } from '../support/sound-pdf.js'
import { visit } from '../support/visit.js'

const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\nslettet\n%%EOF\n')

describe('The end of services', function () {
  this.timeout(120_000)
  const tilsyn = useApp()

  /** Two customers; the first has left since today. The vendor has a contact who can be written to. */
  async function whereOneLeft(): Promise<{ world: World; departure: Departure; agent: Agent }> {
    const world = await buildWorld(tilsyn.context(), [
      aCustomer(1, {
        name: 'Bakkeby Kommune',
        contacts: [aContact('dpo1@kunde.example', { mayApprove: true })],
      }),
      aCustomer(2, { name: 'Anden Kunde A/S' }),
    ])
    const [vendor] = await vendorsByIds([world.present.vendor])
    if (!vendor) throw new Error('no vendor')
    await editVendor(tilsyn.context(), vendor, {
      ...vendor,
      contacts: [
        {
          id: 'c1',
          name: 'Ida Holm',
          email: 'ida@curanet.example',
          role: 'data-protection',
          locale: 'da',
        },
      ],
    })
    const [customer] = world.customers
    if (!customer) throw new Error('no customer')
    await endCustomer(tilsyn.context(), customer, { on: tilsyn.today(), because: 'Opsagt' })
    await lookForEndings(tilsyn.context())
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    return { world, departure: await ofCustomer(customer._id), agent }
  }

  const ofCustomer = async (customer: string): Promise<Departure> => {
    const [found] = await departuresOfCustomer(customer)
    if (!found) throw new Error('no departure')
    return found
  }

  const kindsOf = async ({ _id }: Departure) =>
    (await mailsAbout('departure', [_id])).map(({ kind, to }) => `${kind} ${to.address}`)

  const byLink = async (departure: Departure, kind: 'customer' | 'vendor') => {
    const link = (await linksFor('departure', departure._id)).find((each) => (each.kind as string) === kind)
    if (!link) throw new Error('nobody was sent a link')
    const agent = anonymous(tilsyn)
    await agent.get(linkPath(link, { key: tilsyn.house.keys.links }))
    return {
      agent,
      page:
        kind === 'vendor' ? `/v/${link._id}/deletion` : `/c/${link._id}/departures/${departure.reference}`,
    }
  }

  it('is taken up once from the registers, with each sub-processor that was used and our own systems', async () => {
    const { world, departure } = await whereOneLeft()
    expect(departure).to.deep.include({
      reference: 'OP-2026-001',
      cause: 'customer-ended',
      customerName: 'Bakkeby Kommune',
      endedOn: '2026-11-23',
      chooseBy: '2026-12-07',
      state: 'open',
    })
    expect(departure.points.map(({ id, name, dueOn }) => [id, name, dueOn])).to.deep.equal([
      [world.present._id, 'Curanet A/S', '2026-12-23'],
      ['own-systems', '', '2026-12-23'],
      // Backups run out by their own turn.
      ['own-backups', '', '2027-02-21'],
    ])
    expect(await lookForEndings(tilsyn.context())).to.deep.equal({ opened: 0, calledOff: 0 })
    expect(await kindsOf(departure), 'nobody is told before a person has looked').to.deep.equal([])
  })

  it('is called off by itself while nobody was told, and asks a person afterwards', async () => {
    const { world, departure } = await whereOneLeft()
    const id = world.customers[0]?._id ?? ''
    const again = async () => (await customersByIds([id]))[0]!
    await resumeCustomer(tilsyn.context(), await again())
    expect(await lookForEndings(tilsyn.context())).to.deep.equal({ opened: 0, calledOff: 1 })
    expect((await departureOf(departure.reference)).state).to.equal('called-off')
    tilsyn.moveTo('2026-11-25')
    await endCustomer(tilsyn.context(), await again(), { on: tilsyn.today(), because: 'Opsagt igen' })
    await lookForEndings(tilsyn.context())
    const second = (await departuresOfCustomer(id)).find(({ running }) => running)!
    await tellCustomer(tilsyn.context(), second.reference)
    await resumeCustomer(tilsyn.context(), await again())
    expect(await lookForEndings(tilsyn.context())).to.deep.equal({ opened: 0, calledOff: 0 })
    expect((await departureTasks(tilsyn.today())).map(({ text }) => text)).to.deep.equal([
      'departures:task.resumed',
    ])
  })

  it('goes from telling the customer to a confirmation it keeps, by links alone', async () => {
    const { departure, agent } = await whereOneLeft()
    const page = `/departures/${departure.reference}`
    expect((await visit(agent, page)).text)
      .to.include('Curanet A/S')
      .and.include('Sikkerhedskopier')
    // 28(3)(g): nobody deletes while the customer may still want its data back.
    expect((await submit(agent, page, {}, `${page}/ask`)).status).to.equal(409)
    await submit(agent, page, {}, `${page}/tell`)
    const customer = await byLink(departure, 'customer')
    expect((await visit(customer.agent, customer.page)).text).to.include('7. december 2026')
    const start = customer.page.replace(/\/departures.*/, '')
    expect((await visit(customer.agent, start)).text).to.include('Ophør af Webhotel')
    // An instruction (28(3)(g)): what was chosen counts by a code from the mailbox of somebody with the right to approve.
    const chosen = { handling: 'return-then-delete', name: 'Lis Holm', title: 'Direktør' }
    const asked = await submit(customer.agent, customer.page, chosen, `${customer.page}/choice`)
    const codePage = String(asked.headers['location'])
    expect((await visit(customer.agent, codePage)).text).to.include(
      'Bakkeby Kommune vælger, at oplysningerne fra Webhotel returneres, og at kopierne derefter slettes',
    )
    expect((await submit(customer.agent, codePage, { code: '000000' })).status).to.equal(422)
    expect((await departureOf(departure.reference)).choice.by, 'nothing counts yet').to.equal('agreement')
    const code = codeDigits(codePage.split('/').at(-1) ?? '', tilsyn.house.keys.codes)
    const done = await submit(customer.agent, codePage, { code })
    expect(done.headers['location']).to.equal(customer.page)
    expect((await departureOf(departure.reference)).choice).to.deep.include({
      by: 'customer',
      name: 'Lis Holm, Direktør',
    })
    expect((await departureOf(departure.reference)).points.map(({ handling }) => handling)).to.deep.equal([
      'return-then-delete',
      'return-then-delete',
      'delete',
    ])
    await submit(agent, page, {}, `${page}/ask`)
    expect((await departureOf(departure.reference)).state).to.equal('asked')

    const vendor = await byLink(departure, 'vendor')
    const seen = await visit(vendor.agent, vendor.page)
    expect(seen.text).to.include('Bakkeby Kommune').and.include('Returneres').and.not.include('Egne systemer')
    const point = departure.points[0]?.id ?? ''
    const files = [{ field: 'files', name: 'certifikat.pdf', bytes: pdf }]
    const early = await submitFiles(vendor.agent, vendor.page, { points: point, outcome: 'done' }, files)
    expect(early.status).to.equal(422)
    const fields = {
      points: point,
      outcome: 'done',
      on: '2026-11-23',
      how: 'Diske overskrevet, kopier slettet.',
      by: 'Ida Holm',
    }
    const ahead = await submitFiles(vendor.agent, vendor.page, { ...fields, on: '2026-12-24' }, files)
    expect(ahead.status).to.equal(409)
    await submitFiles(vendor.agent, vendor.page, fields, files)
    expect((await visit(vendor.agent, vendor.page)).text).to.include('certifikat.pdf')
    expect((await departureTasks(tilsyn.today())).map(({ text }) => text)).to.deep.equal([
      'departures:task.check',
    ])

    await submit(agent, page, { points: point, because: 'Hvilke kopier?' }, `${page}/send-back`)
    expect((await visit(vendor.agent, vendor.page)).text).to.include('Hvilke kopier?')
    await submitFiles(vendor.agent, vendor.page, fields, files)
    await submit(agent, page, { points: point }, `${page}/accept`)
    await refused(closeDeparture(tilsyn.context(), departure.reference), 'departure-points-open')
    const own = {
      points: ['own-systems', 'own-backups'],
      outcome: 'done',
      on: '2026-11-23',
      how: 'Slettet',
      by: 'Drift',
    }
    await submitFiles(agent, page, { ...own, points: own.points }, [], `${page}/answers`)
    const settled = await departureOf(departure.reference)
    expect(settled).to.deep.include({ state: 'confirmed', confirmedOn: '2026-11-23' })
    await refused(closeDeparture(tilsyn.context(), departure.reference), 'departure-not-confirmed')

    await submit(agent, page, {}, `${page}/confirm`)
    const confirmed = await departureOf(departure.reference)
    const [paper] = confirmed.confirmations
    const bytes = await readFileBytes(paper?.files.da ?? '')
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(paper?.sha256.da)
    await expectSoundPdf(bytes, { name: 'confirmation-da', locale: 'da', foot: [departure.reference] })
    const english = await readFileBytes(paper?.files.en ?? '')
    await expectSoundPdf(english, { name: 'confirmation-en', locale: 'en', foot: [departure.reference] })
    const shown = await visit(customer.agent, customer.page)
    expect(shown.text).to.include(paper?.sha256.da)
    const got = await customer.agent.get(`${customer.page}/confirmations/1`)
    expect(got.status).to.equal(200)
    await submit(customer.agent, customer.page, {}, `${customer.page}/receipt`)
    expect((await visit(agent, page)).text).to.include('Modtagelsen er bekræftet af Åse Ørsted')
    await submit(agent, page, {}, `${page}/close`)
    expect((await departureOf(departure.reference)).state).to.equal('closed')
    expect(await kindsOf(departure)).to.include.members([
      'departure-ended dpo1@kunde.example',
      'departure-chosen dpo1@kunde.example',
      'departure-customer-chose officer@nordvang.example',
      'departure-asked ida@curanet.example',
      'departure-sent-back ida@curanet.example',
      'departure-vendor-answered officer@nordvang.example',
      'departure-confirmed dpo1@kunde.example',
    ])
    // Long after it has left, its link still opens the confirmation.
    tilsyn.moveTo('2027-05-01')
    const later = await byLink(confirmed, 'customer')
    expect((await visit(later.agent, later.page)).text).to.include('Oplysningerne er slettet')
    expect(await departuresInPeriod(tilsyn.context(), calendarYear(2026))).to.deep.include({
      confirmed: ['OP-2026-001'],
      closed: ['OP-2026-001'],
      overdue: [],
      withExceptions: [],
      longestDays: 0,
    })
  })

  it('keeps what the law keeps until its day, says so, and asks for it then', async () => {
    const { departure, agent } = await whereOneLeft()
    const { reference } = departure
    const page = `/departures/${reference}`
    await submit(agent, page, {}, `${page}/tell`)
    await submitFiles(
      agent,
      page,
      { handling: 'delete', name: 'Jens Holm', note: 'Brev af i dag' },
      [{ field: 'letter', name: 'brev.pdf', bytes: pdf }],
      `${page}/choice`,
    )
    expect((await visit(agent, page)).text).to.include('brev.pdf')
    await askSubProcessors(tilsyn.context(), reference)
    const vendor = await byLink(departure, 'vendor')
    const kept = {
      points: departure.points[0]?.id ?? '',
      outcome: 'kept',
      on: '2026-11-23',
      how: 'Resten er slettet.',
      by: 'Ida Holm',
      known: 'traffic-data',
      until: '2028-01-01',
    }
    // Clause 11.2.a: up to twelve months.
    expect((await submitFiles(vendor.agent, vendor.page, kept, [])).status).to.equal(409)
    await submitFiles(vendor.agent, vendor.page, { ...kept, until: '2027-11-23' }, [])
    await acceptAnswers(tilsyn.context(), reference, [kept.points])
    const own = {
      points: ['own-systems', 'own-backups'],
      outcome: 'done',
      on: '2026-11-23',
      how: 'Slettet',
      by: 'Drift',
    }
    await submitFiles(agent, page, own, [], `${page}/answers`)
    expect((await departureOf(reference)).state).to.equal('with-exceptions')
    await submit(agent, page, {}, `${page}/confirm`)
    const customer = await byLink(departure, 'customer')
    expect((await visit(customer.agent, customer.page)).text)
      .to.include('Gemmes til og med 23. november 2027')
      .and.include('trafikdata')
    await refused(closeDeparture(tilsyn.context(), reference), 'departure-retention-runs')
    tilsyn.moveTo('2027-11-23')
    expect((await workOnDepartures(tilsyn.context())).followedUp).to.equal(0)
    tilsyn.moveTo('2027-11-26')
    expect((await workOnDepartures(tilsyn.context())).followedUp).to.equal(1)
    expect((await workOnDepartures(tilsyn.context())).followedUp).to.equal(0)
    const asked = await departureOf(reference)
    expect(asked).to.deep.include({ state: 'asked', followUpOn: null })
    expect(asked.points[0]).to.deep.include({ state: 'asked', dueOn: '2027-12-10' })
    expect((await kindsOf(departure)).at(-1)).to.equal('departure-asked-again ida@curanet.example')
  })

  it('reminds those who do not answer, and tells the DPO after a fortnight; late runs send the last only', async () => {
    const { departure } = await whereOneLeft()
    await tellCustomer(tilsyn.context(), departure.reference)
    tilsyn.moveTo('2026-12-08')
    const { agent: later } = await signedIn(tilsyn, 'dpo', 'da')
    expect((await visit(later, `/departures/${departure.reference}`)).text).to.include(
      'Spørg underdatabehandlerne',
    )
    await askSubProcessors(tilsyn.context(), departure.reference)
    const sent = async () =>
      (await kindsOf(departure)).filter((each) => /remind|late|asked/.test(each)).length
    const before = await sent()
    for (const [on, more] of [
      ['2026-12-15', 0],
      ['2026-12-16', 1],
      ['2026-12-16', 1],
      ['2027-01-01', 2],
    ] as const) {
      tilsyn.moveTo(on)
      await workOnDepartures(tilsyn.context())
      expect((await sent()) - before, on).to.equal(more)
    }
    tilsyn.moveTo('2027-01-06')
    await workOnDepartures(tilsyn.context())
    expect((await kindsOf(departure)).filter((each) => each.startsWith('departure-late'))).to.have.length(1)
  })

  it('of a single service asks about that service alone, and shows one customer nothing of another', async () => {
    const { world, departure } = await whereOneLeft()
    await tellCustomer(tilsyn.context(), departure.reference)
    const other = world.customers[1]!
    await endService(tilsyn.context(), other, {
      service: world.service._id,
      from: other.services[0]?.from ?? '',
      to: tilsyn.today(),
    })
    await lookForEndings(tilsyn.context())
    const theirs = await ofCustomer(other._id)
    expect(theirs).to.deep.include({ cause: 'service-ended', reference: 'OP-2026-002' })
    const { agent, page } = await byLink(departure, 'customer')
    expect((await agent.get(page.replace('OP-2026-001', 'OP-2026-002'))).status).to.equal(404)
    expect((await visit(agent, page)).text).to.not.include('Anden Kunde')
  })

  it('is opened by hand for an older ending, with the days and rules that are set', async () => {
    await buildWorld(tilsyn.context(), [aCustomer(1, { name: 'Bakkeby Kommune' })])
    const { agent } = await signedIn(tilsyn, 'administrator', 'da')
    const rule = (words: string) => ({
      'retentions[0][id]': '',
      'retentions[0][rule][da]': words,
      'retentions[0][rule][en]': words,
      'retentions[0][data][da]': 'Bilag',
      'retentions[0][data][en]': 'Vouchers',
    })
    const days = { daysToChoose: 7, daysToDelete: 60, daysForBackups: 120 }
    const half = await submit(agent, '/departures/settings', { ...days, ...rule('Bogføringsloven') })
    expect(half.status, 'for how long?').to.equal(422)
    await submit(agent, '/departures/settings', {
      ...days,
      ...rule('Bogføringsloven'),
      'retentions[0][months]': 60,
    })
    const both = { once: 'x', customer: 'C-0001', engagement: 'E-0001', endedOn: '2025-05-01' }
    expect((await submit(agent, '/departures/new', both)).status).to.equal(422)
    const opened = await submit(agent, '/departures/new', { ...both, engagement: '' })
    expect(opened.status, opened.text.slice(0, 300)).to.equal(303)
    const departure = await departureOf('OP-2026-001')
    expect(departure).to.deep.include({ openedBy: 'staff', endedOn: '2025-05-01', chooseBy: '2026-11-30' })
    expect(departure.points.map(({ dueOn }) => dueOn >= tilsyn.today())).to.not.include(false)
    expect((await visit(agent, '/departures/OP-2026-001')).text).to.include('Bogføringsloven')
    expect((await visit(agent, '/departures?q=bakkeby')).text).to.include('OP-2026-001')
    expect((await visit(agent, '/departures?state=overdue')).text).to.not.include('OP-2026-001')
  })
})
