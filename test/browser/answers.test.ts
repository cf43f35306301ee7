import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { answersOf } from '../../src/questionnaires/actions/answer.js'
import type { Questionnaire } from '../../src/questionnaires/rules/questionnaire.js'
import { answerAll, asked, now, ownerOf, short } from '../questionnaires/respondents.js'
import { useApp } from '../support/app.js'
import { overflows, phone, useBrowser, violations } from '../support/browser.js'
import { press, reach } from './keyboard.js'

const pictures = process.env['PICTURES']

describe('A respondent', function () {
  this.timeout(180_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)

  const come = async (options: Parameters<typeof open>[0] = {}, set?: typeof short) => {
    const { questionnaire } = await asked(tilsyn, set ? { set } : {})
    const { path, base } = await ownerOf(tilsyn, questionnaire)
    const page = await open(options)
    page.setDefaultTimeout(30_000)
    await page.goto(path)
    return { questionnaire, page, base }
  }
  const answerTo = async ({ _id }: Questionnaire, question: string) =>
    (await answersOf(_id)).find((answer) => answer.question === question)
  const saysSaved = (page: Page, key: string) =>
    page.waitForSelector(`#q-${key} [data-saved]:has-text("Gemt")`)
  const picture = async (page: Page, name: string) => {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  }
  const look = async (page: Page, name: string) => {
    expect(await violations(page), name).to.deep.equal([])
    expect(await overflows(page), name).to.equal(false)
    await picture(page, name)
  }

  it('on a phone sees each answer saved, questions coming and going, and finds it all again', async () => {
    const { page, base, questionnaire } = await come({ viewport: phone, hasTouch: true, isMobile: true })
    await look(page, 'phone-start')
    await page.tap('ol.sections a')
    await page.waitForSelector('#answers')
    expect(await page.isVisible('#q-S01_05')).to.equal(false)
    await page.tap('label[for="field-S01_04-notreq"]')
    await page.waitForSelector('#q-S01_05', { state: 'visible' })
    await saysSaved(page, 'S01_04')
    await page.fill('#field-S01_05', 'Vi er ni.')
    await saysSaved(page, 'S01_05')
    await page.tap('label[for="field-S01_04-yes"]')
    await page.waitForSelector('#q-S01_05', { state: 'hidden' })
    await page.tap('label[for="field-S01_04-notreq"]')
    await saysSaved(page, 'S01_04')
    expect(await page.inputValue('#field-S01_05'), 'what was typed is there still').to.equal('Vi er ni.')
    await look(page, 'phone-section')
    await page.reload()
    expect(await page.inputValue('#field-S01_05')).to.equal('Vi er ni.')
    expect(await page.isChecked('#field-S01_04-notreq')).to.equal(true)
    await page.goBack()
    await page.goForward()
    expect(await page.isChecked('#field-S01_04-notreq')).to.equal(true)
    expect((await answerTo(questionnaire, 'S01.05'))?.value).to.equal('Vi er ni.')
    await page.goto(`${base}/sections/S08`)
    await page.fill('#q-S08_02 .chips-add input', 'USA')
    await page.tap('#q-S08_02 .chips-add button')
    await saysSaved(page, 'S08_02')
    await page.waitForSelector('#q-S08_03 select[name="S08_03[US]"]', { state: 'visible' })
    await page.selectOption('#q-S08_03 select', 'dpf')
    await saysSaved(page, 'S08_03')
    expect((await answerTo(questionnaire, 'S08.03'))?.value).to.deep.equal({ byCountry: { US: 'dpf' } })
    await look(page, 'phone-countries')
    await page.goto(`${base}/sections/S07`)
    await page.tap('label[for="field-S07_01-yes"]')
    await page.waitForSelector('#q-S07_02', { state: 'visible' })
    await page.fill('#q-S07_02 input >> nth=0', 'Skyhus ApS')
    await page.tap('#q-S07_02 .add-row')
    await saysSaved(page, 'S07_02')
    expect((await answerTo(questionnaire, 'S07.02'))?.value).to.have.length(1)
    await look(page, 'phone-table')
  })

  it('answers, hands on and submits with the keyboard alone', async () => {
    const { page, questionnaire } = await come({}, short)
    await look(page, 'desk-start')
    await press(page, /^Hand|^Send afsnit videre/)
    await look(page, 'desk-colleagues')
    await page.goBack()
    await reach(page, /Virksomhed|kontakt|Aftale/)
    await page.keyboard.press('Enter')
    await page.waitForSelector('#answers')
    await look(page, 'desk-section')
    await answerAll(tilsyn, questionnaire)
    await page.reload()
    await look(page, 'desk-answered')
    await page.click('.back a')
    await press(page, /Gennemgå og indsend/)
    await reach(page, /#field-title/)
    await page.keyboard.type('Direktør')
    await reach(page, /#field-confirmed/)
    await page.keyboard.press('Space')
    await look(page, 'desk-submit')
    await press(page, /^Indsend$/)
    await page.waitForSelector('.flash')
    await look(page, 'desk-submitted')
    expect((await now(questionnaire)).state).to.equal('submitted')
  })

  it('needs no script', async () => {
    const { page, base, questionnaire } = await come({ javaScriptEnabled: false })
    await page.goto(`${base}/sections/S01`)
    await page.check('#field-S01_04-notreq')
    await page.click('button[value="next"]')
    await page.fill('#field-S01_05', 'Vi er ni.')
    await page.check('#field-S01_01-yes')
    await page.click('#q-S01_05 button[name="attach"]')
    await page.setInputFiles('#field-files', {
      name: 'vurdering.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7\n%âãÏÓ\nnej\n%%EOF\n'),
    })
    await page.click('form[enctype] button')
    await page.waitForSelector('.flash')
    const answer = await answerTo(questionnaire, 'S01.05')
    expect(answer).to.include({ value: 'Vi er ni.' })
    expect(answer?.files).to.have.length(1)
    await page.goto(`${base}/sections/S08`)
    await page.fill('#field-S08_01', 'Danmark, USA')
    await page.click('button[value="stay"]')
    await page.selectOption('[name="S08_03[US]"]', 'scc3')
    await page.click('button[value="stay"]')
    expect((await answerTo(questionnaire, 'S08.03'))?.value).to.deep.equal({ byCountry: { US: 'scc3' } })
    await picture(page, 'noscript-countries')
  })

  it('loses nothing while the connection is gone, also over a reload', async () => {
    const { page, base, questionnaire } = await come()
    await page.goto(`${base}/sections/S01`)
    await page.check('#field-S01_04-notreq')
    await saysSaved(page, 'S01_04')
    await page.context().setOffline(true)
    await page.fill('#field-S01_05', 'Skrevet i et tog.')
    await page.waitForSelector('#q-S01_05 [data-saved]:has-text("ingen forbindelse")')
    await look(page, 'desk-offline')
    expect(await answerTo(questionnaire, 'S01.05')).to.equal(undefined)
    await page.context().setOffline(false)
    await page.evaluate('window.dispatchEvent(new Event("online"))')
    await saysSaved(page, 'S01_05')
    expect((await answerTo(questionnaire, 'S01.05'))?.value).to.equal('Skrevet i et tog.')

    // Once more, and the page is closed before the connection is back.
    await page.context().setOffline(true)
    await page.fill('#field-S01_05', 'Skrevet i en tunnel.')
    await page.waitForSelector('#q-S01_05 [data-saved]:has-text("ingen forbindelse")')
    const other = await page.context().newPage()
    await page.close()
    await other.context().setOffline(false)
    await other.goto(`${base}/sections/S01`)
    await saysSaved(other, 'S01_05')
    expect(await other.inputValue('#field-S01_05')).to.equal('Skrevet i en tunnel.')
    expect((await answerTo(questionnaire, 'S01.05'))?.value).to.equal('Skrevet i en tunnel.')
    expect(await other.evaluate('localStorage.length'), 'nothing is left on the device').to.equal(0)
  })

  it('in two tabs is shown both texts, and chooses', async () => {
    const { page, base, questionnaire } = await come()
    await page.goto(`${base}/sections/S01`)
    await page.check('#field-S01_04-notreq')
    await saysSaved(page, 'S01_04')
    const other = await page.context().newPage()
    await other.goto(`${base}/sections/S01`)
    await page.fill('#field-S01_05', 'Fra den ene.')
    await saysSaved(page, 'S01_05')
    await other.fill('#field-S01_05', 'Fra den anden.')
    await other.waitForSelector('#q-S01_05 .conflict')
    expect(await other.textContent('#q-S01_05 .conflict')).to.include('Fra den ene.')
    await look(other, 'desk-conflict')
    expect((await answerTo(questionnaire, 'S01.05'))?.value).to.equal('Fra den ene.')
    await other.click('#q-S01_05 .conflict button >> nth=0')
    await saysSaved(other, 'S01_05')
    expect((await answerTo(questionnaire, 'S01.05'))?.value).to.equal('Fra den anden.')
    await page.fill('#field-S01_05', 'Fra den ene igen.')
    await page.waitForSelector('#q-S01_05 .conflict')
    await page.click('#q-S01_05 .conflict button >> nth=1')
    await page.waitForSelector('#q-S01_05 textarea:text-is("Fra den anden.")')
    expect((await answerTo(questionnaire, 'S01.05'))?.value).to.equal('Fra den anden.')
  })
})
