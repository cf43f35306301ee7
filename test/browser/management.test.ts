import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { correct, freeze } from '../../src/audits/actions/freeze.js'
import { auditOf } from '../../src/audits/actions/read.js'
import { saveReview } from '../../src/audits/actions/review.js'
import { sign } from '../../src/audits/actions/sign.js'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import type { Person } from '../../src/auth/request.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { testedAudit } from '../audits/ready.js'
import { useApp } from '../support/app.js'
import { useBrowser } from '../support/browser.js'
import { organise, password } from '../support/people.js'
import { fill, press, reach, skip } from './keyboard.js'
import { look } from './looking.js'

const pages = ['/controls/A.1', '/conclusion', '/review'] as const

describe('Management with a keyboard', function () {
  this.timeout(180_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)

  it('finds its task, reads what the DPO has signed, signs the same, changes nothing, and is told what a correction replaces', async () => {
    await organise(tilsyn)
    const dpo = await person('karen@nordvang.example', 'dpo')
    await person('mads@nordvang.example', 'management')
    await frozen((await testedAudit(tilsyn, dpo)).reference, dpo)

    const asked = await mailsAbout('audit', [(await auditOf('AU-2026'))._id])
    expect(
      asked.map(({ kind, to }) => [kind, to.address]),
      'not whoever froze it',
    ).to.deep.equal([['declaration-to-sign', 'mads@nordvang.example']])

    const page = await open()
    page.setDefaultTimeout(60_000)
    await page.goto('/sign-in')
    await fill(page, /^#field-email$/, 'mads@nordvang.example')
    await fill(page, /^#field-password$/, password)
    await go(page, /^Log ind$/)
    await look(page, 'management-overview')
    await go(page, /^Læs og underskriv: AU-2026 venter på ledelsens underskrift$/)
    const { hash = '' } = (await auditOf('AU-2026')).frozen ?? {}
    expect(await page.getAttribute('input[name="hash"]', 'value'), 'what the DPO has signed').to.equal(hash)
    expect((await auditOf('AU-2026')).signatures.map((each) => each.hash)).to.deep.equal([hash])
    expect(await page.textContent('main'))
      .to.include('Underskriv for ledelsen')
      .and.match(/Karen Østergård\s*DPO\s*23\. nov/)
      .and.include('Procedurerne blev drøftet.')
    await look(page, 'management-sign')

    // Whoever has not read it does not sign it.
    await fill(page, /^#field-password$/, password)
    await go(page, /^Underskriv$/)
    expect(await page.textContent('#problems')).to.include('Jeg har læst hele erklæringen')
    await signs(page)
    expect(await page.textContent('.flash')).to.equal('Begge har underskrevet. Erklæringen er færdig.')
    await look(page, 'management-signed')
    const [paper] = await Promise.all([
      page.waitForEvent('download'),
      page.click('a[href$="/papers/da.pdf"]'),
    ])
    expect(paper.suggestedFilename()).to.include('AU-2026')
    for (const end of pages) {
      await page.goto(`/audits/AU-2026${end}`)
      expect(await page.locator('main form[method="post"]').count(), end).to.equal(0)
    }

    // A mistake: what was signed stands until its correction is.
    const officer = tilsyn.context({ kind: 'staff', id: dpo._id })
    await correct(officer, 'AU-2026', { da: 'Et tal var forkert.', en: 'A number was wrong.' })
    await frozen('AU-2026-2', dpo)
    await page.goto('/')
    await skip(page)
    await go(page, /^Læs og underskriv: AU-2026-2 venter på ledelsens underskrift$/)
    expect(await page.textContent('main'))
      .to.include('Denne udgave erstatter AU-2026')
      .and.include('Et tal var forkert.')
    await look(page, 'management-correction')
    expect(await auditOf('AU-2026')).to.include({ state: 'signed' })
  })

  /** Presses it, and is past the navigation of the next page. */
  async function go(page: Page, wanted: RegExp): Promise<void> {
    await press(page, wanted)
    if (await page.evaluate('document.activeElement === document.body && !location.hash')) await skip(page)
  }

  async function signs(page: Page): Promise<void> {
    await fill(page, /^#field-password$/, password)
    await reach(page, /^#field-seen$/)
    await page.keyboard.press('Space')
    await go(page, /^Underskriv$/)
  }

  function person(email: string, role: 'dpo' | 'management'): Promise<Person> {
    const name = role === 'dpo' ? 'Karen Østergård' : 'Mads Holm'
    return addPersonWithPassword(tilsyn.context(), { email, name, role, locale: 'da' }, password)
  }

  /** Reviewed, frozen, and signed by the DPO. */
  async function frozen(reference: string, dpo: Person): Promise<void> {
    const context = tilsyn.context({ kind: 'staff', id: dpo._id })
    const { version } = await auditOf(reference)
    const reviewed = await saveReview(context, reference, version, {
      on: '2026-11-20',
      participants: ['Mads Holm (direktør)'],
      text: { da: 'Procedurerne blev drøftet.', en: 'Procedures were discussed.' },
    })
    const { frozen: stands } = await freeze(context, reference, { seen: reviewed.version, lookedAt: false })
    const hash = stands?.hash ?? ''
    await sign(context, reference, { as: 'dpo', person: dpo, title: 'DPO', password, hash })
  }
})
