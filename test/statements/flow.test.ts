import { expect } from 'chai'
import { danish } from '../../bench/statements/danish.js'
import { findingsOfVendor } from '../../src/findings/actions.js'
import {
  acceptedCurrent,
  centresNow,
  coverageOf,
  findLackingCentres,
  statementByReference,
  statementTasks,
} from '../../src/statements/actions.js'
import { signedIn, submit, submitFiles } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { useDesk, wrongIn } from './desk.js'

describe('a statement', function () {
  this.timeout(120_000)
  const { journey, desk, pdfOf, entered, versionOf, read, review, conclude, site } = useDesk()

  it('is asked for by mail, sent by link, read, reviewed and concluded, and the data centre is then shown', async () => {
    expect((await centresNow(journey.today()))[0]?.verdict).to.deep.include({ ok: false, reason: 'none' })
    await findLackingCentres(journey.officer())
    await findLackingCentres(journey.officer())
    expect(await findingsOfVendor(desk.vendor._id)).to.have.length(1)

    const form = await visit(desk.agent, `/statements/request?vendor=${desk.vendor.reference}`)
    expect(form.html).to.include('ida@nyborg.example')
    const asked = await submit(desk.agent, '/statements/request', {
      vendor: desk.vendor.reference,
      what: 'ISAE 3402 type 2 for 2025',
      name: 'Ida Holm',
      email: 'ida@nyborg.example',
      locale: 'da',
      dueOn: '2026-12-21',
      once: 'a',
    })
    expect(asked.status, asked.text.slice(0, 2000)).to.equal(303)
    const url = String(asked.headers['location'])
    expect((await visit(desk.agent, url)).text)
      .to.include('Mail on its way')
      .and.not.include('Asked for Withdraw')
    await journey.work()
    expect((await visit(desk.agent, url)).text).to.include('Asked for')
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
    expect((await visit(desk.agent, url)).text)
      .to.include('To be read')
      .and.include('Nobody has read it')
    const reading = await visit(desk.agent, `${url}/read`)
    expect(reading.text).to.include('Take over: ISAE 3402').and.include('1 January 2025').and.include('Page ')
    // Nothing was taken over by itself.
    expect((await statementByReference(reference))?.facts).to.equal(null)
    const bare = await submit(desk.agent, `${url}/read`, {
      version: await versionOf(reference),
      language: 'da',
      ...site,
    })
    expect(bare.status).to.equal(422)
    const confirmed = await read(reference)
    expect(confirmed.status, wrongIn(confirmed)).to.equal(303)
    const kept = await statementByReference(reference)
    expect(kept?.facts).to.deep.include({ kind: 'isae-3402', type: 2, opinion: 'unqualified' })
    expect(kept?.facts?.period).to.deep.equal({ from: '2025-01-01', to: '2025-12-31' })
    expect(kept?.origins).to.deep.include({ kind: 'read', period: 'read' })

    expect((await conclude(reference)).status).to.equal(409)
    const noNote = await review(reference, { 'check[sites][answer]': 'no' })
    expect(noNote.status).to.equal(422)
    expect((await review(reference)).status).to.equal(303)
    expect((await conclude(reference)).status).to.equal(303)
    expect(await acceptedCurrent(desk.vendor._id, journey.today())).to.have.length(1)
    expect((await centresNow(journey.today()))[0]?.verdict).to.deep.include({ ok: true })
    expect((await visit(desk.agent, '/statements/data-centres')).text).to.include('All 1 data centres hold')
    expect((await visit(desk.agent, '/sites')).text).to.include('All hold what clause C.2 asks')
    expect((await visit(desk.agent, url)).text)
      .to.include('Accepted')
      .and.include('May be relied on until 30 April 2027')
    const late = await coverageOf({ vendor: desk.vendor._id }, '2027-05-01')
    expect(late[0]).to.deep.include({ overdue: true, coveredTo: '2025-12-31' })
    const tasks = await statementTasks('2027-05-01')
    expect(tasks.map(({ text }) => text)).to.include('statements:task.expected')
    for (const path of [
      '/statements',
      '/statements?sort=expected&show=accepted',
      '/statements/timeline',
      `/vendors/${desk.vendor.reference}`,
    ])
      expect((await visit(desk.agent, path)).text, path).to.include('ISAE 3402 type 2')
    const again = await submit(desk.agent, url, { because: 'Read anew' }, `${url}/reopen`)
    expect(again.status).to.equal(303)
    expect(await acceptedCurrent(desk.vendor._id, journey.today())).to.deep.equal([])
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
    expect(reviewed.status, wrongIn(reviewed)).to.equal(303)
    expect((await conclude(reference)).status).to.equal(409)
    expect((await conclude(reference, 'accepted-with-follow-up')).status).to.equal(422)
    expect((await conclude(reference, 'accepted-with-follow-up', 'The leavers.')).status).to.equal(303)
    const findings = await findingsOfVendor(desk.vendor._id)
    expect(findings.map(({ severity, source }) => [severity, source.kind])).to.deep.include([
      'high',
      'statement',
    ])
    const page = await visit(desk.agent, `/statements/${reference}`)
    expect(page.text).to.include('Finding FI-2026-').and.include('Missing')
    expect((await statementTasks(journey.today())).map(({ text }) => text)).to.include(
      'statements:task.controls',
    )
    await visit(desk.agent, `/statements/${reference}/follow-up`)
    const followed = await submit(desk.agent, `/statements/${reference}/follow-up`, {
      version: await versionOf(reference),
      'exceptions[0][id]': exception?.id ?? '',
      'exceptions[0][state]': 'fixed',
      'exceptions[0][followUp]': 'List seen.',
      'cuecs[0][id]': cuec?.id ?? '',
      'cuecs[0][state]': 'in-place',
      'cuecs[0][owner]': person._id,
    })
    expect(followed.status, wrongIn(followed)).to.equal(303)
    const after = await statementByReference(reference)
    expect(after?.exceptions[0]).to.deep.include({
      state: 'fixed',
      followUp: 'List seen.',
      relevance: 'relevant',
    })
    expect(after?.cuecs[0]).to.deep.include({ state: 'in-place', on: journey.today() })
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
    expect(second.answer.status, wrongIn(second.answer)).to.equal(303)
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
    expect(confirmed.status, wrongIn(confirmed)).to.equal(303)
    expect((await statementByReference(first.reference))?.replacedBy).to.equal(null)
    await review(second.reference)
    await conclude(second.reference)
    const accepted = await acceptedCurrent(desk.vendor._id, journey.today())
    expect(accepted.map(({ reference }) => reference)).to.deep.equal([second.reference])
    expect((await visit(desk.agent, `/statements/${first.reference}`)).text).to.include('Replaced')
    expect((await visit(desk.agent, '/statements?show=withdrawn')).text).to.include(first.reference)
  })
})
