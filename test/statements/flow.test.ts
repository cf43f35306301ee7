import { expect } from 'chai'
import { danish } from '../../bench/statements/danish.js'
import { english } from '../../bench/statements/english.js'
import { paper } from '../../bench/statements/paper.js'
import { findingsOfVendor } from '../../src/findings/actions.js'
import { createSite, vendorsByIds } from '../../src/register/actions.js'
import type { Vendor } from '../../src/register/rules.js'
import {
  acceptedCurrent,
  centresNow,
  coverageOf,
  findLackingCentres,
  statementByReference,
  statementsOfVendor,
  statementTasks,
} from '../../src/statements/actions.js'
import { checkPoints } from '../../src/statements/rules.js'
import { useJourney } from '../journeys/house.js'
import { anEngagement, aWorld } from '../notices/world.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

const address = 'Herstedvang 8, 2620 Albertslund'

describe('a statement', function () {
  this.timeout(60_000)
  const journey = useJourney()
  let agent: Agent
  let vendor: Vendor

  beforeEach('a sub-processor with a data centre we use', async () => {
    const world = await aWorld(journey)
    const engagement = await anEngagement(journey, 'Fjordhost A/S', [world.hosting._id])
    ;[vendor] = (await vendorsByIds([engagement.vendor])) as [Vendor]
    await createSite(journey.officer(), {
      name: 'Albertslund',
      kind: 'colocation',
      address,
      country: 'DK',
      operator: vendor._id,
      services: [],
      from: '2026-01-01',
      ground: { because: 'C.5' },
    })
    agent = (await signedIn(journey, 'officer', 'en')).agent
  })

  const pdfOf = async (name: string) => {
    const found = [...danish, ...english].find((each) => each.name === name)
    if (!found) throw new Error(`no ${name}`)
    return found.pdf()
  }
  const entered = async (bytes: Buffer, name = 'erklæring.pdf', replaces = '') => {
    const answer = await submitFiles(
      agent,
      '/statements/new',
      { vendor: vendor.reference, receivedOn: '2026-11-23', replaces, note: 'From their portal' },
      [{ field: 'file', name, bytes }],
    )
    return { answer, reference: /ST-\d{4}-\d{3}/.exec(answer.headers['location'] ?? '')?.[0] ?? '' }
  }
  const taken = {
    'take[kind]': '0',
    'take[type]': '0',
    'take[period]': '0',
    'take[issuedOn]': '0',
    'take[opinion]': '0',
    'take[entity]': '0',
    'take[issuer]': '0',
  }
  const site = { 'sites[0][address]': address, 'sites[0][country]': 'DK', 'sites[0][how]': 'covered' }
  const versionOf = async (reference: string) => (await statementByReference(reference))?.version ?? 0
  const read = async (reference: string, fields: Record<string, string> = {}) =>
    submit(agent, `/statements/${reference}/read`, {
      version: await versionOf(reference),
      language: 'da',
      ...taken,
      ...site,
      ...fields,
    })
  const yes = Object.fromEntries(checkPoints.map((point) => [`check[${point}][answer]`, 'yes']))
  const review = async (reference: string, fields: Record<string, string> = {}) =>
    submit(agent, `/statements/${reference}/review`, {
      version: await versionOf(reference),
      ...yes,
      ...fields,
    })
  const conclude = async (reference: string, verdict = 'accepted', because = '') =>
    submit(
      agent,
      `/statements/${reference}`,
      { version: await versionOf(reference), verdict, because },
      `/statements/${reference}/conclude`,
    )

  it('is asked for by mail, sent by link, read, reviewed and concluded, and the data centre is then shown', async () => {
    expect((await centresNow(journey.today()))[0]?.verdict).to.deep.include({ ok: false, reason: 'none' })
    await findLackingCentres(journey.officer())
    await findLackingCentres(journey.officer())
    expect(await findingsOfVendor(vendor._id)).to.have.length(1)

    const form = await visit(agent, `/statements/request?vendor=${vendor.reference}`)
    expect(form.html).to.include('ida@nyborg.example')
    const asked = await submit(agent, '/statements/request', {
      vendor: vendor.reference,
      what: 'ISAE 3402 type 2 for 2025',
      name: 'Ida Holm',
      email: 'ida@nyborg.example',
      locale: 'da',
      dueOn: '2026-12-21',
      once: 'a',
    })
    expect(asked.status, asked.text.slice(0, 2000)).to.equal(303)
    const url = String(asked.headers['location'])
    expect((await visit(agent, url)).text)
      .to.include('Mail on its way')
      .and.not.include('Asked for Withdraw')
    await journey.work()
    expect((await visit(agent, url)).text).to.include('Asked for')
    const { agent: theirs, landed } = await journey.open('ida@nyborg.example')
    expect(landed).to.match(/\/v\/[^/]+\/statement$/)
    const shown = await visit(theirs, landed)
    expect([shown.h1, shown.lang]).to.deep.equal(['Send en erklæring', 'da'])
    const bytes = await pdfOf('isae-3402-da')
    const word = await submitFiles(theirs, landed, { note: 'Som aftalt' }, [
      { field: 'file', name: 'a.docx', bytes: Buffer.from('PK\u0003\u0004 word/document.xml') },
    ])
    expect(word.status).to.equal(409)
    expect(inspect(word.text, 409).text).to.include('Word-dokument')
    expect(word.text).to.include('Som aftalt')
    const sent = await submitFiles(theirs, landed, { note: 'Som aftalt' }, [
      { field: 'file', name: 'erklæring.pdf', bytes },
    ])
    expect(sent.status, sent.text.slice(0, 2000)).to.equal(303)
    expect((await visit(theirs, landed)).text).to.include('Modtaget fra jer')
    const twice = await submitFiles(theirs, landed, {}, [{ field: 'file', name: 'igen.pdf', bytes }])
    expect(inspect(twice.text, 409).text).to.include('Den samme fil er modtaget allerede som ST-2026-001')
    await journey.work()
    expect(journey.mailbox.mailsFor('ida@nyborg.example').at(-1)?.subject).to.include('Modtaget')

    const reference = 'ST-2026-001'
    expect((await visit(agent, url)).text)
      .to.include('To be read')
      .and.include('Nobody has read it')
    const reading = await visit(agent, `${url}/read`)
    expect(reading.text).to.include('Take over: ISAE 3402').and.include('1 January 2025').and.include('Page ')
    // Nothing was taken over by itself.
    expect((await statementByReference(reference))?.facts).to.equal(null)
    const bare = await submit(agent, `${url}/read`, {
      version: await versionOf(reference),
      language: 'da',
      ...site,
    })
    expect(bare.status).to.equal(422)
    const confirmed = await read(reference)
    expect(confirmed.status, inspectIfWrong(confirmed)).to.equal(303)
    const kept = await statementByReference(reference)
    expect(kept?.facts).to.deep.include({ kind: 'isae-3402', type: 2, opinion: 'unqualified' })
    expect(kept?.facts?.period).to.deep.equal({ from: '2025-01-01', to: '2025-12-31' })
    expect(kept?.origins).to.deep.include({ kind: 'read', period: 'read' })

    expect((await conclude(reference)).status).to.equal(409)
    const noNote = await review(reference, { 'check[sites][answer]': 'no' })
    expect(noNote.status).to.equal(422)
    expect((await review(reference)).status).to.equal(303)
    expect((await conclude(reference)).status).to.equal(303)
    expect(await acceptedCurrent(vendor._id, journey.today())).to.have.length(1)
    expect((await centresNow(journey.today()))[0]?.verdict).to.deep.include({ ok: true })
    expect((await visit(agent, '/statements/data-centres')).text).to.include('All 1 data centres hold')
    expect((await visit(agent, url)).text)
      .to.include('Accepted')
      .and.include('May be relied on until 30 April 2027')
    const late = await coverageOf({ vendor: vendor._id }, '2027-05-01')
    expect(late[0]).to.deep.include({ overdue: true, coveredTo: '2025-12-31' })
    const tasks = await statementTasks('2027-05-01')
    expect(tasks.map(({ text }) => text)).to.include('statements:task.expected')
    for (const path of [
      '/statements',
      '/statements?sort=expected&show=accepted',
      '/statements/timeline',
      `/vendors/${vendor.reference}`,
    ])
      expect((await visit(agent, path)).text, path).to.include('ISAE 3402 type 2')
    const again = await submit(agent, url, { because: 'Read anew' }, `${url}/reopen`)
    expect(again.status).to.equal(303)
    expect(await acceptedCurrent(vendor._id, journey.today())).to.deep.equal([])
  })

  it('with a relevant exception opens a finding once, and keeps its controls at ours with who is to do them', async () => {
    const { reference } = await entered(await pdfOf('isae-3402-da'))
    await read(reference, {
      'exceptions[0][control]': 'B.4',
      'exceptions[0][text]': 'Two of 25 leavers kept their access.',
      'cuecs[0][text]': 'Customers tell of leavers.',
      'subservices[0][name]': 'Skandia Datacenter A/S',
      'subservices[0][method]': 'carve-out',
    })
    const kept = await statementByReference(reference)
    const [exception] = kept?.exceptions ?? []
    const [cuec] = kept?.cuecs ?? []
    const [subservice] = kept?.subservices ?? []
    const { person } = await signedIn(journey, 'officer', 'en')
    const judged = {
      'exceptions[0][id]': exception?.id ?? '',
      'exceptions[0][relevance]': 'relevant',
      'exceptions[0][why]': 'They have our access.',
      'exceptions[0][followUp]': 'Ask for a list.',
      'exceptions[0][severity]': 'high',
      'subservices[0][id]': subservice?.id ?? '',
      'subservices[0][note]': 'Their own statement is ST-2026-009.',
      'cuecs[0][id]': cuec?.id ?? '',
      'cuecs[0][state]': 'open',
    }
    const nobody = await review(reference, judged)
    expect(nobody.status).to.equal(422)
    const reviewed = await review(reference, { ...judged, 'cuecs[0][owner]': person._id })
    expect(reviewed.status, inspectIfWrong(reviewed)).to.equal(303)
    expect((await conclude(reference)).status).to.equal(409)
    expect((await conclude(reference, 'accepted-with-follow-up')).status).to.equal(422)
    expect((await conclude(reference, 'accepted-with-follow-up', 'The leavers.')).status).to.equal(303)
    const findings = await findingsOfVendor(vendor._id)
    expect(findings.map(({ severity, source }) => [severity, source.kind])).to.deep.include([
      'high',
      'statement',
    ])
    const page = await visit(agent, `/statements/${reference}`)
    expect(page.text).to.include('Finding FI-2026-').and.include('Missing')
    expect((await statementTasks(journey.today())).map(({ text }) => text)).to.include(
      'statements:task.controls',
    )
    await visit(agent, `/statements/${reference}/follow-up`)
    const followed = await submit(agent, `/statements/${reference}/follow-up`, {
      version: await versionOf(reference),
      'exceptions[0][id]': exception?.id ?? '',
      'exceptions[0][state]': 'fixed',
      'exceptions[0][followUp]': 'List seen.',
      'cuecs[0][id]': cuec?.id ?? '',
      'cuecs[0][state]': 'in-place',
      'cuecs[0][owner]': person._id,
    })
    expect(followed.status, inspectIfWrong(followed)).to.equal(303)
    const after = await statementByReference(reference)
    expect(after?.exceptions[0]).to.deep.include({
      state: 'fixed',
      followUp: 'List seen.',
      relevance: 'relevant',
    })
    expect(after?.cuecs[0]).to.deep.include({ state: 'in-place', on: journey.today() })
  })

  it('is refused where it is no PDF that opens, and what was typed stays', async () => {
    const locked = await paper([{ title: 'ISAE 3402' }], { password: 'secret' })
    const rows: [string, Buffer, string][] = [
      ['a.zip', Buffer.from('PK\u0003\u0004 report.pdf'), 'is a ZIP archive'],
      ['a.txt', Buffer.from('Our controls are good.'), 'is not a PDF'],
      ['a.pdf', Buffer.from('%PDF-1.7 and nothing more'), 'is damaged'],
      ['locked.pdf', locked, 'protected by a password'],
    ]
    for (const [name, bytes, words] of rows) {
      const { answer } = await entered(bytes, name)
      expect(answer.status, name).to.equal(409)
      expect(inspect(answer.text, 409).text, name).to.include(words)
      expect(answer.text, name).to.include('From their portal').and.include(vendor.reference)
    }
    expect(await statementsOfVendor(vendor._id)).to.deep.equal([])
    const none = await submitFiles(
      agent,
      '/statements/new',
      { vendor: vendor.reference, receivedOn: '2026-11-23' },
      [],
    )
    expect(none.status).to.equal(422)
  })

  it('that is a corrected version takes the place of the earlier one when it is accepted, and not before', async () => {
    const first = await entered(await pdfOf('isae-3402-da'))
    await read(first.reference)
    await review(first.reference)
    await conclude(first.reference)
    const second = await entered(
      await pdfOf('isae-3000-gdpr-da').catch(() => pdfOf(danish[1]?.name ?? '')),
      'rettet.pdf',
      first.reference,
    )
    expect(second.answer.status, inspectIfWrong(second.answer)).to.equal(303)
    const by = {
      kind: 'isae-3402',
      type: '2',
      periodFrom: '2025-01-01',
      periodTo: '2025-12-31',
      opinion: 'unqualified',
      entity: 'Fjordhost A/S',
      issuer: 'Nordrevision',
      issuedOn: '2026-03-01',
    }
    const confirmed = await read(second.reference, by)
    expect(confirmed.status, inspectIfWrong(confirmed)).to.equal(303)
    expect((await statementByReference(first.reference))?.replacedBy).to.equal(null)
    await review(second.reference)
    await conclude(second.reference)
    const accepted = await acceptedCurrent(vendor._id, journey.today())
    expect(accepted.map(({ reference }) => reference)).to.deep.equal([second.reference])
    expect((await visit(agent, `/statements/${first.reference}`)).text).to.include('Replaced')
    expect((await visit(agent, '/statements?show=withdrawn')).text).to.include(first.reference)
  })

  it('that was asked for and has not come is reminded of, told to our own people, and may be stopped or withdrawn', async () => {
    await submit(agent, '/statements/request', {
      vendor: vendor.reference,
      what: 'ISAE 3402',
      name: 'Ida Holm',
      email: 'ida@nyborg.example',
      locale: 'en',
      dueOn: '2026-12-21',
      once: 'b',
    })
    await journey.work()
    const count = () => journey.mailbox.mailsFor('ida@nyborg.example').length
    expect(count()).to.equal(1)
    await journey.goTo('2026-12-07')
    await journey.work()
    expect(count()).to.equal(2)
    await journey.goTo('2026-12-24')
    expect(journey.mailbox.mailsFor('ida@nyborg.example').at(-1)?.subject).to.include(
      'The due day has passed',
    )
    await journey.goTo('2027-01-04')
    await journey.work()
    expect(count()).to.equal(4)
    expect(journey.mailbox.mails.some(({ subject }) => subject?.includes('has not sent ISAE 3402'))).to.equal(
      true,
    )
    agent = (await signedIn(journey, 'officer', 'en')).agent
    const url = '/statements/ST-2026-001'
    expect((await visit(agent, url)).text).to.include('Asked for, late')
    await visit(agent, `${url}/ask-again`)
    const again = await submit(agent, `${url}/ask-again`, {
      what: 'ISAE 3402',
      name: 'Ole',
      email: 'ole@nyborg.example',
      locale: 'da',
      dueOn: '2027-02-01',
    })
    expect(again.status, inspectIfWrong(again)).to.equal(303)
    await journey.work()
    expect(journey.mailbox.mailsFor('ole@nyborg.example')).to.have.length(1)
    expect((await submit(agent, url, { because: '' }, `${url}/stop`)).status).to.equal(422)
    expect((await submit(agent, url, { because: 'They answered' }, `${url}/stop`)).status).to.equal(303)
    await journey.goTo('2027-01-18')
    agent = (await signedIn(journey, 'officer', 'en')).agent
    expect(journey.mailbox.mailsFor('ole@nyborg.example')).to.have.length(1)
    expect((await submit(agent, url, { because: 'Not needed' }, `${url}/withdraw`)).status).to.equal(303)
    const { agent: ole, landed } = await journey.open('ole@nyborg.example')
    expect((await visit(ole, landed)).text).to.include('bedes ikke længere om')
  })

  it('is not called asked for when its mail comes back', async () => {
    journey.mailbox.refuse('nobody@nyborg.example', 550)
    await submit(agent, '/statements/request', {
      vendor: vendor.reference,
      what: 'ISAE 3402',
      name: 'Nobody',
      email: 'nobody@nyborg.example',
      locale: 'en',
      dueOn: '2026-12-21',
      once: 'c',
    })
    await journey.work()
    expect((await visit(agent, '/statements/ST-2026-001')).text).to.include('Mail has not arrived')
    expect((await statementTasks(journey.today())).map(({ text }) => text)).to.include(
      'statements:task.not-reached',
    )
  })

  it('counts another kind for a data centre only where the agreement says so, and says where', async () => {
    const bare = await submit(agent, '/statements/settings', {
      cycle: 12,
      issue: 4,
      bridge: 3,
      typeOne: 12,
      equivalents: 'soc-2/2',
    })
    expect(bare.status).to.equal(422)
    const set = await submit(agent, '/statements/settings', {
      cycle: 12,
      issue: 4,
      bridge: 3,
      typeOne: 12,
      equivalents: 'soc-2/2',
      clause: 'C.2, third paragraph',
    })
    expect(set.status, inspectIfWrong(set)).to.equal(303)
    expect((await visit(agent, '/statements/data-centres')).text).to.include(
      'SOC 2 type 2 (C.2, third paragraph)',
    )
    await visit(agent, '/statements/settings')
  })

  it('may be read by an auditor on our side and not changed', async () => {
    const { reference } = await entered(await pdfOf('isae-3402-da'))
    const { agent: auditor } = await signedIn(journey, 'auditor', 'da')
    await visit(auditor, `/statements/${reference}`)
    for (const path of [
      '/statements',
      '/statements/timeline',
      '/statements/data-centres',
      '/statements/settings',
    ])
      await visit(auditor, path)
    expect((await auditor.get(`/statements/${reference}/read`)).status).to.equal(403)
    expect((await auditor.get('/statements/new')).status).to.equal(403)
  })
})

function inspectIfWrong({ status, text }: { status: number; text: string }): string {
  return status === 303
    ? ''
    : (/<div class="problems"[\s\S]*?<\/div>/.exec(text)?.[0] ?? text)
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .slice(0, 1500)
}
