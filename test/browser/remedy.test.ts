import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import { codeDigits } from '../../src/auth/code-digits.js'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { recipientById, registerDelivery } from '../../src/notices/actions.js'
import { assessObjection, objectionByReference, raiseObjection } from '../../src/objections/actions.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'
import { useApp } from '../support/app.js'
import { desktop, overflows, phone, picture, useBrowser, violations } from '../support/browser.js'
import { password } from '../support/people.js'

describe('A remedy, from the officer to the customer and back', function () {
  this.timeout(300_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)

  it('is put to the customer by staff and confirmed on a phone with a code', async () => {
    const officer = await addPersonWithPassword(
      tilsyn.context(),
      { email: 'berit@nordvang.example', name: 'Berit Åkjær', role: 'officer', locale: 'da' },
      password,
    )
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{ name: 'Bakkeby Kommune' }])
    const contact = customer?.contacts[0]
    if (!customer || !contact) throw new Error('no customer')
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const recipient = `${notice._id}/${customer._id}`
    const at = tilsyn.now()
    const letter = { name: 'brev.txt', bytes: Buffer.from('Vi har fået varslet.') }
    await registerDelivery(tilsyn.context(), recipient, { channel: 'letter', at }, letter)
    const { objection } = await raiseObjection(
      tilsyn.context({ kind: 'customer', id: contact.id }),
      recipient,
      {
        by: { kind: 'contact', id: contact.id, name: contact.name },
        channel: 'page',
        receivedAt: at,
        receivedOn: tilsyn.today(),
        reasons: 'Vi vil vide, hvem der har adgang.',
        files: [],
      },
    )
    await assessObjection(tilsyn.context({ kind: 'staff', id: officer._id }), objection.reference, {
      owner: officer._id,
      answerBy: '2026-12-01',
      assessment: 'Adgangen begrænses.',
    })

    const desk = await open({ as: officer, viewport: desktop })
    await desk.goto(`/objections/${objection.reference}`)
    await desk.fill('#field-remedy', 'Kun to navngivne medarbejdere har adgang.')
    await desk.click('#remedy button')
    await desk.waitForSelector('.flash')
    await look(desk, 'case')

    const link = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: customer._id,
      contact: contact.id,
      about: { kind: 'recipient', id: recipient },
      expiresOn: '2027-11-24',
    })
    const page = await open({ viewport: phone, hasTouch: true, isMobile: true })
    await page.goto(new URL(linkUrl(link, linkMaker(tilsyn.house))).pathname)
    await page.goto(`/c/${link._id}/objections/${objection.reference}`)
    await look(page, 'objection')
    await page.fill('#field-remedied-title', 'Jurist')
    await page.tap('form[action$="/remedied"] button')
    await page.waitForURL('**/codes/*')
    await look(page, 'code')
    expect((await recipientById(recipient))?.held, 'nothing yet').to.equal(true)
    await page.fill('#field-code', codeDigits(page.url().split('/').at(-1) ?? '', tilsyn.house.keys.codes))
    await page.tap('main form .form-actions button')
    await page.waitForURL('**/objections/*')
    await look(page, 'confirmed')
    expect(await objectionByReference(objection.reference)).to.deep.include({
      outcome: 'remedied',
      outcomeNote: 'Kun to navngivne medarbejdere har adgang.',
    })
    expect((await recipientById(recipient))?.held).to.equal(false)
    await desk.reload()
    await look(desk, 'case-confirmed')
    expect(await desk.textContent('main')).to.include('Jurist')
  })

  async function look(page: Page, name: string): Promise<void> {
    await picture(page, `remedy-${name}`)
    expect(await violations(page), name).to.deep.equal([])
    expect(await overflows(page), name).to.equal(false)
  }
})
