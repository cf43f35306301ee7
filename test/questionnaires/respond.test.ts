import { expect } from 'chai'
import { answersOf } from '../../src/questionnaires/actions/answer.js'
import { withdrawQuestionnaire } from '../../src/questionnaires/actions/ask.js'
import { useApp } from '../support/app.js'
import { visit } from '../support/visit.js'
import { signedIn, submitFiles } from '../support/people.js'
import {
  asked,
  colleagueOf,
  filled,
  ownerOf,
  pdf,
  sendForm,
  short,
  yearly,
  type Visitor,
} from './respondents.js'
import { sharesOf } from '../../src/questionnaires/actions/share.js'
import type { Questionnaire } from '../../src/questionnaires/rules/questionnaire.js'

describe("A respondent's pages", function () {
  this.timeout(120_000)
  const tilsyn = useApp()

  const answerTo = async (questionnaire: Questionnaire, question: string) =>
    (await answersOf(questionnaire._id)).find((answer) => answer.question === question)

  it('say who asks, why, by when, and how far each section is', async () => {
    const { questionnaire } = await asked(tilsyn)
    const { agent, base } = await ownerOf(tilsyn, questionnaire)
    const page = await visit(agent, base)
    expect(page.lang).to.equal('da')
    expect(page.h1).to.equal('Spørgeskema 2026 fra Nordvang Drift A/S')
    expect(page.text)
      .to.include('15. januar 2027')
      .and.to.include('C.8')
      .and.to.include('Backup af kundernes servere')
    expect(page.text).to.match(/0 af \d+ besvaret/)
    expect(page.text).to.include('Begynd med 1. Virksomhed og kontakt')
    expect((await visit(agent, `${base}?lang=en`)).text).to.include('Questionnaire 2026 from Nordvang')
  })

  it('have every section and everything around it, in both languages', async () => {
    for (const set of [yearly, short]) {
      const { questionnaire } = await asked(tilsyn, { set, owner: { locale: set === yearly ? 'da' : 'en' } })
      const { agent, base } = await ownerOf(tilsyn, questionnaire)
      const start = await visit(agent, base)
      const sections = start.links.filter((url) => url.includes('/sections/') && !url.includes('?'))
      expect(sections).to.have.length.greaterThan(3)
      for (const url of [
        ...sections,
        `${base}/print`,
        `${base}/submit`,
        `${base}/colleagues`,
        `${base}/bring`,
      ])
        await visit(agent, url)
    }
  })

  it('save a section without scripts, and show what the answers ask for', async () => {
    const { questionnaire } = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, questionnaire)
    const url = `${owner.base}/sections/S01`
    expect((await visit(owner.agent, url)).html).to.match(/data-question="S01.02"[^>]* hidden/)
    const answer = await sendForm(owner, url, { S01_01: 'no', S01_04: 'notreq', go: 'next' })
    expect(answer.status).to.equal(303)
    expect(answer.headers['location'], 'new questions have come up here').to.equal(url)
    const again = await visit(owner.agent, url)
    expect(again.html).not.to.match(/data-question="S01.02"[^>]* hidden/)
    expect(again.text).to.include('Ida Holm,')
    expect((await visit(owner.agent, owner.base)).text).to.include('Fortsæt med 1. Virksomhed og kontakt')
    expect((await answerTo(questionnaire, 'S01.01'))?.value).to.equal('no')
    expect((await answerTo(questionnaire, 'S01.01'))?.by).to.deep.equal({ name: 'Ida Holm', part: 'owner' })
    expect((await answersOf(questionnaire._id)).length).to.equal(2)
  })

  it('keep a hidden answer, and do not count it', async () => {
    const { questionnaire } = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, questionnaire)
    const url = `${owner.base}/sections/S01`
    await sendForm(owner, url, { S01_04: 'notreq' })
    await sendForm(owner, url, { S01_05: 'Vi er ni medarbejdere.' })
    await sendForm(owner, url, { S01_04: 'yes' })
    expect((await answerTo(questionnaire, 'S01.05'))?.value).to.equal('Vi er ni medarbejdere.')
    expect((await visit(owner.agent, `${owner.base}/print`)).text).not.to.include('ni medarbejdere')
    await sendForm(owner, url, { S01_04: 'notreq' })
    expect((await visit(owner.agent, `${owner.base}/print`)).text).to.include('ni medarbejdere')
  })

  it('keep what was typed where something is wrong with it, and save the rest', async () => {
    const { questionnaire } = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, questionnaire)
    const answer = await sendForm(owner, `${owner.base}/sections/S08`, {
      S08_01: 'Danmark, Langtbortistan',
      S08_02: 'Danmark og USA',
    })
    expect(answer.status).to.equal(422)
    expect(answer.text).to.include('Langtbortistan').and.to.include('Vi kender ikke landet')
    expect((await answerTo(questionnaire, 'S08.02'))?.value).to.deep.equal(['DK', 'US'])
    expect(await answerTo(questionnaire, 'S08.01')).to.equal(undefined)
    const page = await visit(owner.agent, `${owner.base}/sections/S08`)
    expect(page.html, 'a row for each third country').to.include('S08_03[US]')
    await sendForm(owner, `${owner.base}/sections/S08`, { 'S08_03[US]': 'dpf' })
    expect((await answerTo(questionnaire, 'S08.03'))?.value).to.deep.equal({ byCountry: { US: 'dpf' } })
  })

  it('show both answers where two wrote at once, and overwrite nothing', async () => {
    const { questionnaire } = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, questionnaire)
    const url = `${owner.base}/sections/S01`
    await sendForm(owner, url, { S01_04: 'notreq' })
    const stale = (await owner.agent.get(url)).text
    await sendForm(owner, url, { S01_05: 'Det ene svar' })
    const send = (html: string, changes: Record<string, string | null>) =>
      owner.agent.post(url).type('form').send(filled(html, changes))
    const refused = await send(stale, { S01_05: 'Det andet svar', S01_01: 'yes' })
    expect(refused.status).to.equal(409)
    expect(refused.text).to.include('Det ene svar').and.to.include('Det andet svar')
    expect((await answerTo(questionnaire, 'S01.05'))?.value).to.equal('Det ene svar')
    expect((await answerTo(questionnaire, 'S01.01'))?.value, 'the rest is saved').to.equal('yes')
    expect((await send(refused.text, {})).status, 'nothing chosen').to.equal(409)
    const chosen = await send(refused.text, { S01_05__choose: 'mine' })
    expect(chosen.status).to.equal(303)
    const answer = await answerTo(questionnaire, 'S01.05')
    expect(answer?.value).to.equal('Det andet svar')
    expect(answer?.earlier.map(({ value }) => value)).to.deep.equal(['Det ene svar'])
  })

  it('save one answer by itself, tell what it brings up, and refuse one that was not seen', async () => {
    const { questionnaire } = await asked(tilsyn)
    const { agent, base } = await ownerOf(tilsyn, questionnaire)
    const token = /name="_csrf" value="([^"]+)"/.exec((await agent.get(`${base}/sections/S01`)).text)?.[1]
    const save = (fields: Record<string, string>, question = 'S01.04') =>
      agent
        .post(`${base}/questions/${question}`)
        .type('form')
        .send({ _csrf: token, ...fields })
    const first = await save({ S01_04: 'notreq', S01_04__seen: '0', S01_04__comment: '' })
    expect(first.status).to.equal(200)
    expect(first.body).to.include({ version: 1, said: 'Gemt kl. 10.00' })
    expect(first.body.shown).to.include('S01.05')
    const again = await save({ S01_04: 'notreq', S01_04__seen: '0', S01_04__comment: '' })
    expect(again.body.version, 'the same once more is no conflict').to.equal(1)
    const other = await save({ S01_04: 'no', S01_04__seen: '0', S01_04__comment: '' })
    expect(other.status).to.equal(409)
    expect(other.body.conflict).to.include({ version: 1, name: 'Ida Holm' })
    expect((await save({ S05_04: 'x', S05_04__seen: '0' }, 'S99.01')).status).to.equal(404)
    expect(
      (await agent.post(`${base}/questions/S01.04`).type('form').send({ S01_04__seen: '1' })).status,
    ).to.equal(403)
  })

  it('take evidence by what it is, and say what is wrong with it', async () => {
    const { questionnaire } = await asked(tilsyn)
    const { agent, base } = await ownerOf(tilsyn, questionnaire)
    const url = `${base}/questions/S02.02/files`
    await submitFiles(agent, url, {}, [{ field: 'files', name: 'politik.pdf', bytes: pdf }])
    const bad = await submitFiles(agent, url, {}, [
      { field: 'files', name: 'politik2.pdf', bytes: Buffer.from([0x4d, 0x5a, 1, 2, 0, 0]) },
    ])
    expect(bad.status).to.equal(409)
    const answer = await answerTo(questionnaire, 'S02.02')
    expect(answer?.files).to.have.length(1)
    expect((await visit(agent, url)).text).to.include('politik.pdf')
    expect((await agent.get(`${base}/files/${answer?.files[0]}`)).status).to.equal(200)
    await sendForm({ agent }, url, {}, `${url}/${answer?.files[0]}/remove`)
    expect((await answerTo(questionnaire, 'S02.02'))?.files).to.deep.equal([])
  })

  it('let a colleague answer the sections handed over, and nothing else', async () => {
    const { questionnaire } = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, questionnaire)
    const handed = await sendForm(owner, `${owner.base}/colleagues`, {
      name: 'Bo Teknik',
      email: 'bo@nyborg.example',
      locale: 'en',
      sections: ['S05'],
      note: '',
    })
    expect(handed.status).to.equal(303)
    const [share] = await sharesOf(questionnaire._id)
    if (!share) throw new Error('nobody')
    const bo = await colleagueOf(tilsyn, questionnaire, share)
    const start = await visit(bo.agent, bo.base)
    expect(start.lang).to.equal('en')
    const sections = start.links.filter((url) => /\/sections\/\w+$/.test(url))
    expect([...new Set(sections)]).to.deep.equal([`${bo.base}/sections/S05`])
    for (const forbidden of ['sections/S01', 'questions/S01.01/files', 'answers.json'])
      expect((await bo.agent.get(`${bo.base}/${forbidden}`)).status, forbidden).to.equal(404)
    expect((await bo.agent.get(`${owner.base}`)).status, "the owner's link").to.equal(404)
    await attached(owner, 'S02.02')
    const file = (await answerTo(questionnaire, 'S02.02'))?.files[0]
    expect((await bo.agent.get(`${bo.base}/files/${file}`)).status).to.equal(404)
    await sendForm(bo, `${bo.base}/sections/S05`, { S05_01: 'yes' })
    expect((await answerTo(questionnaire, 'S05.01'))?.by).to.deep.equal({
      name: 'Bo Teknik',
      part: 'colleague',
    })
    expect((await visit(owner.agent, `${owner.base}/sections/S05`)).text).to.include('Bo Teknik')
    expect((await visit(bo.agent, `${bo.base}/submit`)).text).to.include('Ida Holm')
    const tried = await bo.agent
      .post(`${bo.base}/submit`)
      .type('form')
      .send(
        `_csrf=${tokenIn((await bo.agent.get(`${bo.base}/sections/S05`)).text)}&name=Bo&title=IT&confirmed=yes`,
      )
    expect(tried.status).to.equal(409)
    await sendForm(owner, `${owner.base}/colleagues`, {}, `${owner.base}/colleagues/${share._id}/take-back`)
    expect((await bo.agent.get(bo.base)).status).to.equal(404)
    expect((await answerTo(questionnaire, 'S05.01'))?.value).to.equal('yes')
  })

  it("never show another questionnaire's files", async () => {
    const one = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, one.questionnaire)
    await attached(owner, 'S02.02')
    const file = (await answerTo(one.questionnaire, 'S02.02'))?.files[0]
    const other = await asked(tilsyn)
    const stranger = await ownerOf(tilsyn, other.questionnaire)
    expect((await stranger.agent.get(`${stranger.base}/files/${file}`)).status).to.equal(404)
  })

  it('say kindly that it was withdrawn, whatever page is asked for', async () => {
    const { questionnaire } = await asked(tilsyn)
    const { agent, base } = await ownerOf(tilsyn, questionnaire)
    await withdrawQuestionnaire(tilsyn.context(), questionnaire.reference, {
      because: 'Sendt ved en fejl.',
      words: '',
    })
    for (const page of ['', '/sections/S01', '/submit', '/print']) {
      const shown = await visit(agent, `${base}${page}`)
      expect(shown.h1).to.equal('Spørgeskemaet er trukket tilbage')
    }
  })

  it('show staff the answers with who and when', async () => {
    const { questionnaire } = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, questionnaire)
    await sendForm(owner, `${owner.base}/sections/S01`, { S01_04: 'notreq' })
    const { agent } = await signedIn(tilsyn)
    const page = await visit(agent, `/questionnaires/${questionnaire.reference}`)
    expect(page.text)
      .to.include('Ida Holm,')
      .and.to.match(/1 of \d+ questions answered/)
  })

  async function attached({ agent, base }: Visitor, question: string): Promise<void> {
    await submitFiles(agent, `${base}/questions/${question}/files`, {}, [
      { field: 'files', name: 'politik.pdf', bytes: pdf },
    ])
  }
})

function tokenIn(html: string): string {
  return encodeURIComponent(/name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '')
}
