import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { recipientsOf } from '../../src/notices/actions.js'
import { aCustomer, anAddition, announce, buildWorld } from '../journeys/world.js'
import { useApp } from '../support/app.js'
import {
  desktop,
  overflows,
  phone,
  picture,
  sized,
  useBrowser,
  violations,
  type Judged,
} from '../support/browser.js'
import { addressesOf, nameOf, type Address } from './addresses.js'
import { vendorEntries } from './respondent.js'
import { addAdministrator, buildTown, linkTo, setUpPath, settledRecipient } from './town.js'

const widths = [
  ['desk', desktop],
  ['phone', phone],
] as const
const ofVisitors: readonly string[] = ['everyone', 'link', 'vendor-link']
const languages = { da: 'da-DK', en: 'en-GB' }
/**
 * Two languages, two widths and some four hundred pages are more than a run has time for: each page is opened in one language and
 * judged at one width, in turn, and only fetched in the other language. PAGES=all opens each in both, as before a release.
 */
const everything = process.env['PAGES'] === 'all' || process.env['PICTURES'] !== undefined
/** What a whole page must have, and a mail in a frame cannot. */
const ofPages = /^(landmark-one-main|page-has-heading-one|region):/

describe('Every page, with the sample organisation on it', function () {
  this.timeout(900_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)

  it('has no barriers, no errors and nothing to scroll sideways for, in Danish and English', async () => {
    const town = await buildTown(tilsyn)
    const addresses = await addressesOf(tilsyn, town)
    expect(addresses.length).to.be.greaterThan(50)
    const found: string[] = []
    for (const locale of ['da', 'en'] as const) {
      const heard = new Map<Page, string[]>()
      const reader = async (options: Parameters<typeof open>[0]) => {
        const page = await open({ locale: languages[locale], ...options })
        page.setDefaultTimeout(60_000)
        heard.set(page, listen(page))
        return page
      }
      const staff = await reader({ as: await addAdministrator(tilsyn, locale) })
      // Each link has a cookie for its own pages, so that who follows them all is a stranger everywhere else.
      const visitor = await reader({})
      await visitor.goto((await linkTo(tilsyn, settledRecipient(town))).path)
      for (const path of await vendorEntries(tilsyn)) await visitor.goto(path)
      const mails = await visitor.context().newPage()
      mails.setDefaultTimeout(60_000)

      const visit = async ({ guard, path, name }: Address, place: number) => {
        const page = ofVisitors.includes(guard ?? '') ? visitor : staff
        const url = page === staff ? path : `${path}${path.includes('?') ? '&' : '?'}lang=${locale}`
        // Whatever is no page (a paper, a calendar file, a stored file) is only fetched.
        const fetched = await page.request.get(url, { maxRedirects: 0 })
        if (fetched.status() >= 300) found.push(`${path}: answered ${fetched.status()}`)
        const headers = fetched.headers()
        if (!headers['content-type']?.startsWith('text/html')) return
        // A mail as its reader sees it stands in a frame that runs no scripts, so that it is looked at elsewhere.
        const isMail = headers['content-security-policy']?.includes('sandbox')
        const spoken = /<html lang="(\w+)"/.exec(await fetched.text())?.[1]
        if (!isMail && spoken !== locale) found.push(`${path}: in ${spoken}`)
        if (!everything && place % 2 !== (locale === 'da' ? 0 : 1)) return
        const shown = isMail ? mails : page
        const judged = everything ? (locale === 'da' ? 'desk' : 'phone') : place % 4 < 2 ? 'desk' : 'phone'
        await sized(shown, everything || judged === 'desk' ? desktop : phone)
        if (isMail) await shown.setContent(await fetched.text())
        else {
          // What was fetched is what is shown: the house need not make it twice.
          const itself = (asked: URL) => asked.pathname + asked.search === url
          await shown.route(itself, (route) => route.fulfill({ response: fetched }), { times: 1 })
          await shown.goto(url)
        }
        // Head and navigation stand on every page: they are judged on some in each language and at each width.
        const parts = everything || place % 32 < 4 ? 'all of it' : 'its content'
        const complaints = await look(shown, `${locale}-${name}`, judged, parts)
        found.push(
          ...[
            ...complaints.filter((each) => !isMail || !ofPages.test(each)),
            ...(heard.get(page)?.splice(0) ?? []),
          ].map((each) => `${path}: ${each}`),
        )
      }
      for (const [place, address] of addresses.entries()) await visit(address, place)
    }
    expect(found.join('\n')).to.equal('')
  })

  it('is as good before anything has been set up, and where an address leads nowhere', async () => {
    const found: string[] = []
    for (const locale of ['da', 'en'] as const) {
      const page = await open({ locale: languages[locale] })
      page.setDefaultTimeout(60_000)
      const heard = listen(page, 404)
      for (const [name, path] of [
        ['set-up', await setUpPath(tilsyn)],
        ['not-set-up', '/sign-in'],
        ['dead-link', '/l/nothing'],
        ['dead-ticket', '/password/nothing'],
        ['not-found', '/nothing'],
      ] as const) {
        await sized(page, desktop)
        await page.goto(path)
        found.push(...(await look(page, `${locale}-${name}`)).map((each) => `${path}: ${each}`))
      }
      found.push(...heard)
    }
    expect(found.join('\n')).to.equal('')
  })

  it('is as good with everything wrong that can be', async () => {
    const world = await buildWorld(tilsyn.context(), [aCustomer(1)])
    const issued = await announce(tilsyn.context(), anAddition(world))
    const [recipient] = (await recipientsOf(issued, { phase: null, q: '' }, { cursor: undefined, size: 1 }))
      .rows
    const page = await open({ as: await addAdministrator(tilsyn, 'da') })
    page.setDefaultTimeout(60_000)
    const heard = listen(page, 422)
    const found: string[] = []
    for (const path of [
      '/customers/new',
      '/vendors/new',
      '/services/new',
      '/people/new',
      '/notices/new',
      `/notices/${issued.reference}/recipients/${recipient?.customerReference}/delivery`,
      `/objections/new?recipient=${recipient?._id}`,
    ]) {
      await sized(page, desktop)
      await page.goto(path)
      await page.locator('main form[method="post"] .form-actions button').last().click()
      await page.waitForSelector('#problems')
      found.push(...(await look(page, `da-wrong-${nameOf(path)}`)).map((each) => `${path}: ${each}`))
    }
    expect([...found, ...heard].join('\n')).to.equal('')
  })
})

/** At both widths, with a picture of each where pictures are taken; judged at both, or at the one said. */
async function look(
  page: Page,
  name: string,
  judged?: 'desk' | 'phone',
  parts: Judged = 'all of it',
): Promise<string[]> {
  const found: string[] = []
  for (const [width, size] of widths) {
    // What differs between the two widths does so in both languages: each width is judged in one of them.
    const isJudged = judged === undefined || judged === width
    if (!isJudged && width === 'desk' && !everything) continue
    await sized(page, size)
    if (isJudged) found.push(...(await violations(page, parts)).map((violation) => `${violation} (${width})`))
    if (width === 'phone' && (await overflows(page))) found.push('wider than the window')
    await picture(page, `${name}-${width}`)
  }
  return found
}

/** What the page's console says that nobody should have to read. `expected`: a status that is meant to be. */
function listen(page: Page, expected?: number): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    if (expected && message.text().includes(`status of ${expected}`)) return
    complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    // The browser itself drops what it was still fetching for a page that is left.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${why}`)
  })
  return complaints
}
