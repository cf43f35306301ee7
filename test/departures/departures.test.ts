import { expect } from 'chai'
import { createHash } from 'node:crypto'
import { codeDigits } from '../../src/auth/code-digits.js'
import { calendarYear } from '../../src/base/day.js'
import { readFileBytes } from '../../src/files/actions.js'
import { endCustomer, resumeCustomer, customersByIds } from '../../src/customers/actions.js'
import {
  closeDeparture,
  departureOf,
  departuresInPeriod,
  departureTasks,
  lookForEndings,
  tellCustomer,
} from '../../src/departures/actions.js'
import { departuresOfCustomer } from '../../src/departures/records.js'
import { refused } from '../journeys/house.js'
import { submit, submitFiles } from '../support/people.js'
import { expectSoundPdf } from '../support/sound-pdf.js'
import { visit } from '../support/visit.js'
import { departed, pdf } from './left.js'

describe('The end of services', function () {
  this.timeout(120_000)
  const { tilsyn, whereOneLeft, kindsOf, byLink } = departed()

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
})
