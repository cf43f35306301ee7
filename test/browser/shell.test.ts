import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { setUpToken } from '../../src/auth/actions/set-up.js'
import { digitsAt } from '../../src/auth/second-factor.js'
import { useApp } from '../support/app.js'
import { overflows, phone, tabTo, useBrowser, violations } from '../support/browser.js'
import { password, signedIn } from '../support/people.js'

describe('the house in a browser', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)

  it('is set up by keyboard alone, and says first what is wrong', async () => {
    const page = await open()
    await page.goto(`/set-up/${await setUpToken(tilsyn.context())}`)
    expect(await violations(page)).to.deep.equal([])
    await tabTo(page, 'Sæt Tilsyn op')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#problems:focus')
    expect(await violations(page)).to.deep.equal([])
    await tabTo(page, 'Navn: Udfyld feltet.')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).to.equal('field-name')
    for (const [index, text] of [
      'Nordvang Drift A/S',
      '35240136',
      'Havnegade 12',
      'Karen Østergård',
      'dpo@nordvang.example',
      '70102030',
    ].entries()) {
      if (index > 0) await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    await tabTo(page, 'field-replyTo')
    await page.keyboard.type('varsler@nordvang.example')
    for (const text of ['Åse Kjær', 'aase@nordvang.example', password]) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Enter')
    await page.waitForSelector('.flash')
    expect(await page.textContent('.flash')).to.equal('Tilsyn er klar, og du er logget ind.')
  })

  it('lets one sign in and skip to the content by keyboard', async () => {
    const { person } = await signedIn(tilsyn, 'administrator', 'en')
    const page = await open({ locale: 'en-GB' })
    await page.goto('/people')
    await tabTo(page, 'field-email')
    await page.keyboard.type(person.email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/people')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).to.equal('skip')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).to.equal('content')
  })

  it('connects a telephone by keyboard, and asks for its code, on a desk and on a phone', async () => {
    const { person } = await signedIn(tilsyn, 'administrator')
    const enter = async (page: Page) => {
      await page.goto('/sign-in?next=/account/second-factor')
      await page.fill('#field-email', person.email)
      await page.fill('#field-password', password)
      await page.keyboard.press('Enter')
    }
    const give = async (page: Page, code: string) => {
      expect(await violations(page)).to.deep.equal([])
      expect(await overflows(page)).to.equal(false)
      await tabTo(page, 'field-code')
      await page.keyboard.type(code)
      await page.keyboard.press('Enter')
    }
    const desk = await open()
    await enter(desk)
    await desk.waitForURL('**/account/second-factor')
    await desk.fill('#field-password', password)
    await desk.keyboard.press('Enter')
    await desk.waitForURL('**/set-up')
    const secret = ((await desk.textContent('.token')) ?? '').replaceAll(/\s/g, '')
    await give(desk, digitsAt(secret, tilsyn.now()))
    await desk.waitForSelector('.codes')
    expect(await violations(desk)).to.deep.equal([])

    const small = await open({ viewport: phone })
    await enter(small)
    await small.waitForURL('**/sign-in/code?**')
    // The one that was just given is worth nothing any more.
    await give(small, digitsAt(secret, new Date(tilsyn.now().getTime() + 30_000)))
    await small.waitForURL('**/account/second-factor')
    expect(await overflows(small)).to.equal(false)
  })

  for (const locale of ['da', 'en'] as const)
    for (const path of ['/nowhere'])
      it(`shows ${path} in ${locale === 'da' ? 'Danish' : 'English'} without barriers, on a desk and on a phone`, async () => {
        const { person } = await signedIn(tilsyn, 'administrator', locale)
        for (const viewport of [undefined, phone]) {
          const page = await open({ as: person, ...(viewport ? { viewport } : {}) })
          await page.goto(path)
          expect(await violations(page)).to.deep.equal([])
          expect(await overflows(page)).to.equal(false)
        }
      })

  it('opens its menu on a phone, and closes it with Escape', async () => {
    const { person } = await signedIn(tilsyn, 'administrator', 'en')
    const page = await open({ as: person, viewport: phone })
    await page.goto('/people')
    expect(await page.isVisible('#navigation')).to.equal(false)
    await tabTo(page, 'Menu')
    await page.keyboard.press('Enter')
    expect(await page.isVisible('#navigation')).to.equal(true)
    expect(await violations(page)).to.deep.equal([])
    await page.keyboard.press('Escape')
    expect(await page.isVisible('#navigation')).to.equal(false)
    expect(await page.textContent(':focus')).to.equal('Menu')
  })

  it('works without scripts', async () => {
    const { person } = await signedIn(tilsyn, 'administrator', 'en')
    const page = await open({ as: person, viewport: phone, javaScriptEnabled: false })
    await page.goto('/people')
    expect(await page.isVisible('#navigation')).to.equal(true)
    await page.click('text=Add a person')
    await page.click('button:has-text("Add")')
    expect(await page.isVisible('#problems')).to.equal(true)
  })
})
