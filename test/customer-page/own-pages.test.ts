import { expect } from 'chai'
import { codeDigits } from '../../src/auth/code-digits.js'
import { revokeLinks } from '../../src/auth/links.js'
import { changeContact, endContact } from '../../src/customers/actions.js'
import { confirmUse, noticeByReference, recipientById, withdrawNotice } from '../../src/notices/actions.js'
import { objectionsOfRecipient } from '../../src/objections/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aDraft, anEngagement, anIssued, officer } from '../notices/world.js'
import { readerOf } from './reader.js'

describe('the customer’s page, as its notice goes on', () => {
  const here = readerOf()
  const { tilsyn, begin, open, recipient, noticePage, object } = here

  it('the customer writes, and withdraws its objection, twice without harm', async () => {
    await begin()
    const url = (await object()).headers['location'] ?? ''
    expect((await submit(here.reader, url, { text: '', once: 'a' }, `${url}/messages`)).status).to.equal(422)
    for (let click = 0; click < 2; click += 1)
      expect(
        (await submit(here.reader, url, { text: 'Hvornår hører vi?', once: 'a' }, `${url}/messages`)).status,
      ).to.equal(303)
    expect((await objectionsOfRecipient(recipient()))[0]?.messages).to.have.length(1)
    const signer = { 'withdraw[name]': 'Mette Krogh', 'withdraw[title]': 'Jurist' }
    expect(
      (await submit(here.reader, url, { 'withdraw[name]': 'Mette' }, `${url}/withdraw`)).status,
    ).to.equal(422)
    const codePage = (await submit(here.reader, url, signer, `${url}/withdraw`)).headers['location'] ?? ''
    const id = codePage.split('/').at(-1) ?? ''
    const confirm = { code: codeDigits(id, tilsyn.house.keys.codes) }
    for (let click = 0; click < 2; click += 1)
      expect((await submit(here.reader, noticePage(), confirm, codePage)).headers['location']).to.equal(url)
    expect((await visit(here.reader, url)).text).to.contain('er trukket tilbage')
    expect((await recipientById(recipient()))?.held).to.equal(false)
  })

  it('where approval is needed, it says that silence is no and how to approve', async () => {
    await begin({ authorisation: 'specific' }, 'en')
    const page = await visit(here.reader, noticePage())
    expect(page.text).to.contain('We need your written approval. Please answer by Monday 28 December 2026.')
    expect(page.text).to.contain('Silence counts as no')
    expect(page.text).to.contain('You may also answer in writing to varsler@nordvang.example')
    expect(page.html).to.contain(`${noticePage()}/answer`)
    tilsyn.moveTo('2026-12-29')
    here.reader = await open(here.link)
    expect((await visit(here.reader, noticePage())).text).to.contain(
      'has passed. Without it the change is not made',
    )
  })

  it('tells each stage in words: permitted, in use, withdrawn', async () => {
    await begin()
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    here.reader = await open(here.link)
    expect((await visit(here.reader, noticePage())).text).to.contain(
      'uden indsigelse fra jer; vi må gennemføre ændringen for Bakkeby Kommune fra 29. december 2026',
    )
    await confirmUse(
      tilsyn.context(officer),
      here.notice.reference,
      here.notice.lines[0]?.id ?? '',
      '2026-12-29',
    )
    expect((await visit(here.reader, noticePage())).text).to.contain(
      'har været i brug for Bakkeby Kommune siden 29. december 2026',
    )
    expect((await visit(here.reader, `${noticePage()}/object`)).text).to.contain(
      'Vi tager imod jeres indsigelse alligevel',
    )

    const second = await anIssued(
      tilsyn,
      aDraft(await anEngagement(tilsyn, 'Vestby Cloud A/S', [here.world.hosting._id])),
    )
    await withdrawNotice(tilsyn.context(officer), second.reference, {
      da: 'Vi har valgt en anden.',
      en: 'We chose another.',
    })
    expect((await noticeByReference(second.reference)).state).to.equal('withdrawn')
    const withdrawn = await visit(here.reader, `${here.base}/notices/${second.reference}`)
    expect(withdrawn.text).to.contain('Vi har trukket varslet tilbage').and.contain('Vi har valgt en anden.')
    expect(withdrawn.html).not.to.contain('/object')
    expect((await visit(here.reader, here.base)).text).to.contain('Tidligere varsler')
  })

  it('a replacement is shown with before and after side by side', async () => {
    await begin()
    const next = await anEngagement(tilsyn, 'Vestby Cloud A/S', [here.world.hosting._id], {
      storageCountries: ['SE'],
    })
    const lines = [
      { kind: 'replacement' as const, engagement: next.reference, replaces: here.world.old.reference },
    ]
    const replaced = await anIssued(tilsyn, aDraft(next, { lines }))
    const page = await visit(here.reader, `${here.base}/notices/${replaced.reference}`)
    expect(page.text)
      .to.contain('Før')
      .and.contain('Gammelby Drift ApS')
      .and.contain('Vestby Cloud A/S')
      .and.contain('Sverige')
  })

  it('shows its list on any day, and says what is wrong with a day that is none', async () => {
    await begin()
    expect((await visit(here.reader, `${here.base}/list`)).text)
      .to.contain('har godkendt én underdatabehandler i dag')
      .and.contain('Gammelby Drift ApS')
    expect((await visit(here.reader, `${here.base}/list?on=2025-12-31`)).text).to.contain(
      'Intet var godkendt den dag.',
    )
    const wrong = await visit(here.reader, `${here.base}/list?on=2026-02-30`, 422)
    expect(wrong.html).to.contain('aria-invalid="true"')
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    here.reader = await open(here.link)
    expect((await visit(here.reader, `${here.base}/list`)).text)
      .to.contain('Nyborg Backup ApS')
      .and.contain('Ingen indsigelse; fra 29. december 2026')
    expect((await visit(here.reader, `${here.base}/list?on=2026-12-28`)).text).not.to.contain(
      'Nyborg Backup ApS',
    )
  })

  it('the notice as PDF and the last day as a calendar file', async () => {
    await begin()
    const pdf = await here.reader.get(`${noticePage()}/notice.pdf`).responseType('blob')
    expect([pdf.headers['content-type'], (pdf.body as Buffer).subarray(0, 5).toString()]).to.deep.equal([
      'application/pdf',
      '%PDF-',
    ])
    const calendar = await here.reader.get(`${noticePage()}/calendar.ics`).responseType('blob')
    expect((calendar.body as Buffer).toString()).to.contain('DTSTART;VALUE=DATE:20261228')
  })

  it('opens for a contact whose details were changed, and no more for one who has left', async () => {
    await begin()
    const { reference, contacts } = here.customer
    const [contact] = contacts
    if (!contact) throw new Error('no contact')
    const { id, email, name, locale, dataProtection, mayApprove } = contact
    const changed = await changeContact(tilsyn.context(), { reference, version: here.customer.version }, id, {
      contact: { name: `${name} Krogh`, email, locale, dataProtection, mayApprove, phone: '+45 12 34 56 78' },
      from: tilsyn.today(),
    })
    await visit(here.reader, here.base)
    const now = changed.contacts.find(({ to }) => to === null)
    await endContact(tilsyn.context(), { reference, version: changed.version }, now?.id ?? '', tilsyn.today())
    expect((await here.reader.get(here.base)).status).to.equal(404)
  })

  it('a revoked or expired link tells nothing about whom it was for', async () => {
    await begin()
    await revokeLinks(tilsyn.context(), { customer: here.customer._id })
    const dead = await here.reader.get(noticePage())
    expect(dead.status).to.equal(404)
    expect(dead.text).not.to.contain('Bakkeby')
  })
})
