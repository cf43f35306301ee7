import { expect } from 'chai'
import { locales } from '../../src/base/context.js'
import type { MailContent } from '../../src/mail/rules.js'
import { announcement } from '../../src/notices/mails/announcement.js'
import type { Letter } from '../../src/notices/mails/letter.js'
import { approvalReminder, correction, withdrawalNotice } from '../../src/notices/mails/later.js'
import { paperCalendar, paperFile, paperKey } from '../../src/notices/page/paper.js'
import { suggestedSafeguards } from '../../src/notices/page/safeguards.js'
import { aContent, aLine, aNotice, aPart, aRecipient, aRunning, contact } from './builders.js'

const services = new Map([['hosting', { da: 'Hosting', en: 'Hosting' }]])
const letter = (changes: Partial<Letter> = {}): Letter => ({
  notice: aNotice(),
  recipient: aRecipient(),
  contact: contact(1),
  services,
  ...changes,
})
const inEnglish = { contact: contact(1, 'en') }

function wordsOf({ subject, lead, greeting, sections, closing }: MailContent): string {
  const parts = sections.flatMap(({ heading, paragraphs, rows, list }) => [
    heading,
    ...(paragraphs ?? []),
    ...(rows ?? []).flat(),
    ...(list ?? []),
  ])
  return [subject, lead, greeting, ...parts, ...(closing ?? [])].filter(Boolean).join('\n')
}

describe('the announcement', () => {
  it('says first what the reader must do, and has the customer’s case number in its subject', () => {
    const mail = announcement(letter({ recipient: aRecipient({ caseNumber: '26/1234' }) }))
    expect(mail.lead).to.equal(
      'I behøver ikke gøre noget, medmindre I vil gøre indsigelse. Sidste dag er mandag den 28. december 2026.',
    )
    expect(mail.subject).to.equal(
      'Jeres sag 26/1234: Varsel om ny underdatabehandler: Nyborg Backup ApS – indsigelse senest mandag den 28. december 2026 [CN-2026-001]',
    )
    expect(mail.caseNumber).to.equal('26/1234')
  })

  it('tells who, what, where, why, from when, safeguards, last day and how to object', () => {
    const words = wordsOf(announcement(letter(inEnglish)))
    for (const part of [
      'You need do nothing unless you object.',
      'Nyborg Backup ApS (CVR 29403473)',
      'Havnegade 3, 5800 Nyborg, Denmark',
      'Backup of servers',
      'Data is stored in\nDenmark',
      'No transfer out of the EU/EEA',
      'We bring backup together in one place.',
      'Friday 1 January 2027 at the earliest',
      'Contract signed.',
      'Agreed notice\n30 days',
      'Monday 28 December 2026 (the whole day)',
      'write to varsler@nordvang.example',
      'for as long as we have not made the change for you',
    ])
      expect(words).to.include(part)
  })

  it('prints the customer’s own earliest day where the planned start is before it', () => {
    const early = aNotice({ plannedStart: '2026-12-01' })
    expect(wordsOf(announcement(letter({ notice: early, ...inEnglish })))).to.include(
      'Tuesday 29 December 2026 at the earliest',
    )
  })

  it('asks a customer under specific authorisation for its answer, and says what silence means', () => {
    const recipient = aRecipient({ lines: [aPart({ mode: 'approval' })] })
    const mail = announcement(letter({ recipient, ...inEnglish }))
    expect(mail.lead).to.equal(
      'We need your answer by Monday 28 December 2026. Without your written approval we will not make this change for you.',
    )
    expect(mail.subject).to.include('We ask for your approval of a new sub-processor')
    const words = wordsOf(mail)
    expect(words).to.include('Reply to this mail, or write to varsler@nordvang.example.')
    expect(words).to.include('we take it as a no')
    expect(words).to.not.include('unless you object')
  })

  it('asks nothing of those who are merely informed, and names no last day', () => {
    const recipient = aRecipient({ lines: [aPart({ mode: 'information' })], printedLastDay: null })
    const mail = announcement(letter({ recipient, ...inEnglish }))
    expect(mail.lead).to.equal('You need do nothing. We are telling you about a change.')
    expect(wordsOf(mail)).to.not.include('28 December')
  })

  it('says of each line what it asks where lines differ', () => {
    const notice = aNotice({
      lines: [
        aLine(),
        aLine({ id: 'l2', kind: 'removal', content: aContent({ vendorName: 'Gammelby Drift ApS' }) }),
      ],
    })
    const recipient = aRecipient({ lines: [aPart(), aPart({ line: 'l2', mode: 'information' })] })
    const mail = announcement(letter({ notice, recipient, ...inEnglish }))
    expect(mail.subject).to.include('changes of sub-processors: Nyborg Backup ApS, Gammelby Drift ApS')
    expect(wordsOf(mail))
      .to.include('Nothing, unless you object')
      .and.include('Nothing: for your information')
  })

  it('shows a replacement with what it replaces', () => {
    const line = aLine({
      kind: 'replacement',
      replaces: 'e0',
      replacedContent: aContent({ vendorName: 'Gammelby Drift ApS' }),
    })
    const words = wordsOf(announcement(letter({ notice: aNotice({ lines: [line] }) })))
    expect(words)
      .to.include('Nyborg Backup ApS afløser Gammelby Drift ApS som underdatabehandler')
      .and.include('I stedet for\nGammelby Drift ApS')
  })

  it('tells a customer whose instruction does not cover the transfer that it waits for one', () => {
    expect(
      wordsOf(announcement(letter({ recipient: aRecipient({ blockedBy: ['instruction'] }) }))),
    ).to.include('som jeres instruks til os ikke omfatter')
  })

  it('respects an agreement under which objections end with the period', () => {
    const recipient = aRecipient()
    recipient.agreement = { ...recipient.agreement, objectionUntil: 'period-end' }
    expect(wordsOf(announcement(letter({ recipient, ...inEnglish })))).to.not.include(
      'for as long as we have not made',
    )
  })
})

