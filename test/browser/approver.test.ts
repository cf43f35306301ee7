import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { codeDigits } from '../../src/auth/code-digits.js'
import { codeTries } from '../../src/auth/rules.js'
import { addContact, changeContact } from '../../src/customers/actions.js'
import type { Contact, Customer } from '../../src/customers/rules.js'
import { recipientById, registerDelivery, type Notice } from '../../src/notices/actions.js'
import { aDraft, anEngagement, anIssued, aWorld, customersOf } from '../notices/world.js'
import { useApp } from '../support/app.js'
import { overflows, phone, picture, useBrowser, violations } from '../support/browser.js'

const letter = { name: 'brev.txt', bytes: Buffer.from('Vi har fået varslet.') }
const words = {
  da: { answer: 'Godkend eller afvis', done: 'Jeres svar er registreret', send: 'Send det til Jens Holm' },
  en: { answer: 'Approve or refuse', done: 'Your answer is registered', send: 'Send it to Jens Holm' },
}

describe('The approving director on a phone', function () {
  this.timeout(300_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)
  let notice: Notice
  let customer: Customer

  for (const locale of ['da', 'en'] as const) {
    it(`approves one change and refuses another with a code, after a wrong one, in ${locale}`, async () => {
      await ask(locale)
      const page = await openPhone(locale, true)
      await page.tap(`main a.button:has-text("${words[locale].answer}")`)
      await page.waitForURL('**/answer')
      await look(page, `answer-${locale}`)
      await page.tap('main form .form-actions button')
      await page.waitForSelector('.problems')
      await look(page, `answer-problems-${locale}`)
      const [first, second] = notice.lines.map(({ id }) => id)
      await page.check(`input[name="answers[${first}]"][value="approved"]`)
      await page.check(`input[name="answers[${second}]"][value="refused"]`)
      await page.fill('#field-title', 'Direktør')
      await page.tap('main form .form-actions button')
      await page.waitForURL('**/codes/*')
      await look(page, `code-${locale}`)
      const right = codeDigits(page.url().split('/').at(-1) ?? '', tilsyn.house.keys.codes)
      await typeCode(page, right === '000000' ? '000001' : '000000')
      await page.waitForSelector('.problems')
      await look(page, `code-wrong-${locale}`)
      expect((await part())?.lines[0]?.answer, 'nothing yet').to.equal(null)
      await typeCode(page, right)
      await page.waitForURL('**/notices/*')
      expect(await page.textContent('.flash')).to.include(words[locale].done)
      await look(page, `answered-${locale}`)
      expect((await part())?.lines.map(({ answer }) => answer?.answer)).to.deep.equal(['approved', 'refused'])
    })

    it(`the DPO, who only advises, sends it on, in ${locale}`, async () => {
      await ask(locale)
      const page = await openPhone(locale, false)
      await look(page, `advises-${locale}`)
      expect(await page.locator(`main a.button:has-text("${words[locale].answer}")`).count()).to.equal(0)
      await page.tap(`button:has-text("${words[locale].send}")`)
      await page.waitForSelector('.flash')
      expect(await page.textContent('.flash')).to.include('Jens Holm')
    })
  }

  it('whoever was forwarded the link types five wrong codes and has approved nothing', async () => {
    await ask('da')
    const page = await openPhone('da', true)
    await page.tap(`main a.button:has-text("${words.da.answer}")`)
    await page.waitForURL('**/answer')
    for (const { id } of notice.lines) await page.check(`input[name="answers[${id}]"][value="approved"]`)
    await page.fill('#field-title', 'Direktør')
    await page.tap('main form .form-actions button')
    await page.waitForURL('**/codes/*')
    const right = codeDigits(page.url().split('/').at(-1) ?? '', tilsyn.house.keys.codes)
    for (let tries = 0; tries < codeTries; tries += 1) {
      const loaded = page.waitForEvent('load')
      await typeCode(page, right === '123456' ? '123457' : '123456')
      await loaded
    }
    await look(page, 'code-dead')
    expect(await page.locator('#field-code').count(), 'no field any more').to.equal(0)
    expect((await part())?.lines.map(({ answer }) => answer)).to.deep.equal([null, null])
  })

  const part = () => recipientById(`${notice._id}/${customer._id}`)

  async function typeCode(page: Page, code: string): Promise<void> {
    await page.fill('#field-code', code)
    await page.tap('main form .form-actions button')
  }

  async function look(page: Page, name: string): Promise<void> {
    await picture(page, `approver-${name}`)
    expect(await violations(page), name).to.deep.equal([])
    expect(await overflows(page), name).to.equal(false)
  }

  /** The notice's page, by the director's link or by the DPO's. */
  async function openPhone(locale: 'da' | 'en', mayApprove: boolean): Promise<Page> {
    const contact = customer.contacts.find((each) => each.to === null && each.mayApprove === mayApprove)
    const link = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: customer._id,
      contact: (contact as Contact).id,
      about: { kind: 'recipient', id: `${notice._id}/${customer._id}` },
      expiresOn: '2027-11-24',
    })
    const page = await open({
      viewport: phone,
      hasTouch: true,
      isMobile: true,
      locale: locale === 'da' ? 'da-DK' : 'en-GB',
    })
    page.setDefaultTimeout(60_000)
    await page.goto(new URL(linkUrl(link, linkMaker(tilsyn.house))).pathname)
    await page.goto(`/c/${link._id}/notices/${notice.reference}`)
    await look(page, `notice-${mayApprove ? 'director' : 'dpo'}-${locale}`)
    return page
  }

  /** Two additions under specific authorisation, delivered; a DPO who is told and a director who may approve. */
  async function ask(locale: 'da' | 'en'): Promise<void> {
    const world = await aWorld(tilsyn)
    const [made] = await customersOf(tilsyn, world, [
      {
        name: 'Bakkeby Kommune',
        caseNumber: '26/1234',
        agreement: { authorisation: 'specific' },
        emails: ['dpo@bakkeby.example'],
        locale,
      },
    ])
    if (!made) throw new Error('no customer')
    const common = { locale, phone: '' }
    const dpo = { ...common, name: 'Dorte Poulsen', email: 'dpo@bakkeby.example' }
    const director = { ...common, name: 'Jens Holm', email: 'direktion@bakkeby.example' }
    const from = '2026-01-01'
    const { reference, version, contacts } = made
    const changed = await changeContact(tilsyn.context(), { reference, version }, contacts[0]?.id ?? '', {
      contact: { ...dpo, title: 'DPO', dataProtection: true, mayApprove: false },
      from,
    })
    customer = await addContact(
      tilsyn.context(),
      { reference, version: changed.version },
      { contact: { ...director, dataProtection: false, mayApprove: true }, from },
    )
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    const other = await anEngagement(tilsyn, 'Vestby Cloud A/S', [world.hosting._id], {
      storageCountries: ['SE'],
    })
    notice = await anIssued(
      tilsyn,
      aDraft(world.planned, {
        plannedStart: '2026-12-10',
        lines: [world.planned, other].map((each) => ({
          kind: 'addition' as const,
          engagement: each.reference,
          replaces: null,
        })),
      }),
      ['laterStart'],
    )
    const at = tilsyn.now()
    await registerDelivery(
      tilsyn.context(),
      `${notice._id}/${customer._id}`,
      { channel: 'letter', at },
      letter,
    )
  }
})
