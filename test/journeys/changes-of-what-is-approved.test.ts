import { expect } from 'chai'
import { changeAgreement, customerByReference } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import {
  confirmUse,
  issueNotice,
  noticeByReference,
  recheckInstruction,
  registerApproval,
} from '../../src/notices/actions.js'
import type { LineInput } from '../../src/notices/form.js'
import {
  createEngagement,
  editEngagement,
  engagementContent,
  listOn,
  planChange,
  type EngagementInput,
} from '../../src/register/actions.js'
import type { Engagement } from '../../src/register/rules.js'
import { visit } from '../support/visit.js'
import { refused, useJourney } from './house.js'
import { aContact, anAddition, announce, asItStands, buildWorld, cleared, type World } from './world.js'

describe('A change of what customers have approved', function () {
  this.timeout(120_000)
  const house = useJourney()

  const draft = (world: World, line: LineInput) => anAddition(world, { lines: [line] })
  const change = async (world: World, what: Partial<EngagementInput>): Promise<Engagement> => {
    const { reference, version } = await planChange(house.officer(), world.present.reference)
    const { services } = world.present
    return editEngagement(house.officer(), { reference, version }, { ...cleared, services, ...what })
  }
  /** What the list of that day says: which engagement, and where the data are stored. */
  const listed = async (customer: Customer | undefined, day: string) =>
    (await listOn(customer!._id, day)).map(
      ({ reference, content }) => `${reference} ${content.storageCountries.join(' ')}`,
    )
  const answer = (given: 'approved' | 'refused', day: string) => ({
    answer: given,
    on: day,
    at: new Date(`${day}T08:00:00Z`),
    lines: [],
    channel: 'mail' as const,
    by: { name: 'Mette Krogh', title: 'Direktør' },
    waivesRest: false,
  })
  const file = { name: 'svar.txt', bytes: Buffer.from('Svar.') }

  it('to a new place waits for each customer’s approval; who refuses keeps what it approved', async () => {
    const world = await buildWorld(house.officer(), [
      { name: 'Ja A/S', contacts: [aContact('dpo@ja.example')] },
      { name: 'Nej A/S', contacts: [aContact('dpo@nej.example')] },
      { name: 'Tavs A/S', contacts: [aContact('dpo@tavs.example')] },
      { name: 'Anden ApS', contacts: [aContact('dpo@anden.example')], services: [] },
    ])
    const [yes, no, silent, other] = world.customers
    const old = world.present.reference
    const next = await change(world, { storageCountries: ['DK', 'SE'] })
    expect(await planChange(house.officer(), old), 'planned once').to.include({ reference: next.reference })
    await refused(planChange(house.officer(), next.reference), 'change-of-unapproved')

    const line = { kind: 'new-place' as const, engagement: next.reference, replaces: null }
    await refused(announce(house.officer(), draft(world, { ...line, kind: 'addition' })), 'notice-blocked')
    await refused(announce(house.officer(), draft(world, { ...line, kind: 'new-basis' })), 'notice-blocked')
    const notice = await announce(house.officer(), draft(world, line))
    await house.work()
    const mail = house.mailbox.mailsFor('dpo@ja.example').at(-1)!
    expect(mail.text).to.include('Vi har brug for jeres svar senest')
    expect(mail.text).to.include('Det ændres: Oplysninger opbevares i')
    expect(mail.text).to.include('Danmark, Sverige (hidtil: Danmark)')
    expect(house.mailbox.mailsFor('dpo@anden.example').at(-1)!.text).to.include('I behøver ikke gøre noget')
    const { agent, page } = await house.open('dpo@ja.example')
    const shown = await visit(agent, `${page}/notices/${notice.reference}`)
    expect(shown.text).to.include('nyt behandlingssted').and.to.include('Danmark, Sverige')

    await house.goTo('2026-12-10')
    const part = (customer?: Customer) => `${notice._id}/${customer!._id}`
    await registerApproval(house.officer(), part(yes), answer('approved', '2026-12-10'), file)
    await registerApproval(house.officer(), part(no), answer('refused', '2026-12-10'), file)
    await house.goTo('2027-02-01')
    expect(await house.partOf(notice, silent!)).to.include({ state: 'running' })
    expect(await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2027-02-01')).to.equal(1)
    await house.work()

    expect(await listed(yes, '2026-12-28')).to.deep.equal([`${old} DK`])
    expect(await listed(yes, '2027-01-31'), 'permitted, and not used yet').to.have.members([
      `${old} DK`,
      `${next.reference} DK SE`,
    ])
    expect(await listed(yes, '2027-02-01')).to.deep.equal([`${next.reference} DK SE`])
    for (const keeps of [no, silent]) expect(await listed(keeps, '2027-02-01')).to.deep.equal([`${old} DK`])
    expect(await listed(other, '2027-02-01'), 'one list for all').to.deep.equal([`${next.reference} DK SE`])
    expect(await asItStands(world.present)).to.include({ endedOn: null })
    // Nothing is deleted: it is the same vendor.
    expect((await noticeByReference(notice.reference)).lines[0]).to.include({ deletedOn: null })

    await house.goTo('2027-02-03')
    await registerApproval(house.officer(), part(silent), answer('approved', '2027-02-03'), file)
    await house.work()
    await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2027-02-03')
    expect(await listed(silent, '2027-02-03')).to.deep.equal([`${next.reference} DK SE`])
    await house.work()
    expect(await noticeByReference(notice.reference)).to.include({ state: 'settled' })
    expect(await asItStands(world.present), 'one customer is left on it').to.include({ endedOn: null })
  })

  it('to another activity ends the one it continues when nobody is left on it', async () => {
    const world = await buildWorld(house.officer(), [
      { name: 'Kunde A/S', contacts: [aContact('dpo@kunde.example')] },
    ])
    const [customer] = world.customers
    const next = await change(world, { activity: { da: 'Drift af databaser', en: 'Operation of databases' } })
    const line = { kind: 'new-activity' as const, engagement: next.reference, replaces: null }
    const notice = await announce(house.officer(), draft(world, line))
    await house.work()
    await house.goTo('2026-12-12')
    const given = { ...answer('approved', '2026-12-11'), waivesRest: true }
    await registerApproval(house.officer(), `${notice._id}/${customer!._id}`, given, file)
    await house.work()
    await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2026-12-12')
    await house.work()
    const activityOn = async (day: string) =>
      (await listOn(customer!._id, day)).map(({ content }) => content.activity.en)
    expect(await activityOn('2026-12-10')).to.deep.equal(['Operation of backups'])
    expect(await activityOn('2026-12-12')).to.deep.equal(['Operation of databases'])
    const ended = await asItStands(world.present)
    expect(ended).to.deep.include({
      endedOn: '2026-12-12',
      endedBecause: `${next.reference} · ${notice.reference}`,
    })
    expect(ended.inUse.until).to.equal('2026-12-12')
    expect(await noticeByReference(notice.reference)).to.include({ state: 'settled' })
  })

  it('beside the present one is a new activity too, and never goes by silence', async () => {
    const world = await buildWorld(house.officer(), [
      { name: 'Kunde A/S', contacts: [aContact('dpo@kunde.example')] },
    ])
    const [customer] = world.customers
    const { vendor, services } = world.present
    const more = await createEngagement(house.officer(), {
      ...cleared,
      vendor,
      services,
      activity: { da: 'Overvågning', en: 'Monitoring' },
    })
    const line = { kind: 'addition' as const, engagement: more.reference, replaces: null }
    await refused(announce(house.officer(), draft(world, line)), 'notice-blocked')
    const notice = await announce(house.officer(), draft(world, { ...line, kind: 'new-activity' }))
    await house.work()
    await house.goTo('2026-12-26')
    expect(await house.partOf(notice, customer!)).to.include({ state: 'running', reminders: 2 })
    await house.goTo('2027-02-01')
    await registerApproval(
      house.officer(),
      `${notice._id}/${customer!._id}`,
      answer('approved', '2027-02-01'),
      file,
    )
    await house.work()
    await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2027-02-01')
    await house.work()
    const references = (await listOn(customer!._id, '2027-02-01')).map(({ reference }) => reference)
    expect(references).to.have.members([world.present.reference, more.reference])
    expect(await asItStands(world.present)).to.include({ endedOn: null })
  })

  it('to another basis goes by notice where it is instructed, and waits for a fresh instruction where not', async () => {
    const abroad = { accessCountries: ['DK', 'US'] }
    const world = await buildWorld(house.officer(), [
      {
        name: 'Bred A/S',
        contacts: [aContact('dpo@bred.example')],
        agreement: { transferInstruction: { kind: 'any-valid', countries: [] } },
      },
      { name: 'Snæver A/S', contacts: [aContact('dpo@snaever.example')] },
    ])
    const [wide, narrow] = world.customers
    const { reference, version } = await asItStands(world.present)
    await editEngagement(
      house.officer(),
      { reference, version },
      {
        ...cleared,
        ...abroad,
        services: world.present.services,
        transfers: [
          {
            country: 'US',
            basis: 'scc-2021',
            module: 3,
            tia: { concludedOn: '2026-11-01', reviewOn: '2027-11-01' },
          },
        ],
      },
      { because: 'Fra før registret' },
    )
    const next = await change(world, {
      ...abroad,
      transfers: [{ country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2026-11-01' }],
    })
    const line = { kind: 'new-basis' as const, engagement: next.reference, replaces: world.present.reference }
    const notice = await announce(house.officer(), draft(world, line))
    await house.work()
    expect(house.mailbox.mailsFor('dpo@bred.example').at(-1)!.text).to.include(
      'medmindre I vil gøre indsigelse',
    )
    const asked = house.mailbox.mailsFor('dpo@snaever.example').at(-1)!
    expect(asked.subject).to.include('Vi beder om jeres instruks')
    expect(asked.text).to.include('Vi har brug for jeres skriftlige instruks')

    await house.goTo('2026-12-26')
    const mails = house.mailbox.mailsFor('dpo@snaever.example').map(({ text }) => text)
    expect(mails.join()).to.include('Vi venter fortsat på jeres skriftlige instruks')
    await house.goTo('2027-02-01')
    expect(await house.partOf(notice, wide!)).to.include({ state: 'permitted' })
    expect(await house.partOf(notice, narrow!)).to.include({ state: 'running' })
    await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2027-02-01')
    const basesOn = async (customer: Customer | undefined, day: string) =>
      (await listOn(customer!._id, day)).flatMap(({ content }) => content.transfers.map(({ basis }) => basis))
    expect(await basesOn(wide, '2027-02-01')).to.deep.equal(['adequacy-dpf'])
    expect(await basesOn(narrow, '2027-02-01')).to.deep.equal(['scc-2021'])

    const known = (await customerByReference(narrow!.reference))!
    const { from: _from, ...agreement } = known.agreements.at(-1)!
    await changeAgreement(
      house.officer(),
      { reference: known.reference, version: known.version },
      {
        agreement: { ...agreement, transferInstruction: { kind: 'any-valid', countries: [] } },
        from: '2027-02-02',
      },
    )
    await house.goTo('2027-02-02')
    await recheckInstruction(house.officer(), `${notice._id}/${narrow!._id}`)
    await house.work()
    await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2027-02-02')
    await house.work()
    expect(await basesOn(narrow, '2027-02-01')).to.deep.equal(['scc-2021'])
    expect(await basesOn(narrow, '2027-02-02')).to.deep.equal(['adequacy-dpf'])
    expect(await asItStands(world.present)).to.include({ endedOn: '2027-02-02' })
  })

  it('that only puts right what was told is a correction: told, and in the register from that day', async () => {
    const world = await buildWorld(house.officer(), [
      { name: 'Kunde A/S', contacts: [aContact('dpo@kunde.example')] },
    ])
    const [customer] = world.customers
    const { reference } = world.present
    const correction = (corrected: NonNullable<LineInput['corrected']>) =>
      draft(world, { kind: 'correction', engagement: reference, replaces: null, corrected })
    const number = { kind: 'CVR' as const, number: '29403473' }
    await refused(announce(house.officer(), correction({ country: 'SE' })), 'notice-blocked')
    await refused(announce(house.officer(), correction({ registration: number })), 'notice-blocked')
    await refused(announce(house.officer(), correction({})), 'notice-blocked')
    await house.goTo('2026-12-01')
    const notice = await announce(
      house.officer(),
      correction({
        registration: number,
        sameEntityBecause: 'Tastefejl, slået op i CVR',
        address: 'Nyvej 9, 8000 Aarhus C',
      }),
    )
    await house.work()
    const mail = house.mailbox.mailsFor('dpo@kunde.example').at(-1)!
    expect(mail.text).to.include('I behøver ikke gøre noget. Vi retter noget')
    expect(mail.text).to.include(
      'Nyvej 9, 8000 Aarhus C, Danmark (stod før: Højvangen 4, 8660 Skanderborg, Danmark)',
    )
    expect(mail.text).not.to.include('Tastefejl')
    const saidOn = async (day: string) =>
      (await listOn(customer!._id, day)).map(({ content }) => [content.registration?.number, content.address])
    expect(await saidOn('2026-11-30')).to.deep.equal([['29412006', 'Højvangen 4, 8660 Skanderborg']])
    expect(await saidOn('2026-12-01')).to.deep.equal([['29403473', 'Nyvej 9, 8000 Aarhus C']])
    expect((await engagementContent(world.present._id))?.contact?.name).to.equal('Dorthe Holm')
    const issued = await noticeByReference(notice.reference)
    expect(issued.state).to.equal('settled')
    await refused(
      confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2026-12-01'),
      'removal-has-no-use',
    )
    await refused(
      issueNotice(house.officer(), { reference: notice.reference, version: issued.version }, []),
      'notice-not-draft',
    )
  })
})