describe('the mails that follow', () => {
  it('correct the day to the later one, and say from which', () => {
    const words = wordsOf(
      correction(letter({ recipient: aRunning({ lastDay: '2027-01-04', earliestUse: '2027-01-05' }) })),
    )
    expect(words).to.include('Sidste dag for indsigelse er nu mandag den 4. januar 2027')
    expect(words).to.include('Dato i varslet\nmandag den 28. december 2026')
    expect(words).to.include('Tidligst tirsdag den 5. januar 2027')
  })

  it('remind of an approval with how to give it', () => {
    const recipient = aRunning({ lines: [aPart({ mode: 'approval' })] })
    const mail = approvalReminder(letter({ recipient, ...inEnglish }))
    expect(mail.lead).to.include('We are still waiting for your answer.')
    expect(wordsOf(mail)).to.include('varsler@nordvang.example')
  })

  it('withdraw with the reason, and ask for nothing', () => {
    const notice = aNotice({
      state: 'withdrawn',
      withdrawal: {
        on: '2026-12-01',
        because: { da: 'Planen er ændret.', en: 'The plan has changed.' },
        finished: true,
      },
    })
    const mail = withdrawalNotice(letter({ notice, ...inEnglish }))
    expect(mail.lead).to.match(/^You need do nothing\./)
    expect(wordsOf(mail)).to.include('The plan has changed.')
  })

  for (const locale of locales)
    it(`have all their words in ${locale}`, () => {
      const modes = ['notice', 'approval', 'information'] as const
      for (const mode of modes) {
        const recipient = aRunning({ lines: [aPart({ mode })] })
        for (const mail of [announcement, correction, approvalReminder, withdrawalNotice]) {
          const words = wordsOf(mail(letter({ recipient, contact: contact(1, locale) })))
          expect(words).to.not.match(/notices:|\bmail\.[a-z]|\brow\.[a-z]|\{\{|undefined/)
        }
      }
    })
})

describe('the paper that goes with the mails', () => {
  it('is the same for all who read the same, and names no customer', () => {
    const other = aRecipient({
      _id: 'n1/c2',
      customer: 'c2',
      customerName: 'Ådal Forsyning A/S',
      caseNumber: '26/99',
    })
    expect(paperKey(other)).to.equal(paperKey(aRecipient()))
    expect(paperKey(aRecipient({ printedLastDay: '2027-01-25' }))).to.not.equal(paperKey(aRecipient()))
    expect(JSON.stringify(paperFile(letter({ recipient: other }), 'da')))
      .to.not.include('Ådal')
      .and.not.include('26/99')
  })

  it('says what it is, of whom, and which page', () => {
    const file = paperFile(letter(), 'en')
    expect(file).to.include({
      title: 'New sub-processor: Nyborg Backup ApS',
      kicker: 'Notice CN-2026-001 under the data processing agreement',
    })
    expect(file.footer).to.equal('Nordvang Drift A/S · CN-2026-001 · sent 24 November 2026')
    expect(file.pageLabel(1, 2)).to.equal('Page 1 of 2')
  })

  it('puts the last day in the calendar, where there is one', () => {
    expect(paperCalendar(letter(), 'en')).to.include({
      day: '2026-12-28',
      summary: 'Last day to object: Nyborg Backup ApS (CN-2026-001)',
      alarmDays: 5,
    })
    const informed = aRecipient({ lines: [aPart({ mode: 'information' })], printedLastDay: null })
    expect(paperCalendar(letter({ recipient: informed }), 'en')).to.equal(null)
  })
})

describe('the safeguards that are suggested', () => {
  const bare = { name: 'Nyborg Backup ApS', contract: null, dueDiligence: null, transfers: [] }

  it('name only what is so', () => {
    expect(suggestedSafeguards([bare])).to.deep.equal({ da: '', en: '' })
  })

  it('come from contract, assessment, assurance and transfers', () => {
    const { en } = suggestedSafeguards([
      {
        ...bare,
        contract: { template: 'ours', signedOn: '2026-11-02' },
        dueDiligence: { conclusion: 'accepted', concludedOn: '2026-11-03' },
        assurance: { owed: true, kind: 'ISAE 3402 type 2' },
        transfers: [
          {
            country: 'IN',
            basis: 'scc-2021',
            module: 3,
            tia: { concludedOn: '2026-11-01' },
            supplementary: 'Encryption',
          },
        ],
      },
    ])
    expect(en.split('\n')).to.have.length(5)
    expect(en)
      .to.include('signed 2 November 2026')
      .and.include('ISAE 3402 type 2')
      .and.include('1 November 2026')
      .and.include('Encryption')
  })
})
