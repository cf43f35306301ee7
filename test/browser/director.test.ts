import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { codeDigits } from '../../src/auth/code-digits.js'
import { recipientById, type Notice } from '../../src/notices/actions.js'
import { aContact, anAddition, announce, buildWorld, type World } from '../journeys/world.js'
import { useApp } from '../support/app.js'
import { desktop, overflows, phone, picture, useBrowser, violations } from '../support/browser.js'
import { linkTo, work } from './town.js'

const words = {
  da: { confirm: 'Bekræft' },
  en: { confirm: 'Confirm' },
}

describe('The director who approves for several institutions with one code', function () {
  this.timeout(300_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)
  let world: World
  let notice: Notice

  for (const [locale, size] of [
    ['da', phone],
    ['en', desktop],
  ] as const)
    it(`approves for two of three, in ${locale} at ${size.width} pixels`, async () => {
      await told(locale)
      const page = await open({ viewport: size, locale: locale === 'da' ? 'da-DK' : 'en-GB' })
      page.setDefaultTimeout(60_000)
      const { path } = await linkTo(tilsyn, { _id: `${notice._id}/${world.customers[0]!._id}` }, 'shared')
      await page.goto(`${path}?to=together/${notice.reference}`)
      await look(page, `together-answer-${locale}`)
      await page.uncheck(`#choose-${world.customers[2]!._id}`)
      await page.check('input[name="answer"][value="approved"]')
      await page.click('button[formaction$="/answer"]')
      await page.waitForURL('**/codes/*')
      await look(page, `together-code-${locale}`)
      const code = page.url().split('/').at(-1) ?? ''
      await page.fill('#field-code', codeDigits(code, tilsyn.house.keys.codes))
      await page.click(`main button:has-text("${words[locale].confirm}")`)
      await page.waitForURL('**/together/*')
      await look(page, `together-answered-${locale}`)
      const answers = await Promise.all(
        world.customers.map(
          async ({ _id }) => (await recipientById(`${notice._id}/${_id}`))?.lines[0]?.answer,
        ),
      )
      expect(answers.map((answer) => answer?.answer ?? null)).to.deep.equal(['approved', 'approved', null])
    })

  async function told(locale: 'da' | 'en'): Promise<void> {
    const officer = tilsyn.context({ kind: 'staff', id: 'officer' })
    world = await buildWorld(
      officer,
      [1, 2, 3].map((number) => ({
        name: `Institution 0${number}`,
        caseNumber: `BK-2026-${number}`,
        agreement: { authorisation: 'specific' as const },
        contacts: [
          aContact('direktion@bakkeby.example', {
            locale,
            name: 'Jane Holm',
            title: 'Direktør',
            mayApprove: true,
          }),
        ],
      })),
    )
    notice = await announce(officer, anAddition(world))
    await work(tilsyn)
  }

  async function look(page: Page, name: string): Promise<void> {
    expect(await violations(page), page.url()).to.deep.equal([])
    expect(await overflows(page), page.url()).to.equal(false)
    await picture(page, name)
  }
})
