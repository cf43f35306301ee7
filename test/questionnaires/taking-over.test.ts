import exceljs from 'exceljs'
import { expect } from 'chai'
import { mailsAbout } from '../../src/mail/actions.js'
import { answersOf } from '../../src/questionnaires/actions/answer.js'
import { Answers } from '../../src/questionnaires/records/answers.js'
import { Questionnaires } from '../../src/questionnaires/records/questionnaires.js'
import type { Questionnaire } from '../../src/questionnaires/rules/questionnaire.js'
import { useApp } from '../support/app.js'
import { submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { answerAll, asked, askedOf, now, ownerOf, sendForm, short, type Visitor } from './respondents.js'

describe('Answers that are handed in, and taken along', function () {
  this.timeout(120_000)
  const tilsyn = useApp()

  it('are handed in once, signed, by the owner, and only when nothing is lacking', async () => {
    const { questionnaire } = await asked(tilsyn, { set: short })
    const owner = await ownerOf(tilsyn, questionnaire)
    const url = `${owner.base}/submit`
    const early = await visit(owner.agent, url)
    expect(early.text).to.match(/\d+ spørgsmål mangler/)
    expect(early.links.some((link) => link.includes('/sections/'))).to.equal(true)
    await answerAll(tilsyn, questionnaire)
    const signing = { name: 'Ida Holm', title: 'Direktør' }
    expect((await sendForm(owner, url, signing)).status, 'not confirmed').to.equal(422)
    const stale = (await owner.agent.get(url)).text
    expect((await sendForm(owner, url, { ...signing, confirmed: 'yes' })).status).to.equal(303)
    const token = /name="_csrf" value="([^"]+)"/.exec(stale)?.[1]
    const twice = await owner.agent
      .post(url)
      .type('form')
      .send({ _csrf: token, ...signing, confirmed: 'yes' })
    expect(twice.status, 'pressed twice').to.equal(303)
    const submitted = await now(questionnaire)
    expect(submitted.state).to.equal('submitted')
    expect(submitted.submitted?.by).to.deep.equal(signing)
    const receipts = (await mailsAbout('questionnaire', [questionnaire._id])).filter(
      ({ kind }) => kind === 'questionnaire-submitted',
    )
    expect(receipts).to.have.length(1)
    const page = await visit(owner.agent, owner.base)
    expect(page.text).to.include('Indsendt 23. nov. 2026')
    const late = await owner.agent
      .post(`${owner.base}/sections/${(await firstSection(owner)).split('/').at(-1)}`)
      .type('form')
      .send({ _csrf: token })
    expect(late.status, 'nothing of it is open').to.be.oneOf([303, 409])
    expect((await visit(owner.agent, await firstSection(owner))).html).not.to.include('id="answers"')
  })

  it('sent back, let only the open questions be answered', async () => {
    const { questionnaire } = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, questionnaire)
    await sendForm(owner, `${owner.base}/sections/S01`, { S01_01: 'yes', S01_04: 'notreq' })
    await Questionnaires.updateOne(
      { _id: questionnaire._id },
      { $set: { round: 2, open: ['S01.04', 'S01.05'] } },
    )
    const page = await visit(owner.agent, `${owner.base}/sections/S01`)
    expect(page.html).to.include('name="S01_04"').and.not.to.include('name="S01_01"')
    expect(page.text).to.include('svar, der ligger fast')
    const sent = await sendForm(owner, `${owner.base}/sections/S01`, {
      S01_01: 'no',
      S01_01__seen: '1',
      S01_04: 'yes',
    })
    expect(sent.status).to.equal(303)
    const answers = new Map(
      (await answersOf(questionnaire._id)).map(({ question, value }) => [question, value]),
    )
    expect(answers.get('S01.01'), 'stands').to.equal('yes')
    expect(answers.get('S01.04')).to.equal('yes')
  })

  it('of last year are confirmed by section with a name, and only where the question is the same', async () => {
    const { questionnaire, owner } = await ofTwoYears()
    const start = await visit(owner.agent, owner.base)
    expect(start.text).to.include('fra sidste år kan bekræftes')
    const section = await firstSection(owner)
    expect((await visit(owner.agent, section)).text).to.include('Svaret sidste år')
    expect(await answersOf(questionnaire._id), 'nothing is copied by looking').to.deep.equal([])
    const url = `${section}/take-over`
    expect((await sendForm(owner, `${url}?from=before`, { name: 'Ida Holm' }, url)).status).to.equal(422)
    await sendForm(owner, `${url}?from=before`, { name: 'Ida Holm', confirmed: 'yes' }, url)
    const answers = await answersOf(questionnaire._id)
    expect(answers).to.have.length.greaterThan(0)
    expect(new Set(answers.map(({ origin }) => origin))).to.deep.equal(new Set(['confirmed']))
    expect((await visit(owner.agent, section)).text).to.include('Bekræftet fra sidste år')
    const again = await visit(owner.agent, `${url}?from=before`)
    expect(again.text).to.include('ikke mere at overtage')
  })

  it('are taken along signed, and offered again next time; a changed file is refused', async () => {
    const { owner, before, questionnaire } = await ofTwoYears()
    const earlier = await ownerOf(tilsyn, before)
    const { text } = await earlier.agent.get(`${earlier.base}/answers.json`)
    const file = JSON.parse(text) as { content: { answers: { value: unknown }[] }; signature: string }
    expect(file.content.answers).to.have.length.greaterThan(5)
    const changed = structuredClone(file)
    const [first] = changed.content.answers
    if (first) first.value = 'no'
    const bad = await upload(owner, 'svar.json', Buffer.from(JSON.stringify(changed)))
    expect(bad.status).to.equal(409)
    expect(bad.text).to.include('Signaturen passer ikke')
    expect((await upload(owner, 'svar.json', Buffer.from(text))).status).to.equal(303)
    const page = await visit(owner.agent, `${owner.base}/bring`)
    expect(page.text).to.include('Signeret her i huset')
    expect(page.links.some((link) => link.includes('from=portable'))).to.equal(true)
    expect(await answersOf(questionnaire._id), 'nothing is taken over yet').to.deep.equal([])
  })

  it('go out as a workbook with lists to choose from, and come back with a message for each cell that does not fit', async () => {
    const { questionnaire } = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, questionnaire)
    await sendForm(owner, `${owner.base}/sections/S01`, { S01_01: 'yes', S02_01__comment: null })
    const got = await owner.agent.get(`${owner.base}/answers.xlsx`).responseType('blob')
    const book = new exceljs.Workbook()
    await book.xlsx.load(got.body as never)
    const [sheet] = book.worksheets
    if (!sheet) throw new Error('no sheet')
    const row = (id: string) => {
      let at = 0
      sheet.eachRow((each, number) => {
        if (each.getCell(1).value === id) at = number
      })
      return at
    }
    expect(sheet.getCell(row('S01.04'), 5).dataValidation.type).to.equal('list')
    expect(sheet.getCell(row('S01.04'), 5).protection.locked).to.equal(false)
    expect(sheet.getColumn(1).hidden).to.equal(true)
    sheet.getCell(row('S01.01'), 5).value = 'Nej, de skal rettes'
    sheet.getCell(row('S01.04'), 5).value = 'Måske'
    sheet.getCell(row('S01.03/name'), 5).value = 'Ida Holm'
    sheet.getCell(row('S08.01'), 5).value = 'Danmark, USA'
    sheet.getCell(row('S07.04'), 5).value = 'tredive'
    const filled = Buffer.from(await book.xlsx.writeBuffer())
    // Somebody answers in the meantime what the workbook answers otherwise.
    await sendForm(owner, `${owner.base}/sections/S08`, { S08_01: 'Sverige' })
    expect((await upload(owner, 'udfyldt.xlsx', filled)).status).to.equal(303)
    const page = await visit(owner.agent, `${owner.base}/bring`)
    expect(page.text)
      .to.include(`Svar, E${row('S01.04')}`)
      .and.to.include('Cellen skal være en af')
    expect(page.text)
      .to.include(`Svar, E${row('S07.04')}`)
      .and.to.include('Skriv et tal')
    const offers = await visit(owner.agent, `${owner.base}/sections/S08/take-over?from=workbook`)
    expect(offers.text)
      .to.include('Danmark, USA')
      .and.to.include('Sverige')
      .and.to.include('ændret, efter at filen blev hentet')
    expect(offers.html, 'not ticked by itself').not.to.match(/value="S08.01" checked/)
    await sendForm(
      owner,
      `${owner.base}/sections/S01/take-over?from=workbook`,
      { questions: ['S01.01', 'S01.03'] },
      `${owner.base}/sections/S01/take-over`,
    )
    const answers = new Map((await answersOf(questionnaire._id)).map((answer) => [answer.question, answer]))
    expect(answers.get('S01.01')).to.include({ value: 'no', origin: 'workbook', version: 2 })
    expect(answers.get('S01.03')?.value).to.include({ name: 'Ida Holm' })
    expect(answers.get('S08.01')?.value, 'nothing overwritten').to.deep.equal(['SE'])
  })

  it('refuse a workbook of another questionnaire, and any other file', async () => {
    const one = await asked(tilsyn)
    const owner = await ownerOf(tilsyn, one.questionnaire)
    const got = await owner.agent.get(`${owner.base}/answers.xlsx`).responseType('blob')
    const other = await asked(tilsyn)
    const stranger = await ownerOf(tilsyn, other.questionnaire)
    const refused = await upload(stranger, 'andet.xlsx', got.body as Buffer)
    expect(refused.status).to.equal(409)
    expect(refused.text).to.include(one.questionnaire.reference)
    expect((await upload(stranger, 'a.json', Buffer.from('{"a":1}'))).status).to.equal(409)
    expect((await upload(stranger, 'a.xlsx', Buffer.from('PK not at all'))).status).to.equal(409)
  })

  /** A concluded questionnaire of 2026 and one of 2027 to the same vendor. */
  async function ofTwoYears(): Promise<{
    before: Questionnaire
    questionnaire: Questionnaire
    owner: Visitor
  }> {
    const first = await asked(tilsyn, { set: short })
    await answerAll(tilsyn, first.questionnaire)
    await Questionnaires.updateOne(
      { _id: first.questionnaire._id },
      {
        $set: { state: 'concluded', submitted: { at: tilsyn.now(), by: { name: 'Ida Holm', title: 'CEO' } } },
      },
    )
    expect(await Answers.countDocuments({})).to.be.greaterThan(5)
    tilsyn.moveTo('2027-11-22')
    const engagement = { _id: first.questionnaire.engagements[0] ?? '', vendor: first.vendor._id }
    const second = await askedOf(tilsyn, engagement, { set: short, year: 2027 })
    return {
      before: await now(first.questionnaire),
      questionnaire: second.questionnaire,
      owner: await ownerOf(tilsyn, second.questionnaire),
    }
  }

  async function firstSection(owner: Visitor): Promise<string> {
    const { links } = await visit(owner.agent, owner.base)
    return links.find((url) => /\/sections\/[^/?]+$/.test(url)) ?? ''
  }

  async function upload({ agent, base }: Visitor, name: string, bytes: Buffer) {
    return submitFiles(agent, `${base}/bring`, {}, [{ field: 'file', name, bytes }])
  }
})
