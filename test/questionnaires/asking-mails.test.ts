import { expect } from 'chai'
import type { Locale } from '../../src/base/context.js'
import type { MailContent, MailRow } from '../../src/mail/rules.js'
import { askedMail, reminderMail, sentBackMail } from '../../src/questionnaires/mails/asking.js'
import {
  concludedMail,
  escalationMail,
  submittedMail,
  withdrawnMail,
} from '../../src/questionnaires/mails/over.js'
import type { Reader, Writing } from '../../src/questionnaires/mails/shared.js'
import { deliveryAfter } from '../../src/questionnaires/rules/asking.js'
import type { Questionnaire } from '../../src/questionnaires/rules/questionnaire.js'
import { aQuestionnaire, moveOn } from './builders.js'

const zone = 'Europe/Copenhagen'

function writing(changes: Partial<Questionnaire> = {}): Writing {
  return {
    questionnaire: aQuestionnaire(changes),
    asker: {
      name: 'Nordvang Drift A/S',
      dpo: { name: 'Karen Østergård', email: 'dpo@nordvang.example', phone: '+45 70 10 20 30' },
    },
    about: {
      da: { engagements: ['Backup af servere'], set: 'Årligt tilsyn' },
      en: { engagements: ['Backup of servers'], set: 'Yearly supervision' },
    },
  }
}

const reader = (locale: Locale): Reader => ({
  name: 'Ida Holm',
  email: 'ida@nyborg.example',
  locale,
  contact: 'c1',
  link: 'l1',
})

function wordsOf({ subject, lead, sections, closing = [] }: MailContent): string {
  return [
    subject,
    lead,
    ...sections.flatMap(({ heading = '', paragraphs = [], rows = [], list = [] }) => [
      heading,
      ...paragraphs,
      ...rows.flat(),
      ...list,
    ]),
    ...closing,
  ].join('\n')
}

