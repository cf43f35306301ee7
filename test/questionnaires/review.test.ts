import { expect } from 'chai'
import { findingsOf } from '../../src/findings/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { noticeByReference } from '../../src/notices/actions.js'
import { approve } from '../../src/register/actions.js'
import { answersOf } from '../../src/questionnaires/actions/answer.js'
import { moveTo } from '../../src/questionnaires/actions/move.js'
import { finishReviews } from '../../src/questionnaires/actions/review-after.js'
import { remarksTo } from '../../src/questionnaires/actions/remarks-shown.js'
import { remarkOn } from '../../src/questionnaires/records/remarks.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aWorld, customersOf } from '../notices/world.js'
import { answer, aQuestionnaire, handedIn, stored } from './reviews.js'

describe('the review of a questionnaire', () => {
  const tilsyn = useApp()

  async function inReview(said: Parameters<typeof answer>[2] = {}) {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{ agreement: { notice: { length: 60, unit: 'days' } } }])
    const asked = await aQuestionnaire(tilsyn, world.planned)
    await answer(tilsyn, asked, { 'S03.01': 'yes', 'S08.01': ['DK'], 'S08.02': ['DK'], ...said })
    const questionnaire = await handedIn(tilsyn, asked)
    const { agent, person } = await signedIn(tilsyn)
    return { world, questionnaire, agent, person, page: `/questionnaires/${questionnaire.reference}/review` }
  }

  /** What the form of a section says of one answer. */
  const judged = (
    key: string,
    verdict: string,
    words: { external?: string; internal?: string; seen?: number; answer?: number } = {},
  ) => ({
    [`${key}__verdict`]: verdict,
    [`${key}__external`]: words.external ?? '',
    [`${key}__internal`]: words.internal ?? '',
    [`${key}__seen`]: words.seen ?? 0,
    [`${key}__answer`]: words.answer ?? 1,
  })

  it('shows the proposal with its reckoning, and each answer beside last year’s with what has become of it', async () => {
    const { world, questionnaire: first, agent, page } = await inReview({ 'S04.01': 'yes', 'S05.01': 'yes' })
    await conclude(agent, page, first.reference)
    const next = await aQuestionnaire(tilsyn, world.planned, { year: 2027 })
    await answer(tilsyn, next, { 'S03.01': 'no', 'S05.01': 'yes', 'S06.01': 'yes' })
    await handedIn(tilsyn, next)
    const review = `/questionnaires/${next.reference}/review`
    const shown = await visit(agent, review)
    expect(shown.text).to.include('Proposal').and.include('Weight × points').and.include('critical question')
    const section = await visit(agent, `${review}/sections/S03`)
    expect(section.text).to.include('changed').and.include('The answer in 2026')
    expect((await visit(agent, `${review}/sections/S05`)).text).to.include('as last time')
    expect((await visit(agent, `${review}/sections/S06`)).text).to.include('new answer')
    expect((await visit(agent, `${review}/sections/S04`)).text).to.include('no longer answered')
  })

  it('sends several open items back at once, with words for them and words for us apart', async () => {
    const { questionnaire, agent, page } = await inReview({ 'S03.02': 'n', 'S05.01': 'na' })
    const none = await submit(
      agent,
      page,
      { dueOn: '2026-12-10', version: questionnaire.version },
      `${page}/send-back`,
    )
    expect(none.status).to.equal(409)
    const section = `${page}/sections/S03`
    const wordless = await submit(agent, section, judged('S03_01', 'open'), section)
    expect(wordless.status, 'sent back without a word nobody knows what is wrong').to.equal(422)
    const saved = await submit(agent, section, {
      ...judged('S03_01', 'accepted'),
      ...judged('S03_02', 'open', { external: 'Hvornår kommer den?', internal: 'Second year in a row.' }),
    })
    expect(saved.status, saved.text.slice(0, 400)).to.equal(303)
    const fifth = `${page}/sections/S05`
    const refused = await submit(
      agent,
      fifth,
      judged('S05_01', 'na-refused', { external: 'Det er relevant.' }),
    )
    expect(refused.status, refused.text.slice(0, 400)).to.equal(303)
    const [na] = (await answersOf(questionnaire._id)).filter(({ question }) => question === 'S05.01')
    expect(na?.naRefused, 'it then scores 0').to.equal(true)
    const before = await stored(questionnaire.reference)
    const sent = await submit(
      agent,
      page,
      { dueOn: '2026-12-10', version: before.version },
      `${page}/send-back`,
    )
    expect(sent.status, sent.text.slice(0, 400)).to.equal(303)
    expect(await stored(questionnaire.reference)).to.deep.include({
      state: 'asked',
      round: 2,
      open: ['S03.02', 'S05.01'],
      dueOn: '2026-12-10',
    })
    const mails = await mailsAbout('questionnaire', [questionnaire._id])
    expect(mails.map(({ kind }) => kind)).to.include('questionnaire-sent-back')
    const words = await remarksTo(await stored(questionnaire.reference))
    expect([...words.values()]).to.have.members(['Hvornår kommer den?', 'Det er relevant.'])
  })

  it('accepts the rest of a section at once, and loses no words that have no judgement', async () => {
    const { questionnaire, agent, page } = await inReview({ 'S03.02': 'y' })
    const section = `${page}/sections/S03`
    const bare = { S03_01__seen: 0, S03_01__answer: 1, S03_02__seen: 0, S03_02__answer: 1 }
    const worded = await submit(agent, section, { ...bare, S03_01__internal: 'Ask Bo.' })
    expect(worded.status).to.equal(422)
    expect(worded.text).to.include('Ask Bo.')
    const rest = await submit(agent, section, {
      ...bare,
      ...judged('S03_01', 'open', { external: 'Hvorfor?' }),
      others: 'accepted',
    })
    expect(rest.status).to.equal(303)
    expect((await remarkOn(questionnaire._id, 'S03.01'))?.verdict).to.equal('open')
    expect((await remarkOn(questionnaire._id, 'S03.02'))?.verdict).to.equal('accepted')
  })

  it('of two reviewers at once the second is told, and nothing is lost', async () => {
    const { questionnaire, agent, page } = await inReview()
    const { agent: other } = await signedIn(tilsyn, 'dpo')
    const section = `${page}/sections/S03`
    await submit(agent, section, judged('S03_01', 'open', { external: 'First words.' }))
    const second = await submit(other, section, judged('S03_01', 'accepted', { internal: 'Second words.' }))
    expect(second.status).to.equal(409)
    expect(second.text).to.include('First words.').and.include('Second words.')
    expect(await remarkOn(questionnaire._id, 'S03.01')).to.deep.include({
      external: 'First words.',
      version: 1,
    })
    const again = await submit(
      other,
      section,
      judged('S03_01', 'accepted', { internal: 'Second words.', seen: 1 }),
    )
    expect(again.status).to.equal(303)
    expect(await remarkOn(questionnaire._id, 'S03.01')).to.deep.include({ verdict: 'accepted', version: 2 })
    const late = await submit(agent, page, { dueOn: '2026-12-10', version: 1 }, `${page}/send-back`)
    expect(late.status, 'the questionnaire has moved on').to.equal(409)
  })

  it('concludes with a reason where a critical question failed, and each proposed finding taken or left', async () => {
    const { questionnaire, agent, page } = await inReview({ 'S03.01': 'no' })
    const html = (await agent.get(page)).text
    const keys = [...html.matchAll(/name="([A-Z0-9_]+)__take" value="take"/g)].map(([, key]) => key ?? '')
    expect(keys).to.include('S03_01')
    const band = /name="band" value="([a-z_]+)" checked/.exec(html)?.[1] ?? ''
    const left = Object.fromEntries(
      keys.flatMap((key) => [
        [`${key}__take`, 'leave'],
        [`${key}__because`, 'Known.'],
      ]),
    )
    const version = (await stored(questionnaire.reference)).version
    const form = { band, version, reason: '', external: 'Tak.', internal: 'Ring.', ...left }
    const undecided = await submit(agent, page, { ...form, S03_01__take: '' }, `${page}/conclude`)
    expect(undecided.status).to.equal(422)
    const reasonless = await submit(agent, page, form, `${page}/conclude`)
    expect(reasonless.status).to.equal(409)
    const owner = /<option value="(vendor:[^"]+)"/.exec(html)?.[1] ?? ''
    const taken = {
      S03_01__take: 'take',
      S03_01__owner: owner,
      S03_01__dueOn: '2026-12-20',
      S03_01__severity: 'critical',
    }
    const done = await submit(
      agent,
      page,
      { ...form, ...taken, reason: 'Put right by Christmas.' },
      `${page}/conclude`,
    )
    expect(done.status, done.text.slice(0, 3000)).to.equal(303)
    const after = await stored(questionnaire.reference)
    expect(after.state).to.equal('concluded')
    expect(after.conclusion).to.deep.include({ band, reason: 'Put right by Christmas.' })
    expect(after.conclusion?.answers).to.match(/^[0-9a-f]{64}$/)
    const findings = await findingsOf({ kind: 'questionnaire', id: questionnaire._id })
    expect(findings.map(({ source, dueOn, severity }) => [source.item, dueOn, severity])).to.deep.equal([
      ['S03.01', '2026-12-20', 'critical'],
    ])
    expect((await visit(agent, `/findings/${findings[0]?.reference}`)).text).to.include(
      questionnaire.reference,
    )
    const kinds = (await mailsAbout('questionnaire', [questionnaire._id])).map(({ kind }) => kind)
    expect(kinds).to.include('questionnaire-concluded')

    const shown = await visit(agent, page)
    expect(shown.text).to.include('Put right by Christmas.').and.include('Ring.')
    expect((await submit(agent, page, { because: '' }, `${page}/again`)).status).to.equal(422)
    await submit(agent, page, { because: 'A new report came.' }, `${page}/again`)
    expect(await stored(questionnaire.reference)).to.deep.include({
      state: 'submitted',
      round: 2,
      conclusion: null,
    })
    expect((await agent.get(page)).text, 'a finding there is is not proposed again').not.to.include(
      'S03_01__take',
    )
  })

  it('what a crash left after the conclusion is done by the next run: findings and mail, once', async () => {
    const { questionnaire } = await inReview()
    await moveTo(
      tilsyn.context(),
      questionnaire,
      {
        state: 'concluded',
        conclusion: {
          band: 'remarks',
          proposedBand: 'remarks',
          score: 70,
          reason: '',
          external: 'Tak.',
          internal: '',
          answers: 'hash',
          at: tilsyn.now(),
          by: { kind: 'system', id: 'test' },
        },
        pending: {
          step: 'concluded',
          findings: [
            {
              question: 'S03.01',
              text: { da: 'a', en: 'b' },
              severity: 'low',
              owner: null,
              dueOn: '2027-01-01',
            },
          ],
        },
      },
      { event: 'questionnaire.concluded', facts: {} },
    )
    expect(await finishReviews(tilsyn.context())).to.deep.equal({ finished: 1 })
    expect(await finishReviews(tilsyn.context())).to.deep.equal({ finished: 0 })
    expect(await findingsOf({ kind: 'questionnaire', id: questionnaire._id })).to.have.length(1)
    const kinds = (await mailsAbout('questionnaire', [questionnaire._id])).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'questionnaire-concluded')).to.have.length(1)
  })

  it('judges their notice to us against the longest we owe, with the numbers in words', async () => {
    const { agent, page } = await inReview({ 'S07.01': 'yes', 'S07.04': 45 })
    const shown = await visit(agent, page)
    expect(shown.text).to.match(
      /They give us 45 days' notice\. We owe customers up to 60 days, .* at least \d+ days/,
    )
    expect((await agent.get(page)).text).to.include('S07_04__take')
  })

  it('drafts a notice of a new country, once, with the change planned in the register', async () => {
    const { world, questionnaire, agent, page } = await inReview({ 'S08.01': ['DK', 'DE'] })
    const customers = await customersOf(tilsyn, world, [{}])
    await approve(
      tilsyn.context(),
      customers.map(({ _id }) => ({
        customer: _id,
        engagement: world.planned._id,
        from: '2026-01-01',
        notice: null,
        kind: 'baseline' as const,
      })),
    )
    expect((await visit(agent, page)).text)
      .to.include('New storage country')
      .and.include('Germany')
    const { version } = await stored(questionnaire.reference)
    const form = { key: 'storage-country/DE', version }
    const drafted = await submit(agent, page, form, `${page}/draft`)
    expect(drafted.status, drafted.text.slice(0, 3000)).to.equal(303)
    const reference = String(drafted.headers['location']).split('/').at(-1) ?? ''
    const notice = await noticeByReference(reference)
    expect(notice?.lines.map(({ kind }) => kind)).to.deep.equal(['new-place'])
    expect(notice?.why.da).to.include('Tyskland')
    const again = await submit(agent, page, form, `${page}/draft`)
    expect(again.headers['location']).to.equal(`/notices/${reference}`)
    expect((await visit(agent, page)).text).to.include(reference)
  })

  it('drafts a notice of a further sub-processor nobody told us of, as a planned link below', async () => {
    const { questionnaire, agent, page } = await inReview({
      'S07.01': 'yes',
      'S07.02': [{ name: 'Skyhost Inc.', regNo: '', task: 'Backup' }],
    })
    const { version } = await stored(questionnaire.reference)
    const key = /name="key" value="(further-sub-processor\/[^"]+)"/.exec((await agent.get(page)).text)?.[1]
    const drafted = await submit(agent, page, { key, version }, `${page}/draft`)
    expect(drafted.status, drafted.text.slice(0, 3000)).to.equal(303)
    const notice = await noticeByReference(String(drafted.headers['location']).split('/').at(-1) ?? '')
    expect(notice?.lines.map(({ kind }) => kind)).to.deep.equal(['addition'])
  })

  it('is read by an auditor, who changes nothing', async () => {
    const { page } = await inReview()
    const { agent } = await signedIn(tilsyn, 'auditor')
    expect((await visit(agent, page)).html).not.to.include(`${page}/conclude`)
    expect((await visit(agent, `${page}/sections/S03`)).html).not.to.include('__verdict')
  })

  /** As proposed; what is proposed as findings is left. */
  async function conclude(agent: Agent, page: string, reference: string): Promise<void> {
    const html = (await agent.get(page)).text
    const keys = [...html.matchAll(/name="([A-Z0-9_]+)__take" value="take"/g)].map(([, key]) => key ?? '')
    const fields = keys.flatMap((key): [string, string][] => [
      [`${key}__take`, 'leave'],
      [`${key}__because`, 'Known.'],
    ])
    const done = await submit(
      agent,
      page,
      {
        band: /name="band" value="([a-z_]+)" checked/.exec(html)?.[1] ?? '',
        reason: 'As agreed.',
        version: (await stored(reference)).version,
        ...Object.fromEntries(fields),
      },
      `${page}/conclude`,
    )
    expect(done.status, done.text.slice(0, 3000)).to.equal(303)
  }
})
