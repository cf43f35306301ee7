import { expect } from 'chai'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { ensureLink, linkPath } from '../../src/auth/links.js'
import type { Customer } from '../../src/customers/rules.js'
import { pagesOf } from '../../src/documents/pdf-text.js'
import { saveFolder } from '../../src/supervision-folder/actions.js'
import { folderById } from '../../src/supervision-folder/records.js'
import { folderId, type Folder } from '../../src/supervision-folder/rules.js'
import { aContact, buildWorld } from '../journeys/world.js'
import { useApp } from '../support/app.js'
import { phone, useBrowser } from '../support/browser.js'
import { look } from './looking.js'

const files = '[aria-labelledby="filed"] a'

describe('A customer’s supervision folder on a phone', function () {
  this.timeout(180_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)
  let customer: Customer
  let link: string

  beforeEach('let a customer come', async () => {
    const { customers } = await buildWorld(tilsyn.context(), [
      { name: 'Bakkeby Kommune', contacts: [aContact('a@bakkeby.example'), aContact('b@bakkeby.example')] },
    ])
    customer = customers[0] as Customer
    const made = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: customer._id,
      contact: customer.contacts[0]?.id ?? '',
      about: { kind: 'customer', id: customer._id },
      expiresOn: '2027-12-31',
    })
    link = linkPath(made, { key: tilsyn.house.keys.links })
  })

  it('is scored as it is answered, found again after going away, concluded, and filed as a PDF', async () => {
    const page = await come()
    await page.tap('a:has-text("Åbn tilsynsmappen")')
    await page.waitForSelector('#folder')
    await look(page, 'folder-empty')
    expect(await kept(), 'opening makes nothing').to.equal(null)

    // The score stands there as soon as all four are answered.
    for (const answer of ['subjects-1000-10000', 'special-no', 'other-yes', 'processing-no'])
      await page.tap(`label[for="field-${answer}"]`)
    await page.waitForSelector('[data-score]:has-text("4 point")')
    expect(await page.textContent('[data-enough="3"]')).to.equal('er nok')
    expect(await page.textContent('[data-enough="1"]')).to.equal('er ikke nok')
    await saysSaved(page)
    expect(await kept()).to.deep.include({ version: (await seen(page)) as never, draft: true })

    // Away in the middle of a sentence, by a link and back again; and a page that is reloaded at once.
    await page.fill('#field-conclusion', 'Vi har set på')
    await page.tap('.back a')
    await page.waitForSelector('#supervision')
    await page.goBack()
    expect(await page.inputValue('#field-conclusion')).to.equal('Vi har set på')
    await page.fill('#field-conclusion', 'Vi har set på registret.')
    await page.reload()
    expect(await page.inputValue('#field-conclusion')).to.equal('Vi har set på registret.')
    await saysSaved(page)
    await page.fill('#field-conclusion', 'Vi har set på registret. Alt er i orden.')
    await saysSaved(page)
    expect((await kept())?.conclusion, 'nobody was in conflict with oneself').to.equal(
      'Vi har set på registret. Alt er i orden.',
    )

    // Filed before everything is there: what is missing is said, and nothing that was written is lost.
    await page.tap('button:has-text("Journalisér som PDF")')
    await page.waitForSelector('#problems')
    await look(page, 'folder-problems')
    await page.selectOption('#field-concept', '3')
    await page.tap('label[for="looked-register"]')
    await page.tap('label[for="field-verdict-satisfactory"]')
    await page.tap('button:has-text("Journalisér som PDF")')
    await page.waitForSelector('.flash')
    await look(page, 'folder-filed')
    const [download] = await Promise.all([page.waitForEvent('download'), page.tap(files)])
    const read = await pagesOf(await readFile(await download.path()))
    const words = read.outcome === 'read' ? read.pages.flatMap(({ lines }) => lines).join(' ') : read.outcome
    expect(words).to.include('Alt er i orden.').and.include('Bakkeby Kommune').and.include('Curanet A/S')
    expect(await kept()).to.deep.include({ draft: false })
    expect(await page.evaluate('localStorage.length'), 'nothing is left on the device').to.equal(0)
  })

  it('keeps what is written without a connection on the device, and writes nothing over a colleague’s words', async () => {
    const page = await come()
    await page.goto(`${new URL(page.url()).pathname.replace(/\/$/, '')}/supervision`)
    await page.fill('#field-notes', 'Skrevet før tunnelen.')
    await saysSaved(page)
    await page.context().setOffline(true)
    await page.fill('#field-notes', 'Skrevet i en tunnel.')
    await page.waitForSelector('[data-said]:has-text("Ingen forbindelse")')
    await look(page, 'folder-offline')
    const other = await page.context().newPage()
    await page.close()
    await other.context().setOffline(false)
    await other.goto(page.url())
    await saysSaved(other)
    expect(await other.inputValue('#field-notes')).to.equal('Skrevet i en tunnel.')
    expect((await kept())?.notes).to.equal('Skrevet i en tunnel.')

    // A colleague saves in the meantime.
    const now = (await kept()) as Folder
    const colleague = { id: customer.contacts[1]?.id ?? '', name: 'Bo Bakke' }
    const { answers, concept, weakerBecause, looked, verdict, conclusion, name, title, next } = now
    const rest = { answers, concept, weakerBecause, looked, verdict, conclusion, name, title, next }
    const theirs = { ...rest, notes: 'Kollegaens ord.', seen: now.version }
    await saveFolder(tilsyn.context(), customer, colleague, theirs)
    await other.fill('#field-notes', 'Mine ord.')
    await other.waitForSelector('[data-said]:has-text("for at se begge dele")')
    expect((await kept())?.notes).to.equal('Kollegaens ord.')
    await other.tap('button:has-text("Gem kladden")')
    await other.waitForSelector('#conflict')
    expect(await other.inputValue('#field-notes')).to.equal('Mine ord.')
    expect(await other.textContent('[aria-labelledby="conflict"]')).to.include('Kollegaens ord.')
    await look(other, 'folder-conflict')
    await other.fill('#field-notes', 'Kollegaens ord og mine.')
    await other.tap('button:has-text("Gem kladden")')
    await other.waitForSelector('.flash')
    expect((await kept())?.notes).to.equal('Kollegaens ord og mine.')
    expect(await other.inputValue('#field-notes')).to.equal('Kollegaens ord og mine.')

    // The link is over: it says so, and how to go on.
    tilsyn.moveTo('2026-11-25')
    await other.fill('#field-notes', 'For sent.')
    await other.waitForSelector('[data-said]:has-text("Åbn det igen fra den seneste mail")')
    await other.goto(link)
    await other.tap('a:has-text("Åbn tilsynsmappen")')
    await saysSaved(other)
    expect((await kept())?.notes).to.equal('For sent.')
  })

  const kept = () => folderById(folderId(customer._id, 2026))
  const seen = async (page: Page) => Number(await page.inputValue('[name="seen"]'))
  const saysSaved = (page: Page) => page.waitForSelector('[data-said]:has-text("Gemt 2")')

  async function come(): Promise<Page> {
    const page = await open({ viewport: phone, hasTouch: true, isMobile: true })
    page.setDefaultTimeout(30_000)
    await page.goto(link)
    return page
  }
})
