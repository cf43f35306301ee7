import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium as launcher, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { sessionCookie, startSession } from '../../src/auth/actions/sessions.js'
import type { Person } from '../../src/auth/request.js'
import type { Tilsyn } from './app.js'
import { chromium, chromiumArguments } from './chromium.js'

const axeSource = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

export const desktop = { width: 1280, height: 860 }
export const phone = { width: 390, height: 844 }

export type Visiting = {
  /** A window of its own: nothing is shared with other windows. */
  open: (options?: BrowserContextOptions & { as?: Person }) => Promise<Page>
  url: (path: string) => string
}

/** Inside `describe`, after `useApp`: the application on a port and a Chromium. Without Chromium its tests are skipped. */
export function useBrowser(tilsyn: Tilsyn): Visiting {
  let browser: Browser
  let server: Server
  let base = ''
  before('start a browser', async function () {
    if (!chromium) this.skip()
    this.timeout(120_000)
    browser = await launcher.launch({ executablePath: chromium, args: chromiumArguments })
    server = createServer(tilsyn.app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach('close its windows', async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()))
  })
  after('close the browser', async () => {
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
  })
  return {
    url: (path) => base + path,
    open: async ({ as, ...options } = {}) => {
      const context = await browser.newContext({
        viewport: desktop,
        locale: 'da-DK',
        baseURL: base,
        ...options,
      })
      if (as) {
        const token = await startSession(tilsyn.context({ kind: 'staff', id: as._id }), as, 'a browser test')
        await context.addCookies([{ name: sessionCookie, value: token, url: base }])
      }
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      return page
    },
  }
}

const pictures = process.env['PICTURES']

/** For people to look at, with PICTURES=FOLDER: the whole page as `<name>.png`. Taking them is a good part of a run's time. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

/** At this size; a page laid out anew where nothing changes takes as long. */
export async function sized(page: Page, size: typeof desktop): Promise<void> {
  const { width, height } = page.viewportSize() ?? {}
  if (width !== size.width || height !== size.height) await page.setViewportSize(size)
}

/** 'its content': without what stands on every page, its head and navigation, and what is in every stylesheet. */
export type Judged = 'all of it' | 'its content'

/** What axe finds against WCAG 2.2 AA on the page as it is: none is the only right answer. */
export async function violations(page: Page, parts: Judged = 'all of it'): Promise<string[]> {
  // Evaluated by the tool, not loaded by the page, so the content security policy stays as it is for everyone.
  await page.evaluate(axeSource)
  return page.evaluate(async (whole) => {
    type Found = { violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }
    type Axe = { run: (context: object, options: object) => Promise<Found> }
    const { axe, document } = globalThis as unknown as { axe: Axe; document: object }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const found = await axe.run(whole ? document : { exclude: [['.head'], ['.navigation']] }, {
      runOnly: tags,
      resultTypes: ['violations'],
      // Stylesheets, read for whether a page may be turned.
      preload: whole,
    })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    )
  }, parts === 'all of it')
}

/** Wider than the window: a reader on a phone would have to scroll sideways. */
export async function overflows(page: Page): Promise<boolean> {
  return page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  ) as Promise<boolean>
}

/** Presses Tab until the element with this text or id has the focus, as someone without a mouse would. */
export async function tabTo(page: Page, target: string, most = 60): Promise<void> {
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab')
    const [id, text] = (await page.evaluate(
      '[document.activeElement?.id ?? "", document.activeElement?.textContent?.trim() ?? ""]',
    )) as [string, string]
    if (id === target || text.replace(/\s+/g, ' ') === target) return
  }
  throw new Error(`'${target}' cannot be reached by keyboard`)
}
