import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { moveAudit, moveTest } from '../../src/audits/actions/move.js'
import { auditAtWork, auditOf, testOf } from '../../src/audits/actions/read.js'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import { aContact, anAddition, announce, buildWorld } from '../journeys/world.js'
import { anAudit } from '../audits/declared.js'
import { useApp } from '../support/app.js'
import { useBrowser } from '../support/browser.js'
import { password } from '../support/people.js'
import { choose, fill, fillDay, pick, press, reach, skip } from './keyboard.js'
import { look } from './looking.js'
import { work } from './town.js'

const evidence = {
  name: 'instruks.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7\n%âãÏÓ\ninstruks\n%%EOF\n'),
}

describe('The DPO with a keyboard', function () {
  this.timeout(180_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)
  const email = 'karen@nordvang.example'

  it('begins the year, tests a control, follows a figure to its source, and freezes and signs once nothing is open', async () => {
    const dpo = await aYear()
    const page = await open()
    page.setDefaultTimeout(60_000)
    await page.goto('/sign-in')
    await fill(page, /^#field-email$/, email)
    await fill(page, /^#field-password$/, password)
    await go(page, /^Log ind$/)

    // Begins the year, from the overview, and plans it.
    await go(page, /^Begynd: Begynd den årlige interne revision for 2026$/)
    await go(page, /^Begynd revisionen$/)
    expect(await flash(page)).to.equal('Revisionen for 2026 er begyndt.')
    await look(page, 'dpo-begun')
    await page.goto('/audits/AU-2026/scope')
    await skip(page)
    await fill(page, /^#field-scope-da$/, 'Alle ydelser til kunder.')
    await fill(page, /^#field-scope-en$/, 'All services to customers.')
    await fill(page, /^#field-plan$/, 'Område A i november, resten i december.')
    await go(page, /^Gem$/)
    expect(await flash(page)).to.equal('Omfang og plan er gemt.')
    await page.goto('/audits/AU-2026/controls')
    await skip(page)
    await reach(page, /^Tildel et område til en tester$/)
    await page.keyboard.press('Enter')
    await choose(page, /^#field-area$/, 'A E')
    await choose(page, /^#field-tester$/, 'Karen')
    await go(page, /^Tildel$/)
    expect(await flash(page)).to.match(/^\d kontroller er tildelt\.$/)

    // Tests a control: an exception without a reason does not stand by itself; the file is kept all the same.
    await page.goto('/audits/AU-2026/controls/A.1')
    await skip(page)
    await reach(page, /^#field-methods-inspection$/)
    await page.keyboard.press('Space')
    await fill(page, /^#field-sample-da$/, '4 af 9 procedurer')
    await fill(page, /^#field-sample-en$/, '4 of 9 procedures')
    await fillDay(page, /^Testet den/, '2026-11-20')
    await pick(page, /^#field-result/, 'exception')
    await page.setInputFiles('#files', evidence)
    await go(page, /^Gem$/)
    await look(page, 'dpo-control-problems')
    expect(await page.textContent('#problems')).to.include('Begrundelse')
    await fill(page, /^#field-reason-da$/, 'To procedurer er ikke set efter i år.')
    await fill(page, /^#field-reason-en$/, 'Two procedures were not reviewed this year.')
    await go(page, /^Gem$/)
    expect(await flash(page)).to.equal('Kontrol A.1 er gemt.')
    expect(await page.textContent('#evidence')).to.include('instruks.pdf')

    // A finding of it.
    await reach(page, /^Opret et fund$/)
    await page.keyboard.press('Enter')
    await fill(page, /^#field-what-da$/, 'Procedurer ses ikke efter hvert år.')
    await fill(page, /^#field-what-en$/, 'Procedures are not reviewed every year.')
    await pick(page, /^#field-severity/, 'medium')
    await go(page, /^Opret fundet$/)
    const finding = /FI-2026-\d+/.exec((await flash(page)) ?? '')?.[0] ?? 'no finding'

    // What is typed is not left unasked; once it is saved a key leads to the next.
    await fill(page, /^#field-note$/, 'Talt med driften.')
    const asked = page.waitForEvent('dialog')
    await reach(page, /^A\.2/)
    await Promise.all([asked.then((dialog) => dialog.dismiss()), page.keyboard.press('Enter')])
    await go(page, /^Gem$/)
    expect((await test('A.1')).note).to.equal('Talt med driften.')
    await Promise.all([page.waitForURL('**/controls/A.2'), page.keyboard.press('n')])
    await theRest(dpo._id)

    // From a figure to what it was counted from.
    await page.goto('/audits/AU-2026/figures')
    await skip(page)
    await look(page, 'dpo-figures')
    await go(page, /^Varsler til den enkelte kunde$/)
    expect(await page.textContent('main')).to.include('2')
    await look(page, 'dpo-figure')
    await go(page, /^CN-2026-001/)
    expect(new URL(page.url()).pathname).to.match(/^\/notices\/CN-2026-001/)

    // Nothing is frozen while something is open, and the page leads to it.
    await page.goto('/audits/AU-2026/review')
    await skip(page)
    expect(await page.locator('form[action$="/freeze"]').count()).to.equal(0)
    await go(page, /^Se hvad$/)
    await go(page, /^Konklusionen mangler på dansk eller engelsk$/)
    await fill(page, /^#field-conclusion-da$/, 'Vi overholder aftalerne med den ene undtagelse.')
    await fill(page, /^#field-conclusion-en$/, 'We keep the agreements but for the one exception.')
    await go(page, /^Gem$/)
    await page.goto('/audits/AU-2026/review')
    await skip(page)
    await fill(page, /^#field-participants$/, 'Mads Holm (direktør)')
    await fill(page, /^#field-review-da$/, 'Bakkeby Kommune har spurgt til procedurerne.')
    await fill(page, /^#field-review-en$/, 'Procedures were discussed.')
    await go(page, /^Gem gennemgangen$/)
    expect(await flash(page)).to.equal('Gennemgangen er gemt.')
    await reach(page, /^Tilføj en beslutning$/)
    await page.keyboard.press('Enter')
    await fill(page, /^#field-decision-da$/, 'Procedurer ses efter hvert år i oktober.')
    await fill(page, /^#field-decision-en$/, 'Procedures are reviewed every October.')
    await choose(page, /^#field-responsible$/, 'Karen')
    await fillDay(page, /^Frist/, '2027-10-31')
    await go(page, /^Tilføj en beslutning$/)
    expect(await flash(page)).to.equal('Beslutningen er gemt.')

    // A colleague takes a result back meanwhile; and no customer may be known from the words.
    await take('A.2', null)
    await go(page, /^Læg fast til underskrift$/)
    expect(await page.textContent('#problems')).to.include('Der mangler stadig noget i revisionen (1)')
    expect(await page.inputValue('#field-participants'), 'the other form of the page').to.equal(
      'Mads Holm (direktør)',
    )
    await look(page, 'dpo-refused')
    await take('A.2', 'no-exception')
    await page.goto('/audits/AU-2026/review')
    await skip(page)
    await go(page, /^Læg fast til underskrift$/)
    expect(await page.textContent('#problems')).to.include(
      'Kunden C-0001 kan genkendes i teksten: »Bakkeby Kommune«',
    )
    await page.fill('#field-review-da', 'Procedurerne blev drøftet.')
    await go(page, /^Gem gennemgangen$/)
    await go(page, /^Læg fast til underskrift$/)
    expect(await flash(page)).to.equal('Erklæringen ligger fast og venter på underskrift.')

    // Sees all of what is signed, and signs it with the password once more.
    const { hash = '' } = (await auditOf('AU-2026')).frozen ?? {}
    await go(page, /^Læs og underskriv$/)
    expect(await page.textContent('main'))
      .to.include(hash)
      .and.include('Intern erklæring')
      .and.include('To procedurer er ikke set efter i år.')
      .and.include(finding)
      .and.include('Procedurer ses efter hvert år i oktober.')
    await look(page, 'dpo-sign')
    await sign(page, 'not the password')
    expect(await page.textContent('#problems')).to.include('Din adgangskode')
    expect((await auditOf('AU-2026')).signatures).to.deep.equal([])
    await sign(page, password)
    expect(await flash(page)).to.equal('Din underskrift er givet. Den anden mangler endnu.')
    await look(page, 'dpo-signed')
    const { signatures, state } = await auditOf('AU-2026')
    expect(signatures.map((each) => [each.as, each.person, each.hash])).to.deep.equal([
      ['dpo', dpo._id, hash],
    ])
    expect(state).to.equal('to-sign')
    await page.goto('/audits/AU-2026/controls/A.1')
    await skip(page)
    expect(await page.locator('main form').count(), 'nothing is changed any more').to.equal(0)
  })

  const test = async (control: string) => testOf(await auditOf('AU-2026'), control)
  const flash = (page: Page) => page.textContent('.flash')

  /** Presses it, and is past the navigation of the next page. */
  async function go(page: Page, wanted: RegExp): Promise<void> {
    await press(page, wanted)
    if (await page.evaluate('document.activeElement === document.body && !location.hash')) await skip(page)
  }

  async function sign(page: Page, secret: string): Promise<void> {
    await fill(page, /^#field-password$/, secret)
    if (!(await page.isChecked('#field-seen'))) {
      await reach(page, /^#field-seen$/)
      await page.keyboard.press('Space')
    }
    await go(page, /^Underskriv$/)
  }

  /** Two customers, told of a change; and whoever leads the audit. */
  async function aYear() {
    const officer = tilsyn.context({ kind: 'staff', id: 'officer' })
    const world = await buildWorld(officer, [
      { name: 'Bakkeby Kommune', contacts: [aContact('dpo@bakkeby.example')] },
      { name: 'Hill Ltd', contacts: [aContact('privacy@hill.example', { locale: 'en' })] },
    ])
    await announce(officer, anAddition(world))
    await work(tilsyn)
    return addPersonWithPassword(
      officer,
      { email, name: 'Karen Østergård', role: 'dpo', locale: 'da' },
      password,
    )
  }

  /** What others test meanwhile, and all texts but the conclusion. */
  async function theRest(by: string): Promise<void> {
    const context = tilsyn.context({ kind: 'staff', id: by })
    const { audit, tests } = await auditAtWork('AU-2026')
    for (const { control, result } of tests) if (result === null) await take(control, 'no-exception', by)
    const { risks, threats, changesSinceLast } = anAudit()
    const move = { event: 'audit.scope-changed', facts: {} }
    await moveAudit(context, audit, { risks, threats, changesSinceLast }, move)
  }

  async function take(control: string, result: 'no-exception' | null, tester?: string): Promise<void> {
    await moveTest(
      tilsyn.context(),
      await test(control),
      {
        result,
        ...(tester ? { tester } : {}),
        ...(result ? { methods: ['inspection'], testedOn: tilsyn.today() } : {}),
      },
      { event: 'audit-test.tested', facts: { audit: 'AU-2026', control } },
    )
  }
})
