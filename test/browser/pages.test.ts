import { expect } from 'chai'
import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { addPerson } from '../../src/auth/actions/people.js'
import type { Locale } from '../../src/base/context.js'
import { customersByIds } from '../../src/customers/actions.js'
import { papersOf } from '../../src/notices/records/papers.js'
import { routesOf, type RouteEntry } from '../../src/web/routes-of.js'
import { useApp } from '../support/app.js'
import { desktop, overflows, phone, useBrowser, violations } from '../support/browser.js'
import { addAdministrator, buildTown, linkTo, mailTo, setUpPath, type Town } from './town.js'

const folder = new URL('../../test-output/', import.meta.url).pathname

/** What an address means where its route does not say it: by the route, from its beginning. */
type Examples = Record<string, Record<string, string>>

describe('Every page, with the sample organisation on it', function () {
  this.timeout(600_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)
  before('make room for pictures', () => mkdirSync(folder, { recursive: true }))

  for (const locale of ['da', 'en'] as const)
    it(`has no barriers, no errors and nothing to scroll sideways for, in ${locale === 'da' ? 'Danish' : 'English'}`, async () => {
      const town = await buildTown(tilsyn)
      const examples = await examplesIn(town)
      const administrator = await addAdministrator(tilsyn, locale)
      const found: string[] = []
      const look = async (page: Page, complaints: string[], path: string, name: string) => {
        // Whatever is no page (a paper, a calendar file, a stored file) is only fetched.
        const fetched = await page.request.get(path, { maxRedirects: 0 })
        if (fetched.status() >= 300) found.push(`${path}: answered ${fetched.status()}`)
        if (!fetched.headers()['content-type']?.startsWith('text/html')) return
        for (const [width, size] of [['desk', desktop], ['phone', phone]] as const) {
          await page.setViewportSize(size)
          await page.goto(path)
          for (const violation of await violations(page)) found.push(`${path} (${width}): ${violation}`)
          if (width === 'phone' && (await overflows(page))) found.push(`${path} (${width}): wider than the window`)
          await page.screenshot({ path: `${folder}${locale}-${name}-${width}.png`, fullPage: true })
        }
        found.push(...complaints.splice(0).map((complaint) => `${path}: ${complaint}`))
      }

      const staff = await open({ as: administrator })
      const customer = await open({ locale: locale === 'da' ? 'da-DK' : 'en-GB' })
      const nobody = await open({ locale: locale === 'da' ? 'da-DK' : 'en-GB' })
      const heard = new Map([staff, customer, nobody].map((page) => [page, listen(page)]))
      const link = await linkTo(tilsyn, recipientOf(town, town.settled.recipient))
      await customer.goto(`${link.path}?lang=${locale}`)

      const routes = routesOf(tilsyn.app).filter(({ method }) => method === 'get')
      const paths = routes.filter(({ path }) => !path.startsWith('/l/')).map((route) => ({ route, path: filled(route, examples) }))
      expect(routes.length).to.be.greaterThan(50)
      for (const { route, path } of [...paths, ...more(town, routes)]) {
        const page = { everyone: nobody, link: customer }[String(route.guard)] ?? staff
        const asked = route.guard === 'everyone' ? `${path}?lang=${locale}` : path
        await look(page, heard.get(page) ?? [], asked, named(path, route.path))
      }
      expect(found).to.deep.equal([])
    })

  it('is as good before anything has been set up, and where an address leads nowhere', async () => {
    const found: string[] = []
    for (const locale of ['da', 'en'] as const) {
      const page = await open({ locale: locale === 'da' ? 'da-DK' : 'en-GB' })
      const complaints = listen(page, 404)
      for (const [name, path] of [
        ['set-up', await setUpPath(tilsyn)],
        ['not-set-up', '/sign-in'],
        ['dead-link', '/l/nothing'],
        ['dead-ticket', '/password/nothing'],
        ['not-found', '/nothing'],
      ] as const)
        for (const [width, size] of [['desk', desktop], ['phone', phone]] as const) {
          await page.setViewportSize(size)
          await page.goto(path)
          for (const violation of await violations(page)) found.push(`${path} (${width}): ${violation}`)
          if (await overflows(page)) found.push(`${path} (${width}): wider than the window`)
          await page.screenshot({ path: `${folder}${locale}-${name}-${width}.png`, fullPage: true })
        }
      found.push(...complaints)
    }
    expect(found).to.deep.equal([])
  })

  it('is as good with everything wrong that can be', async () => {
    const { issued, recipients } = await buildTown(tilsyn)
    const page = await open({ as: await addAdministrator(tilsyn, 'da') })
    const complaints = listen(page, 422)
    const found: string[] = []
    const recipient = recipients[0]
    for (const path of [
      '/customers/new',
      '/vendors/new',
      '/services/new',
      '/people/new',
      '/notices/new',
      `/notices/${issued.reference}/recipients/${recipient?.customerReference}/delivery`,
      `/objections/new?recipient=${recipient?._id}`,
    ]) {
      await page.setViewportSize(desktop)
      await page.goto(path)
      await page.locator('main form[method="post"] .form-actions button').last().click()
      await page.waitForSelector('#problems')
      for (const [width, size] of [['desk', desktop], ['phone', phone]] as const) {
        await page.setViewportSize(size)
        for (const violation of await violations(page)) found.push(`${path} (${width}): ${violation}`)
        if (width === 'phone' && (await overflows(page))) found.push(`${path} (${width}): wider than the window`)
        await page.screenshot({ path: `${folder}da-wrong-${named(path)}-${width}.png`, fullPage: true })
      }
    }
    expect([...found, ...complaints]).to.deep.equal([])
  })

  async function examplesIn({ draft, issued, recipients, settled, officer }: Town): Promise<Examples> {
    const recipient = recipientOf({ recipients }, settled.recipient)
    const [customer] = await customersByIds([recipient.customer])
    const bought = customer?.services[0]
    const paper = (await papersOf(issued._id))[0]
    const { page } = await linkTo(tilsyn, recipient)
    const line = issued.lines[0]
    const { ticket } = await ticketOf()
    return {
      '/vendors/': { reference: 'V-0001' },
      '/engagements/': { reference: 'E-0001' },
      '/services/': { reference: 'S-01' },
      '/customers/': {
        reference: customer?.reference ?? '',
        contact: customer?.contacts[0]?.id ?? '',
        service: bought?.service ?? '',
        from: bought?.from ?? '',
      },
      '/notices/': { reference: issued.reference, line: line?.id ?? '', customer: recipient.customerReference },
      '/notices/:reference/edit': { reference: draft.reference },
      '/notices/:reference/issue': { reference: draft.reference },
      '/notices/:reference/preview': { reference: draft.reference },
      '/objections/': { reference: settled.reference, file: settled.files[0] ?? '' },
      '/people/': { id: officer.actor.id },
      '/files/': { id: paper?.pdf ?? '' },
      '/mailbox/': { mail: await mailTo(recipient), number: '0' },
      '/c/': { link: page.slice(3), reference: issued.reference },
      '/c/:link/objections/': { reference: settled.reference, file: settled.files[0] ?? '', link: page.slice(3) },
      '/set-up/': { token: 'over' },
      '/password/': { token: ticket },
    }
  }

  /** Someone who has been invited and has not set a password yet. */
  async function ticketOf(): Promise<{ ticket: string }> {
    const input = { email: 'ny@nordvang.example', name: 'Ny Medarbejder', role: 'officer' as const, locale: 'da' as Locale }
    const { token } = (await addPerson(tilsyn.context(), input)) as unknown as { token: string }
    return { ticket: token }
  }
})

