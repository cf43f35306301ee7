import { expect } from 'chai'
import type { Locale } from '../../src/base/context.js'
import type { Notice, Recipient } from '../../src/notices/rules.js'
import { danishDateRules } from '../../src/notices/rules/deadlines.js'
import {
  alertMail,
  blockedMail,
  customerWroteMail,
  messageMail,
  outcomeMail,
  receiptMail,
  type CustomerReader,
} from '../../src/objections/mails.js'
import { confirmedMail, remedyMail } from '../../src/objections/mails/remedy.js'
import { outcomes, type Objection } from '../../src/objections/rules.js'
import { anObjection } from './builders.js'

const notice = {
  reference: 'CN-2026-001',
  rules: danishDateRules,
  sender: { name: 'Nordvang Drift A/S', officer: 'Karen', phone: '', replyTo: 'svar@nordvang.example' },
  lines: [
    {
      id: 'l1',
      kind: 'addition',
      content: { vendorName: 'Nyborg Backup ApS', places: [] },
      replacedContent: null,
    },
  ],
} as unknown as Notice
const recipient = {
  caseNumber: '26/1234',
  customerName: 'Bakkeby Kommune',
  lines: [{ line: 'l1' }],
} as unknown as Recipient

const reader = (locale: Locale): CustomerReader => ({
  notice,
  recipient,
  services: new Map(),
  contact: { name: 'Mette Krogh', locale },
  to: { contact: 'c1', address: 'dpo@bakkeby.example', link: 'link1' },
})
const officer = (locale: Locale) => ({
  person: 'p1',
  name: 'Anders',
  address: 'anders@nordvang.example',
  locale,
})
const message = {
  id: 'm1',
  at: new Date('2026-12-08T09:00:00Z'),
  by: { kind: 'staff' as const, id: 'p1', name: 'Anders' },
  direction: 'to-customer' as const,
  text: 'Første afsnit.\n\nAndet afsnit.',
}

describe('mails about an objection', () => {
  it('the receipt says first that nothing more need be done, and carries the customer’s own case number', () => {
    const mail = receiptMail(anObjection({ reasons: 'Vi vil ikke' }), reader('da'))
    expect(mail.content.subject).to.equal(
      'Jeres sag 26/1234: Vi har modtaget jeres indsigelse OB-2026-001 [CN-2026-001]',
    )
    expect(mail.content.lead).to.equal(
      'I skal ikke gøre mere nu. Vi har modtaget indsigelsen fra Bakkeby Kommune, og ændringen bruges ikke for jer, mens vi behandler den.',
    )
    expect(mail).to.include({ link: 'link1', replyTo: 'svar@nordvang.example', locale: 'da' })
    expect(JSON.stringify(mail.content)).to.contain('Vi vil ikke').and.contain('7. dec. 2026 kl. 10.30')
  })

  it('a late one is told so; one that met use is told what comes first', () => {
    const late = receiptMail(anObjection({ timely: false }), reader('en'))
    expect(JSON.stringify(late.content)).to.contain('came after the limit in our agreement')
    const used = receiptMail(anObjection({ useHadBegun: true }), reader('en'))
    expect(used.content.lead).to.contain('The change was already in use for you')
    expect(
      alertMail(anObjection({ useHadBegun: true }), officer('en'), 'Europe/Copenhagen').content.lead,
    ).to.contain('Act today')
  })

  it('the outcome tells the customer what was done and nothing of our assessment', () => {
    for (const outcome of outcomes)
      for (const locale of ['da', 'en'] as const) {
        const settled = anObjection({
          state: 'settled',
          outcome,
          outcomeNote: 'Sådan blev det',
          assessment: 'HEMMELIGT',
          endsOn: '2027-01-31',
          messages: [{ ...message, direction: 'internal', text: 'HEMMELIGT' }],
        })
        const mail = outcomeMail(settled, reader(locale))
        expect(JSON.stringify(mail)).to.contain('Sådan blev det').and.not.contain('HEMMELIGT')
        expect(mail.content.lead, `${locale} ${outcome}`).to.contain('OB-2026-001')
      }
  })

  it('a remedy asks first, says what was done, and how the customer confirms', () => {
    const remedy = { id: 'r1', at: new Date('2026-12-08T09:00:00Z'), text: 'Kun to har adgang.' }
    const mail = remedyMail(anObjection({ remedy }), remedy, reader('da'))
    expect(mail.content.lead).to.equal(
      'Fortæl os, om det, vi har gjort, imødekommer indsigelsen fra Bakkeby Kommune.',
    )
    expect(JSON.stringify(mail.content.sections)).to.contain('Kun to har adgang.').and.contain('kode')
    expect(mail.key).to.equal('objection/remedy/OB-2026-001/r1/c1')
    const told = confirmedMail(anObjection({ outcome: 'remedied' }), officer('en'))
    expect(told.content.subject).to.equal('Bakkeby Kommune confirms that OB-2026-001 is met')
  })

  it('a message keeps its paragraphs', () => {
    expect(messageMail(anObjection(), message, reader('da')).content.sections[0]?.paragraphs).to.deep.equal([
      'Første afsnit.',
      'Andet afsnit.',
    ])
  })

  it('each has a key of its own for each reader, the same whenever it is made again', () => {
    const objection: Objection = anObjection({ outcome: 'remedied' })
    const made = () => [
      receiptMail(objection, reader('da')).key,
      messageMail(objection, message, reader('da')).key,
      outcomeMail(objection, reader('da')).key,
      alertMail(objection, officer('da'), 'Europe/Copenhagen').key,
      customerWroteMail(objection, message, officer('da')).key,
      customerWroteMail(objection, null, officer('da')).key,
    ]
    expect(new Set(made()).size).to.equal(6)
    expect(made()).to.deep.equal(made())
  })

  it('what is blocked says for whom and why, in the reader’s language', () => {
    const blocked = {
      recipient: 'n1/k1',
      noticeReference: 'CN-2026-001',
      customerName: 'Bakkeby Kommune',
      customerReference: 'C-0001',
      because: 'notices:waits.objection',
      sample: false,
    }
    const [da, en] = (['da', 'en'] as const).map((locale) => blockedMail(blocked, officer(locale)))
    expect(da?.content.subject).to.equal('CN-2026-001 må ikke bruges for Bakkeby Kommune')
    expect(en?.content.subject).to.equal('CN-2026-001 may not be used for Bakkeby Kommune')
    expect(JSON.stringify(da?.content)).not.to.contain('notices:')
  })
})
