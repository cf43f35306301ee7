import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { recipientsOf } from '../../src/notices/actions.js'
import { noticeByReference } from '../../src/notices/actions.js'
import { objectionByReference, raiseObjection } from '../../src/objections/actions.js'
import { useApp } from '../support/app.js'
import { useBrowser } from '../support/browser.js'
import { password } from '../support/people.js'
import { choose, fill, fillDay, pick, press, reach } from './keyboard.js'
import { foundTown, work } from './town.js'

describe('An officer with a keyboard and no mouse', function () {
  this.timeout(300_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)

  it('announces the planned sub-processor, sees it delivered, settles an objection, and confirms its use', async () => {
    await foundTown(tilsyn)
    const page = await open()
    page.setDefaultTimeout(60_000)
    await signIn(page)

    // Drafts it, from the dashboard.
    await press(page, /^Skriv et varsel$/)
    await choose(page, /^#field-lines-0-engagement$/, 'Fjord')
    await fillDay(page, /^Planlagt start/, '2027-02-01')
    await fill(page, /^#field-why-da$/, 'Vi vil have en sikkerhedskopi på en anden adresse.')
    await fill(page, /^#field-why-en$/, 'We want a backup at another address.')
    await press(page, /^Gem, og se det igennem$/)
    expect(await page.textContent('h1')).to.include('Gennemse CN-2026-001')
    expect(await page.isVisible('#problems')).to.equal(false)

    // Issues it.
    await press(page, /^Fortsæt til udsendelse$/)
    for (const box of await page.locator('main form input[type=checkbox]').all()) {
      await reach(page, new RegExp(`^#${await box.getAttribute('id')}$`))
      await page.keyboard.press('Space')
    }
    await press(page, /^Send til \d+ kunder$/)
    expect(await page.textContent('.flash')).to.include('Varslet er sendt')

    // Sees it delivered.
    await work(tilsyn)
    await page.goto('/notices/CN-2026-001')
    const notice = await noticeByReference('CN-2026-001')
    const { rows } = await recipientsOf(notice, { phase: 'running', q: '' }, { cursor: undefined, size: 100 })
    expect(rows.length).to.be.greaterThan(5)
    const recipient = rows.find(
      ({ lastDay, lines }) => lastDay === '2026-12-28' && lines.every(({ mode }) => mode === 'notice'),
    )
    await press(page, new RegExp(`^${recipient?.customerName.replaceAll(/[()./]/g, '.') ?? ''}`))
    expect(await page.textContent('main')).to.include('28. december 2026')

    // Settles an objection, from the dashboard.
    tilsyn.moveTo('2026-12-07')
    const { objection } = await raiseObjection(
      tilsyn.context({ kind: 'customer', id: 'contact' }),
      recipient?._id ?? '',
      {
        by: {
          kind: 'contact',
          id: recipient?.contacts[0]?.id ?? '',
          name: recipient?.contacts[0]?.name ?? '',
        },
        channel: 'page',
        receivedAt: tilsyn.now(),
        receivedOn: tilsyn.today(),
        reasons: 'Ikke for os.',
        files: [],
      },
    )
    await returnTo(page, '/')
    await press(page, /^Tag sagen/)
    if (!page.url().includes(objection.reference)) await page.goto(`/objections/${objection.reference}`)
    await fill(page, /^#field-assessment$/, 'Kunden undtages.')
    await press(page, /^Gem vurderingen$/)
    await pick(page, /^#field-outcome/, 'customer-exempted')
    await press(page, /^Afslut indsigelsen$/)
    expect(await objectionByReference(objection.reference)).to.include({
      state: 'settled',
      outcome: 'customer-exempted',
    })

    // Confirms its use, once the period is over.
    tilsyn.moveTo('2027-02-01')
    await work(tilsyn)
    await returnTo(page, '/notices/CN-2026-001')
    await press(page, /^Bekræft ibrugtagning$/)
    await press(page, /^Bekræft$/)
    expect(await page.textContent('main')).to.include('1. februar 2027')
    const after = await noticeByReference('CN-2026-001')
    expect(after.lines[0]?.inUseSince).to.equal('2027-02-01')
    const exempted = await recipientsOf(after, { phase: 'exempted', q: '' }, { cursor: undefined, size: 100 })
    expect(exempted.rows.map(({ _id }) => _id)).to.deep.equal([recipient?._id])
  })

  /** The session may have run out meanwhile. */
  async function returnTo(page: Page, path: string): Promise<void> {
    await page.goto(path)
    if (new URL(page.url()).pathname !== '/sign-in') return
    await fillSignIn(page)
  }

  async function signIn(page: Page): Promise<void> {
    await page.goto('/sign-in')
    await fillSignIn(page)
    expect(new URL(page.url()).pathname).to.equal('/')
  }

  async function fillSignIn(page: Page): Promise<void> {
    await fill(page, /^#field-email$/, 'berit@nordvang.example')
    await fill(page, /^#field-password$/, password)
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  }
})
