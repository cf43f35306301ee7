import { expect } from 'chai'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { copiesOfCustomer } from '../../src/audits/records/copies.js'
import { breachForCustomer, enterBreach, saveContent, sendPhase } from '../../src/breaches/actions.js'
import { emptyContent } from '../../src/breaches/rules.js'
import { renewContactLinks } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import { addContract, addRedactedCopy } from '../../src/register/actions.js'
import { answerRequest } from '../../src/requests/actions.js'
import { linkIn, useJourney } from '../journeys/house.js'
import { aContact, asItStands, buildWorld, type World } from '../journeys/world.js'
import { desktop, phone, useBrowser } from '../support/browser.js'
import { declarationInTown } from './declaration.js'
import { look } from './looking.js'

const whole = Buffer.from('%PDF-1.7\nwith prices\n%%EOF\n')
const redacted = Buffer.from('%PDF-1.7\nwithout prices\n%%EOF\n')
const address = 'dpo@bakkeby.example'
const by = { id: 'officer', name: 'Berit Åkjær' }

describe('A customer with its mails on a phone', function () {
  this.timeout(180_000)
  const journey = useJourney()
  const { open } = useBrowser(journey)

  it('finds the declaration, asks for a contract and gets the copy, and confirms that a breach is known to it', async () => {
    const world = await aHouse()
    const [bakkeby] = world.customers as [Customer]
    const page = await open({ viewport: phone, hasTouch: true, isMobile: true })
    page.setDefaultTimeout(60_000)

    // The year's declaration, told by a mail.
    await declarationInTown(journey.officer(), { customer: bakkeby._id }, false)
    await journey.work()
    await journey.work()
    await page.goto(newest())
    expect(new URL(page.url()).pathname, 'no token in the address that is kept').to.match(
      /^\/c\/[^/]+\/declarations$/,
    )
    await look(page, 'duties-declarations')
    expect((await downloaded(page, 'main a[href$="/da"]')).toString()).to.include('erklaering')
    expect((await copiesOfCustomer(bakkeby._id))[0]?.receipt, 'taking it confirms nothing').to.equal(null)
    await page.tap('button:has-text("Bekræft, at I har modtaget den")')
    await page.waitForSelector('.flash')
    expect((await copiesOfCustomer(bakkeby._id))[0]?.receipt).to.not.equal(null)
    await look(page, 'duties-declaration-confirmed')

    // A copy of a contract (7.5), asked for from the first page.
    await page.tap('.back a')
    await page.waitForSelector('#requests')
    await look(page, 'duties-start')
    await page.tap('a:has-text("Bed om noget")')
    await page.waitForURL('**/requests#ask')
    await look(page, 'duties-requests')
    await page.tap('a:has-text("Kopi af en aftale")')
    await page.waitForURL('**/requests/new?kind=contract-copy')
    await page.tap('label:has-text("Curanet A/S")')
    await look(page, 'duties-asking')
    await page.tap('main .form-actions button')
    await page.waitForURL('**/requests/RQ-2026-001')
    await look(page, 'duties-asked')
    await answerRequest(journey.officer(), 'RQ-2026-001', {
      by,
      text: 'Hermed kopien uden priser.',
      files: [],
      copies: [`${world.present._id}/${(await asItStands(world.present)).contracts?.at(-1)?.id ?? ''}`],
      declaration: null,
    })
    await journey.work()
    await page.goto(newest())
    await page.waitForURL('**/requests/RQ-2026-001')
    expect(await page.textContent('main')).to.include('Hermed kopien uden priser.')
    await look(page, 'duties-answered')
    expect(await downloaded(page, '[aria-labelledby="answer"] a')).to.deep.equal(redacted)

    // A breach, which is seen and confirmed.
    const { reference } = await aBreach(world)
    await journey.work()
    await page.goto(newest())
    await page.waitForURL(`**/breaches/${reference}`)
    expect(await page.textContent('main')).to.include('Uvedkommende har haft adgang.')
    expect(await page.textContent('main')).to.include('Fristen på 72 timer er jeres')
    await look(page, 'duties-breach')
    await page.tap('button:has-text("Bekræft, at vi har modtaget underretningen")')
    await page.waitForSelector('.flash')
    expect((await breachForCustomer(bakkeby._id, reference)).affected.receipts).to.have.length(1)
    expect((await downloaded(page, 'a[href*="/notice.pdf"]')).subarray(0, 5).toString()).to.equal('%PDF-')
    await page.tap('.back a')
    await page.waitForSelector('#breaches')
    await look(page, 'duties-start-breach')

    await isClosedToStrangers(page, bakkeby)
  })

  /** An address copied from the browser opens nothing; a mail passed on does, until its link is renewed. */
  async function isClosedToStrangers(page: Page, customer: Customer): Promise<void> {
    const stranger = await open({ viewport: desktop })
    const copied = await stranger.goto(page.url())
    expect(copied?.status()).to.equal(404)
    expect(await stranger.textContent('body')).to.not.include('Bakkeby')
    await look(stranger, 'duties-stranger')
    await stranger.goto(newest())
    expect(await stranger.textContent('main')).to.include('Uvedkommende har haft adgang.')
    await renewContactLinks(journey.officer(), customer.reference, customer.contacts[0]?.id ?? '')
    expect((await stranger.reload())?.status(), 'what was open closes at once').to.equal(404)
    expect((await stranger.goto('/'))?.status()).to.equal(200)
    expect(new URL(stranger.url()).pathname, 'nor is staff’s side open').to.equal('/sign-in')
    await journey.work()
    await page.goto(newest())
    await page.waitForSelector('#breaches')
  }

  /** The link in the newest mail. */
  const newest = () => linkIn(journey.mailbox.mailsFor(address).at(-1))

  async function downloaded(page: Page, link: string): Promise<Buffer> {
    const [file] = await Promise.all([page.waitForEvent('download'), page.tap(link)])
    return readFile(await file.path())
  }

  /** A customer, and its sub-processor's contract in full and without its prices. */
  async function aHouse(): Promise<World> {
    const context = journey.officer()
    const world = await buildWorld(context, [
      { name: 'Bakkeby Kommune', contacts: [aContact(address)] },
      { name: 'Hill Ltd', contacts: [aContact('privacy@hill.example', { locale: 'en' })] },
    ])
    const contract = await addContract(
      context,
      await asItStands(world.present),
      { template: 'theirs', dpaVersion: 'DPA 2.0', signedOn: '2026-02-01' },
      { name: 'whole.pdf', bytes: whole },
    )
    await addRedactedCopy(
      context,
      { ...(await asItStands(world.present)), contract },
      { madeOn: '2026-02-02', madeBy: by.name, leftOut: 'Priser' },
      { name: 'kopi.pdf', bytes: redacted },
    )
    return world
  }

  async function aBreach({ present }: World): Promise<{ reference: string }> {
    const context = journey.officer()
    const breach = await enterBreach(context, {
      once: 'breach',
      role: 'processor',
      report: 'Uvedkommende på en server.',
      engagement: present.reference,
      services: [],
      vendorKnewAt: null,
      vendorToldAt: null,
      awareAt: journey.now(),
    })
    const point = { name: 'Karen Østergård', phone: '+45 70 10 20 30', email: 'dpo@nordvang.example' }
    await saveContent(context, breach.reference, {
      ...emptyContent(point),
      nature: { da: 'Uvedkommende har haft adgang.', en: 'A third party has had access.' },
    })
    await sendPhase(context, breach.reference)
    return breach
  }
})
