import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { findingsOf } from '../../src/findings/actions.js'
import { saveAnswer } from '../../src/questionnaires/actions/answer.js'
import { answerAll, asked, now, ownerOf, short } from '../questionnaires/respondents.js'
import { useApp } from '../support/app.js'
import { overflows, phone, picture, useBrowser, violations } from '../support/browser.js'
import { signedIn } from '../support/people.js'
import { fill, pick, press, reach } from './keyboard.js'

describe('A reviewer', function () {
  this.timeout(180_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)
  const look = async (page: Page, name: string) => {
    expect(await violations(page), name).to.deep.equal([])
    expect(await overflows(page), name).to.equal(false)
    await picture(page, `reviewer-${name}`)
  }

  it('judges each answer by keyboard, sends one back, and concludes with a finding when it has come again', async () => {
    const { questionnaire } = await asked(tilsyn, { set: short })
    const vendor = { name: questionnaire.owner.name, part: 'owner' as const }
    await saveAnswer(tilsyn.context(), questionnaire, {
      question: 'S02.01',
      value: 'no',
      comment: 'Den er ikke skrevet endnu.',
      seen: 0,
      by: vendor,
      origin: 'typed',
    })
    await answerAll(tilsyn, questionnaire)
    const { path, base } = await ownerOf(tilsyn, questionnaire)
    const theirs = await open({ viewport: phone, hasTouch: true, isMobile: true })
    theirs.setDefaultTimeout(60_000)
    const submits = async () => {
      await theirs.goto(`${base}/submit`)
      await theirs.fill('#field-title', 'DPO')
      await theirs.check('#field-confirmed')
      await theirs.tap('main form .form-actions button')
      await theirs.waitForSelector('.flash')
    }
    await theirs.goto(path)
    await submits()

    const page = await open({ as: (await signedIn(tilsyn, 'officer', 'da')).person })
    page.setDefaultTimeout(60_000)
    await page.goto(`/questionnaires/${questionnaire.reference}/review`)
    await look(page, 'whole')
    await page.goto(`/questionnaires/${questionnaire.reference}/review/sections/S02`)
    await look(page, 'section')
    await pick(page, /^Godtaget$|S02\.01.*Godtaget/, 'open')
    await reach(page, /Ord om svaret S02\.01/)
    await page.keyboard.press('Enter')
    await fill(page, /Til leverandøren/, 'Hvornår er den skrevet?')
    await press(page, /^Gem, og godtag resten/)
    await look(page, 'marked')
    await page.goto(`/questionnaires/${questionnaire.reference}/review`)
    await look(page, 'to-send-back')
    await press(page, /^Send 1 punkt tilbage$/)
    expect(await now(questionnaire)).to.include({ state: 'asked', round: 2 })

    await theirs.goto(base)
    await look(theirs, 'sent-back')
    await theirs.goto(`${base}/sections/S02`)
    await theirs.waitForSelector('#q-S02_01')
    await look(theirs, 'open-again')
    expect(await theirs.textContent('#q-S02_01')).to.include('Hvornår er den skrevet?')
    expect(await theirs.locator('[id^="q-"]:visible').count(), 'only what is open').to.equal(1)
    await theirs.fill('#q-S02_01 textarea', 'Den skrives i januar.')
    await theirs.waitForSelector('#q-S02_01 [data-saved]:has-text("Gemt")')
    await submits()

    await page.goto(`/questionnaires/${questionnaire.reference}/review#conclude`)
    await look(page, 'round-two')
    await page.fill('#field-reason', 'Planen er troværdig, men et kritisk spørgsmål er ikke bestået.')
    await page.fill('#field-external', 'Tak. Vi vender tilbage i januar.')
    for (const take of await page.locator('input[type="radio"][name$="__take"][value="take"]').all())
      await take.check()
    await press(page, /^Konkludér$/)
    await look(page, 'concluded')
    expect(await now(questionnaire)).to.include({ state: 'concluded' })
    const found = await findingsOf({ kind: 'questionnaire', id: questionnaire._id })
    expect(found.map(({ source }) => source.item)).to.include('S02.01')
  })
})