/** Pages that look different with other things on them. */
function more({ draft, open, issued, recipients }: Town, routes: readonly RouteEntry[]): { route: RouteEntry; path: string }[] {
  const at = (route: string, path: string) => {
    const found = routes.find((each) => each.path === route)
    if (!found) throw new Error(`no route ${route} any more`)
    return { route: found, path }
  }
  return [
    at('/notices/:reference', `/notices/${draft.reference}`),
    at('/notices/:reference', `/notices/${issued.reference}?phase=objecting`),
    at('/notices/:reference/recipients/:customer', `/notices/${issued.reference}/recipients/${recipients[0]?.customerReference}`),
    at('/objections/:reference', `/objections/${open.reference}`),
    at('/objections/new', `/objections/new?recipient=${encodeURIComponent(recipients[0]?._id ?? '')}`),
    at('/customers', '/customers?q=nobody+of+that+name'),
    at('/engagements/new', '/engagements/new?vendor=V-0001'),
  ]
}

function recipientOf({ recipients }: Pick<Town, 'recipients'>, id: string) {
  const found = recipients.find(({ _id }) => _id === id)
  if (!found) throw new Error('not among the recipients')
  return found
}

/** The longest beginning that fits decides. A new page below a known one needs no line here; anything else says what is missing. */
function filled({ path }: RouteEntry, examples: Examples): string {
  const fitting = Object.keys(examples)
    .filter((beginning) => path.startsWith(beginning))
    .toSorted((a, b) => b.length - a.length)
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = fitting.map((beginning) => examples[beginning]?.[name]).find((each) => each !== undefined)
    if (!value) throw new Error(`no example of :${name} for ${path}: add it to examplesIn`)
    return encodeURIComponent(value)
  })
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
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`))
  return complaints
}

function named(path: string, route = path): string {
  const query = path.split('?')[1]
  const words = (route.split('?')[0] ?? '').replaceAll(/[:?=&]/g, '').split('/').filter(Boolean)
  return [...(words.length > 0 ? words : ['dashboard']), ...(query ? [query.split('=')[0]] : [])].join('-')
}
