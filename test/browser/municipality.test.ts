import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { codeDigits } from '../../src/auth/code-digits.js'
import { recipientById, type Notice } from '../../src/notices/actions.js'
import { objectionsOfCustomer } from '../../src/objections/actions.js'
import { aContact, anAddition, announce, buildWorld, type World } from '../journeys/world.js'
import { useApp } from '../support/app.js'
import { overflows, phone, picture, useBrowser, violations } from '../support/browser.js'
import { linkTo, work } from './town.js'

const words = {
  da: { confirm: 'Bekræft modtagelse for de valgte', object: 'Gør indsigelse for de valgte' },
  en: { confirm: 'Confirm receipt for those chosen', object: 'Object for those chosen' },
}

describe('The municipality’s contact for twelve institutions, on a phone', function () {
  this.timeout(300_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)
  let world: World
  let notice: Notice

  for (const locale of ['da', 'en'] as const)
    it(`confirms receipt for all, objects for two, and opens one by itself, in ${locale}`, async () => {
      await told(locale)
      const page = await open({
        viewport: phone,
        hasTouch: true,
        isMobile: true,
        locale: locale === 'da' ? 'da-DK' : 'en-GB',
      })
      page.setDefaultTimeout(60_000)
      const { path } = await linkTo(tilsyn, { _id: `${notice._id}/${world.customers[0]!._id}` }, 'shared')
      await page.goto(`${path}?to=together/${notice.reference}`)
      await look(page, `together-${locale}`)
      expect(await page.locator('tbody tr').count()).to.equal(12)
      await page.tap(`button:has-text("${words[locale].confirm}")`)
      await page.waitForSelector('.flash')
      for (const customer of world.customers) expect((await part(customer))?.receipt).to.not.equal(null)
      for (const customer of world.customers.slice(2)) await page.uncheck(`#choose-${customer._id}`)
      await page.fill('#field-reasons', 'Æblegård vil se aftalen først.')
      await page.tap(`button:has-text("${words[locale].object}")`)
      await page.waitForSelector('.flash')
      await look(page, `together-objected-${locale}`)
      const raised = await Promise.all(world.customers.map(({ _id }) => objectionsOfCustomer(_id)))
      expect(raised.map(({ length }) => length)).to.deep.equal([1, 1, ...Array<number>(10).fill(0)])
      // One of the others by itself: for the person whose mailbox they share, not for whoever has the mail.
      await page.tap('tbody tr:nth-child(3) a')
      await page.waitForURL(/\/others\//)
      await look(page, `together-whose-${locale}`)
      await page.tap('main form button')
      await page.waitForURL('**/codes/*')
      const code = page.url().split('/').at(-1) ?? ''
      await page.fill('#field-code', codeDigits(code, tilsyn.house.keys.codes))
      await page.tap('main form:has(#field-code) button')
      await page.waitForURL('**/notices/*')
      expect(await page.textContent('main')).to.include('Institution 03')
      await look(page, `together-one-${locale}`)
    })

  async function told(locale: 'da' | 'en'): Promise<void> {
    const officer = tilsyn.context({ kind: 'staff', id: 'officer' })
    world = await buildWorld(
      officer,
      Array.from({ length: 12 }, (_, number) => ({
        name: `Institution ${String(number + 1).padStart(2, '0')}`,
        caseNumber: `BK-2026-${number + 1}`,
        contacts: [aContact('dpo@bakkeby.example', { locale })],
      })),
    )
    notice = await announce(officer, anAddition(world))
    await work(tilsyn)
  }

  function part({ _id }: { _id: string }) {
    return recipientById(`${notice._id}/${_id}`)
  }

  async function look(page: Page, name: string): Promise<void> {
    expect(await violations(page), page.url()).to.deep.equal([])
    expect(await overflows(page), page.url()).to.equal(false)
    await picture(page, name)
  }
})
