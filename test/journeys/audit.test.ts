import { expect } from 'chai'
import request from 'supertest'
import { historyOf } from '../../src/audit-log/actions.js'
import { sessionCookie, startSession } from '../../src/auth/actions/sessions.js'
import { extractAbout } from '../../src/audit-log/extract.js'
import { findingsFor } from '../../src/audits/actions/findings.js'
import { moveAudit } from '../../src/audits/actions/move.js'
import { auditAtWork, auditOf, testOf } from '../../src/audits/actions/read.js'
import { missingBeforeSigning } from '../../src/audits/rules/missing.js'
import { signedIn, submit, submitFiles, type SignedIn } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { useJourney } from './house.js'

const pdf = Buffer.from('%PDF-1.7\nbackup log\n%%EOF\n')
const tested = { methods: ['inspection'], testedOn: '2026-10-12', result: 'no-exception' }
const both = (text: string) => ({ da: text, en: text })
const sampled = (text: string) => ({ 'sample[da]': text, 'sample[en]': text })
const marksIn = (html: string) => /name="marks" value="([^"]*)"/.exec(html)?.[1] ?? ''

describe('The yearly audit, with a DPO, an auditor and an officer at once', function () {
  this.timeout(120_000)
  const tilsyn = useJourney()
  let dpo: SignedIn
  let auditor: SignedIn
  let officer: SignedIn

  beforeEach('begin the audit of 2026', async () => {
    tilsyn.moveTo('2026-10-12T10:00:00+02:00')
    dpo = await signedIn(tilsyn, 'dpo')
    auditor = await signedIn(tilsyn, 'auditor')
    officer = await signedIn(tilsyn, 'officer', 'da')
    const begun = await submit(dpo.agent, '/audits/new', {
      year: '2026',
      from: '2026-01-01',
      to: '2026-12-31',
      lead: dpo.person._id,
    })
    expect(begun.headers['location']).to.equal('/audits/AU-2026')
  })

  const control = (id: string) => `/audits/AU-2026/controls/${id}`
  const test = async (id: string) => testOf(await auditOf('AU-2026'), id)

  it('begins with every control, tells what C.7 asks for, and refuses a second one of the year', async () => {
    const page = await visit(dpo.agent, '/audits/AU-2026')
    expect(page.text).to.include('Internal audit 2026').and.include('controls have no result yet')
    expect((await auditAtWork('AU-2026')).tests).to.have.length(71)
    const again = await submit(officer.agent, '/audits/new', {
      year: '2026',
      from: '2026-01-01',
      to: '2026-12-31',
      lead: dpo.person._id,
    })
    expect(again.status).to.equal(409)
    expect(inspect(again.text, 409).text).to.include('Der er allerede en revision for 2026')
    const noDpo = await submit(officer.agent, '/audits/new', {
      year: '2025',
      from: '2025-01-01',
      to: '2025-12-31',
      lead: officer.person._id,
    })
    expect(noDpo.status, 'led by the DPO (C.7)').to.equal(422)
  })

  it('lets two write on one control: different fields come together, the same one is chosen by whoever came second', async () => {
    const opened = marksIn((await auditor.agent.get(control('B.3'))).text)
    const first = await submit(dpo.agent, control('B.3'), {
      ...tested,
      marks: opened,
      tester: dpo.person._id,
      ...sampled('10 of 312 servers'),
      note: 'Console read',
    })
    expect(first.status).to.equal(303)
    // Opened before: the note is theirs and untouched here, the sample is written by both.
    const second = await submit(auditor.agent, control('B.3'), {
      marks: opened,
      tester: auditor.person._id,
      methods: ['inspection'],
      testedOn: '2026-10-12',
      result: 'exception',
      ...sampled('25 of 312 servers'),
      'reason[da]': 'To servere var uden beskyttelse',
      'reason[en]': 'Two servers were unprotected',
    })
    expect(second.status).to.equal(409)
    const shown = inspect(second.text, 409)
    expect(shown.text).to.include('Somebody else has saved meanwhile')
    expect(shown.text).to.include('10 of 312 servers').and.include('25 of 312 servers')
    expect(second.text, 'what the other wrote alone').to.include('Console read')
    expect(second.text, 'what was typed').to.include('Two servers were unprotected')
    expect((await test('B.3')).sample, 'nothing is written over').to.deep.equal(both('10 of 312 servers'))
    const chosen = await submit(auditor.agent, control('B.3'), {
      marks: marksIn(second.text),
      tester: auditor.person._id,
      methods: ['inspection'],
      testedOn: '2026-10-12',
      result: 'exception',
      ...sampled('25 of 312 servers'),
      note: 'Console read',
      'reason[da]': 'To servere var uden beskyttelse',
      'reason[en]': 'Two servers were unprotected',
    })
    expect(chosen.status).to.equal(303)
    expect(await test('B.3')).to.deep.include({
      sample: both('25 of 312 servers'),
      note: 'Console read',
      result: 'exception',
    })
  })

  it('keeps files and words that come at the same moment', async () => {
    const opened = marksIn((await auditor.agent.get(control('K.5'))).text)
    const [one, other] = await Promise.all([
      submitFiles(auditor.agent, control('K.5'), { marks: opened, note: 'Restored a mailbox' }, [
        { field: 'files', name: 'restore.pdf', bytes: pdf },
      ]),
      submitFiles(officer.agent, control('K.5'), { marks: opened, ...sampled('1 of 12 backups') }, [
        { field: 'files', name: 'log.pdf', bytes: pdf },
      ]),
    ])
    expect([one.status, other.status]).to.deep.equal([303, 303])
    const kept = await test('K.5')
    expect(kept).to.deep.include({ note: 'Restored a mailbox', sample: both('1 of 12 backups') })
    expect(kept.files).to.have.length(2)
  })

  it('asks for a reason and for independence, and opens a finding its owner hears of', async () => {
    const page = await auditor.agent.get(control('C.8'))
    const without = await submit(dpo.agent, control('C.8'), {
      ...tested,
      marks: marksIn(page.text),
      tester: dpo.person._id,
      result: 'exception',
    })
    expect(without.status).to.equal(422)
    expect(inspect(without.text, 422).text).to.include('Reason')
    await submit(dpo.agent, control('C.8'), {
      ...tested,
      marks: marksIn(page.text),
      tester: dpo.person._id,
      operates: 'yes',
    })
    expect((await visit(dpo.agent, control('C.8'))).text).to.include('no text on independence yet')
    const { audit, tests } = await auditAtWork('AU-2026')
    expect(missingBeforeSigning({ audit, tests }).map(({ what }) => what)).to.include('independence')

    const opened = await submit(
      auditor.agent,
      control('C.8'),
      {
        once: 'abcdefghijkmnpqrst',
        'what[da]': 'Udpegningen er ikke fornyet',
        'what[en]': 'The designation was not renewed',
        severity: 'medium',
        owner: `person:${officer.person._id}`,
        dueOn: '2026-12-01',
      },
      `${control('C.8')}/findings`,
    )
    expect(opened.status).to.equal(303)
    const { own } = await findingsFor(audit)
    expect(own.map(({ text, dueOn }) => [text.en, dueOn])).to.deep.equal([
      ['The designation was not renewed', '2026-12-01'],
    ])
    const finding = await visit(officer.agent, `/findings/${own[0]?.reference}`)
    expect(finding.text).to.include('Intern revision 2026, kontrol C.8')
    expect(finding.links).to.include('/audits/AU-2026/controls/C.8')
    await tilsyn.work()
    expect(tilsyn.mailbox.mailsFor(officer.person.email)).to.have.length(1)
  })

  it('assigns an area, sets several as not applicable after a look, and takes in risks with both languages', async () => {
    await submit(
      dpo.agent,
      '/audits/AU-2026/controls',
      { area: 'K', tester: auditor.person._id },
      '/audits/AU-2026/controls/assign',
    )
    expect((await test('K.11')).tester).to.equal(auditor.person._id)
    expect((await test('A.1')).tester).to.equal(null)

    const leaving = '/audits/AU-2026/controls/leave-out'
    const wanted = { controls: ['K.11', 'K.12'], 'reason[da]': 'Ingen kontorer', 'reason[en]': 'No offices' }
    const looked = await submit(dpo.agent, leaving, wanted)
    expect(inspect(looked.text, 200).text).to.include('2 controls will be set to not applicable')
    expect((await test('K.11')).result, 'only looked at').to.equal(null)
    await submit(dpo.agent, leaving, { ...wanted, step: 'confirm' })
    expect(await test('K.12')).to.deep.include({
      result: 'not-applicable',
      reason: { da: 'Ingen kontorer', en: 'No offices' },
    })

    const risk = {
      id: 'abcdefghijkmnpqrst',
      on: '2026-10-10',
      'what[da]': 'Telefoni',
      'what[en]': 'Telephony',
    }
    const half = await submit(officer.agent, '/audits/AU-2026/risks/risks/new', {
      ...risk,
      'text[da]': 'Uændret',
    })
    expect(half.status).to.equal(422)
    const both = { ...risk, 'text[da]': 'Uændret', 'text[en]': 'Unchanged' }
    for (const _twice of [1, 2]) await submit(officer.agent, '/audits/AU-2026/risks/risks/new', both)
    expect((await auditOf('AU-2026')).risks, 'sent twice, taken in once').to.have.length(1)
    expect((await visit(dpo.agent, '/audits/AU-2026/risks')).text).to.include('Telephony')
  })

  it('leaves a log from which every result can be told again, with nothing personal in it', async () => {
    const page = await auditor.agent.get(control('A.1'))
    await submit(auditor.agent, control('A.1'), {
      ...tested,
      marks: marksIn(page.text),
      tester: auditor.person._id,
      note: 'Spoke to Birgit',
    })
    const { _id } = await test('A.1')
    const [newest] = await historyOf('audit-test', _id)
    expect(newest?.event).to.equal('audit-test.tested')
    expect(newest?.facts).to.deep.include({ audit: 'AU-2026', control: 'A.1' })
    expect((newest?.facts as { after: unknown } | undefined)?.after).to.deep.equal({
      tester: auditor.person._id,
      methods: ['inspection'],
      testedOn: '2026-10-12',
      result: 'no-exception',
      operates: false,
    })
    const entries = await extractAbout('audit-test', [_id], 1e9)
    expect(JSON.stringify(entries.map(({ entry }) => entry.facts))).not.to.include('Birgit')
    expect((await visit(dpo.agent, '/audits/AU-2026/log')).text).to.include('Result of a control noted')
  })

  it('is read by management, written by nobody once it waits for signatures', async () => {
    const audit = await auditOf('AU-2026')
    const management = await signedIn(tilsyn, 'management')
    const refused = await management.agent.get('/audits/AU-2026/risks/risks/new')
    expect(refused.status).to.equal(403)
    const opened = marksIn((await auditor.agent.get(control('A.1'))).text)
    await moveAudit(tilsyn.officer(), audit, { state: 'to-sign' }, { event: 'audit.frozen', facts: {} })
    for (const end of ['', '/controls', '/controls/A.1', '/scope', '/risks', '/conclusion', '/log'])
      for (const { agent } of [management, auditor]) {
        const page = await visit(agent, `/audits/AU-2026${end}`)
        expect(page.html, end).not.to.match(/<form method="post" action="\/audits/)
      }
    const late = { ...tested, marks: opened, tester: auditor.person._id }
    const answer = await submit(auditor.agent, '/audits', late, control('A.1'))
    expect(answer.status).to.equal(409)
    expect(inspect(answer.text, 409).text).to.include('AU-2026 is waiting for signatures')
    expect((await test('A.1')).result).to.equal(null)
  })

  it('begins next year from this one: open findings follow, nothing is carried over as done', async () => {
    const page = await auditor.agent.get(control('A.1'))
    await submit(auditor.agent, control('A.1'), {
      ...tested,
      marks: marksIn(page.text),
      tester: auditor.person._id,
      ...sampled('4 of 9 procedures'),
    })
    await submit(
      auditor.agent,
      control('A.1'),
      { once: 'abcdefghijkmnpqrst', 'what[da]': 'Mangler', 'what[en]': 'Lacking', severity: 'low' },
      `${control('A.1')}/findings`,
    )
    await tilsyn.goTo('2027-03-01T10:00:00+01:00')
    for (const who of [dpo, auditor]) Object.assign(who, await again(who))
    const next = await submit(dpo.agent, '/audits/new', {
      year: '2027',
      from: '2027-01-01',
      to: '2027-12-31',
      lead: dpo.person._id,
    })
    expect(next.headers['location']).to.equal('/audits/AU-2027')
    const overview = await visit(dpo.agent, '/audits/AU-2027')
    expect(overview.text).to.include('Findings of earlier audits').and.include('Lacking')
    const one = await visit(auditor.agent, '/audits/AU-2027/controls/A.1')
    expect(one.text).to.include('To read only: last year’s result does not count this year.')
    expect(one.html).to.include('4 of 9 procedures')
    const now = await testOf(await auditOf('AU-2027'), 'A.1')
    expect(now).to.deep.include({ result: null, sample: both(''), tester: auditor.person._id })
    expect(now.lastYear).to.deep.include({ result: 'no-exception' })
  })

  /** Sessions are over by next year. */
  async function again({ person }: SignedIn): Promise<Pick<SignedIn, 'agent'>> {
    const token = await startSession(tilsyn.context({ kind: 'staff', id: person._id }), person, 'a test')
    const agent = request.agent(tilsyn.app)
    agent.jar.setCookie(`${sessionCookie}=${token}; Path=/`, '127.0.0.1')
    return { agent }
  }
})