describe('the mails of a questionnaire', () => {
  const concluded = {
    band: 'satisfactory',
    proposedBand: 'satisfactory',
    score: 88,
    reason: '',
    external: 'Tak for et grundigt svar.',
    internal: 'Vi ser på det igen til foråret.',
    answers: '',
    at: new Date('2026-12-01T09:00:00Z'),
    by: { kind: 'staff' as const, id: 'officer' },
  }
  const submitted = {
    at: new Date('2026-11-28T13:00:00Z'),
    by: { name: 'Ida Holm', title: 'Compliancechef' },
  }
  const all = (locale: Locale) => [
    askedMail(writing(), reader(locale)),
    reminderMail(writing(), reader(locale), -3, '2026-11-27'),
    reminderMail(writing(), reader(locale), 3, '2026-12-03'),
    sentBackMail(writing({ round: 2 }), reader(locale), [
      { question: 'Hvor ligger data?', remark: 'Hvilket land?' },
    ]),
    submittedMail(writing({ submitted }), reader(locale), zone),
    concludedMail(writing({ conclusion: concluded }), reader(locale), 'Tilfredsstillende'),
    withdrawnMail(writing(), reader(locale), 'Vi stopper.'),
    escalationMail(
      writing(),
      { person: 'p1', name: 'Karen', email: 'dpo@nordvang.example', locale },
      { reminders: 3 },
    ),
  ]

  for (const locale of ['da', 'en'] as const)
    it(`say all they have to say in ${locale}, with the reference in the subject`, () => {
      for (const mail of all(locale)) {
        const words = wordsOf(mail.content)
        expect(mail.content.subject, mail.kind).to.include('QN-2026-001')
        expect(words, mail.kind).not.to.match(/\{\{|questionnaires-asking:|undefined/)
        expect(mail.locale).to.equal(locale)
      }
      expect(new Set(all(locale).map(({ key }) => key)).size).to.equal(8)
    })

  it('ask by a day, say why, and that the link is personal', () => {
    const words = wordsOf(askedMail(writing(), reader('da')).content)
    expect(words)
      .to.include('senest 30. november 2026')
      .and.include('Backup af servere')
      .and.include('tilsyn')
      .and.include('Linket er personligt')
    expect(words).not.to.include('seneste svar')
    expect(wordsOf(askedMail(writing({ previous: 'q0' }), reader('da')).content)).to.include('seneste svar')
    for (const why of ['addition', 'replacement', 'other'] as const)
      expect(wordsOf(askedMail(writing({ why }), reader('en')).content)).not.to.include(
        'questionnaires-asking',
      )
  })

  it('remind of the days left, or of those that have passed', () => {
    const subject = (offset: number, today: string) =>
      reminderMail(writing(), reader('da'), offset, today).content.subject
    expect(subject(-14, '2026-11-16')).to.include('14 dage tilbage')
    expect(subject(-3, '2026-11-29')).to.include('1 dag tilbage')
    expect(subject(0, '2026-11-30')).to.include('fristen er i dag')
    expect(subject(14, '2026-12-14')).to.include('overskredet med 14 dage')
  })

  it('tell the vendor the words meant for it, and none of our own', () => {
    const words = wordsOf(
      concludedMail(writing({ conclusion: concluded }), reader('da'), 'Tilfredsstillende').content,
    )
    expect(words).to.include('Tak for et grundigt svar.').and.include('Tilfredsstillende')
    expect(words).not.to.include('til foråret').and.not.include('88')
  })

  it('name each open question with our remark on it', () => {
    const words = wordsOf(
      sentBackMail(writing({ round: 2 }), reader('da'), [
        { question: 'Hvor ligger data?', remark: 'Hvilket land?' },
        { question: 'Hvem har adgang?', remark: '' },
      ]).content,
    )
    expect(words).to.include('2 punkter mangler').and.include('Hvor ligger data? – Hvilket land?')
  })

  it('have a key of their own for each asking, reminder and round', () => {
    const again = { moves: [...aQuestionnaire().moves, moveOn('questionnaire.sent-again', '2026-11-02')] }
    expect(askedMail(writing(), reader('da')).key).not.to.equal(askedMail(writing(again), reader('da')).key)
    const key = (changes: Partial<Questionnaire>, offset: number) =>
      reminderMail(writing(changes), reader('da'), offset, '2026-11-20').key
    expect(
      new Set([key({}, -14), key({}, -3), key({ dueOn: '2026-12-30' }, -3), key({ round: 2 }, -3)]).size,
    ).to.equal(4)
  })
})

// Nothing is called sent that no mail server has taken.
describe('word about a mail', () => {
  const base: Pick<
    MailRow,
    'key' | 'kind' | 'to' | 'state' | 'acceptedAt' | 'sample' | 'queuedAt' | 'evidence'
  > = {
    key: 'questionnaire/asked/QN-2026-001/1',
    kind: 'questionnaire-asked',
    to: { address: 'ida@nyborg.example' },
    state: 'accepted',
    acceptedAt: new Date('2026-11-01T09:02:00Z'),
    sample: false,
    queuedAt: new Date('2026-11-01T09:00:00Z'),
    evidence: [],
  }
  const onItsWay: Partial<Questionnaire> = { delivery: 'under-way', arrivedAt: null }
  const table: [
    name: string,
    questionnaire: Partial<Questionnaire>,
    mail: Partial<typeof base>,
    delivery: string | null,
  ][] = [
    ['taken by their server: it has come', onItsWay, {}, 'accepted'],
    ['refused: somebody else is to be found', onItsWay, { state: 'bounced', acceptedAt: null }, 'refused'],
    ['given up after days of trying', onItsWay, { state: 'given-up', acceptedAt: null }, 'refused'],
    [
      'kept because there is no mail server: it went to nobody',
      onItsWay,
      { state: 'kept', acceptedAt: null },
      'kept',
    ],
    ['back after it was taken', {}, { state: 'bounced' }, 'refused'],
    ['about an earlier contact says nothing', onItsWay, { to: { address: 'ole@nyborg.example' } }, null],
    [
      'that was sent anew since says nothing',
      { ...onItsWay, moves: [...aQuestionnaire().moves, moveOn('questionnaire.sent-again', '2026-11-02')] },
      { state: 'bounced', acceptedAt: null },
      null,
    ],
    ['that comes after they have answered says nothing', { state: 'submitted' }, { state: 'bounced' }, null],
    ['that says the same again changes nothing', {}, {}, null],
    [
      'of a reminder that was refused: the address is dead by now',
      {},
      {
        kind: 'questionnaire-reminder',
        key: 'r',
        queuedAt: new Date('2026-11-16T09:00:00Z'),
        state: 'bounced',
        acceptedAt: null,
      },
      'refused',
    ],
    [
      'of a reminder that was kept says nothing new',
      {},
      {
        kind: 'questionnaire-reminder',
        key: 'r',
        queuedAt: new Date('2026-11-16T09:00:00Z'),
        state: 'kept',
        acceptedAt: null,
      },
      null,
    ],
  ]
  for (const [name, questionnaire, mail, delivery] of table)
    it(name, () => {
      const state = mail.state === 'bounced' ? { acceptedAt: null } : {}
      const after = deliveryAfter(aQuestionnaire(questionnaire), { ...base, ...mail, ...state })
      expect(after?.delivery ?? null).to.equal(delivery)
    })
})
