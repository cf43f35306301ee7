import { expect } from 'chai'
import {
  draftNotice,
  issueNotice,
  recipientById,
  recipientsOf,
  type Recipient,
} from '../../src/notices/actions.js'
import { objectionsOfRecipient } from '../../src/objections/actions.js'
import { plannedEngagements } from '../../src/register/actions.js'
import { useApp } from '../support/app.js'
import { overflows, phone, useBrowser, violations } from '../support/browser.js'
import { foundTown, linkTo, work } from './town.js'

const files = [
  {
    name: 'vurdering.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\n%âãÏÓ\nnej\n%%EOF\n'),
  },
]
const words = {
  da: { confirm: 'Bekræft modtagelse', object: 'Gør indsigelse', list: 'list' },
  en: { confirm: 'Confirm receipt', object: 'Object to the change', list: 'list' },
}

describe('A customer on a phone', function () {
  this.timeout(300_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)

  for (const locale of ['da', 'en'] as const)
    it(`opens the link, confirms receipt, and objects with reasons and a file, in ${locale === 'da' ? 'Danish' : 'English'}`, async () => {
      const recipient = await told(locale)
      const page = await open({
        viewport: phone,
        hasTouch: true,
        isMobile: true,
        locale: locale === 'da' ? 'da-DK' : 'en-GB',
      })
      page.setDefaultTimeout(60_000)
      const look = async () => {
        expect(await violations(page), page.url()).to.deep.equal([])
        expect(await overflows(page), page.url()).to.equal(false)
      }
      await page.goto((await linkTo(tilsyn, recipient)).path)
      expect(new URL(page.url()).pathname, 'no token in the address that is kept').to.match(/^\/c\/[^/]+\/?$/)
      expect(await page.getAttribute('html', 'lang')).to.equal(locale)
      await look()
      await page.tap(`main a[href*="/notices/${recipient.noticeReference}"]`)
      await page.waitForURL('**/notices/*')
      await look()
      expect((await recipientById(recipient._id))?.receipt, 'reading changes nothing').to.equal(null)

      await page.tap(`button:has-text("${words[locale].confirm}")`)
      await page.waitForSelector('.flash')
      expect((await recipientById(recipient._id))?.receipt?.contact).to.equal(recipient.contacts[0]?.id)
      await look()

      await page.tap(`main a:has-text("${words[locale].object}")`)
      await page.waitForURL('**/object')
      await look()
      await page.fill('#field-reasons', 'Vi vil vide, hvem der har adgang.')
      await page.setInputFiles('#field-files', files)
      await page.tap('main form .form-actions button')
      await page.waitForURL('**/objections/*')
      await look()
      const [objection] = await objectionsOfRecipient(recipient._id)
      expect(objection).to.include({
        reasons: 'Vi vil vide, hvem der har adgang.',
        channel: 'page',
        timely: true,
      })
      expect(objection?.files).to.have.length(1)
      expect((await recipientById(recipient._id))?.held).to.equal(true)
      expect(await page.textContent('main'))
        .to.include(objection?.reference)
        .and.to.include('vurdering.pdf')
    })

  /** A customer of that language to whom a notice has just gone. */
  async function told(locale: 'da' | 'en'): Promise<Recipient> {
    const officer = await foundTown(tilsyn)
    const planned = await plannedEngagements(tilsyn.today())
    const backup = planned.find(({ vendorName }) => vendorName.startsWith('Fjordbackup'))
    const draft = await draftNotice(officer, {
      lines: [{ kind: 'addition', engagement: backup?.reference ?? '', replaces: null }],
      why: {
        da: 'Vi vil have en sikkerhedskopi på en anden adresse.',
        en: 'We want a backup at another address.',
      },
      safeguards: { da: '', en: '' },
      plannedStart: '2027-02-01',
      goLive: 'staged',
      togetherBecause: null,
    })
    await issueNotice(officer, draft, ['laterStart', 'otherChannel'])
    await work(tilsyn)
    const { rows } = await recipientsOf(draft, { phase: 'running', q: '' }, { cursor: undefined, size: 100 })
    const found = rows.find(
      ({ contacts, lines }) => contacts[0]?.locale === locale && lines.every(({ mode }) => mode === 'notice'),
    )
    if (!found) throw new Error(`the sample has no customer under notice that reads ${locale}`)
    return found
  }
})
