import { expect } from 'chai'
import { entriesAbout } from '../../src/audit-log/records/entries.js'
import { calendarYear } from '../../src/base/day.js'
import { allTexts } from '../../src/i18n/texts.js'
import {
  addNote,
  breachesInPeriod,
  breachOf,
  breachTasks,
  closeBreach,
  judgeRisk,
  mailReportLink,
  moreByVendor,
  registerCall,
  reportByVendor,
  saveContent,
  saveDetails,
  sendPhase,
  standingOf,
  vendorBy,
} from '../../src/breaches/actions.js'
import { affectedOfCustomer } from '../../src/breaches/records.js'
import { emptyContent, type NoticeContent } from '../../src/breaches/rules.js'
import { vendorByReference } from '../../src/register/actions.js'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import { password } from '../support/people.js'
import { linkIn, refused, useJourney } from './house.js'
import { aContact, buildWorld } from './world.js'

const given = [
  { name: 'Aa Mail A/S', contacts: [aContact('dpo@aa.example')] },
  { name: 'Bb Mail Ltd', contacts: [aContact('dpo@bb.example', { locale: 'en' })] },
  {
    name: 'Cc Nede A/S',
    contacts: [aContact('dpo@cc.example', { phone: '+45 11 22 33 44' })],
    agreement: { breachHours: 12 },
  },
  { name: 'Dd Nede A/S', contacts: [aContact('dpo@dd.example', { phone: '+45 55 66 77 88' })] },
]

const both = (da: string, en: string) => ({ da, en })

describe('A breach reported late on a Friday', function () {
  this.timeout(120_000)
  const house = useJourney()

  it('reaches everybody in time, half of them by telephone, and is closed after the clocks went back', async () => {
    house.moveTo('2026-10-22T08:00:00Z')
    const world = await buildWorld(house.officer(), given)
    await addPersonWithPassword(
      house.officer(),
      { email: 'vagt@nordvang.example', name: 'Berit Vagt', role: 'officer', locale: 'da' },
      password,
    )
    const [aa, bb, cc, dd] = world.customers
    const vendor = await vendorByReference('V-0001')
    const contact = vendor?.contacts[0]
    await mailReportLink(house.officer(), 'V-0001', contact?.id ?? '')
    await house.work()
    expect(linkIn(house.mailbox.mailsFor(contact?.email ?? '').at(-1))).to.match(/^\/l\//)

    // Friday 23 October 2026, 22:30 in Copenhagen: the sub-processor knew at 18:10.
    house.moveTo('2026-10-23T20:30:00Z')
    const here = await vendorBy({
      _id: 'link',
      kind: 'vendor',
      vendor: vendor?._id ?? '',
      contact: contact?.id ?? '',
      about: { kind: 'breach', id: vendor?._id ?? '' },
    })
    const by = house.context({ kind: 'vendor', id: contact?.id ?? '' })
    const reported = await reportByVendor(
      by,
      here,
      {
        once: 'friday',
        report: 'Der er læst i sikkerhedskopierne.',
        engagements: [],
        vendorKnewAt: new Date('2026-10-23T16:10:00Z'),
        contact: { name: 'Ida Holm', phone: '+45 20 30 40 50', email: 'ida@vagt.example' },
      },
      [],
    )
    const { reference } = reported
    await house.work()
    expect(house.mailbox.mailsFor('vagt@nordvang.example').at(-1)?.subject).to.match(
      /indberetter et brud: BR-2026-001, første frist lørdag den 24. oktober 2026 kl. 10.30/,
    )

    // Staff takes it up, and sends what is known. The mail servers of half the customers are down.
    house.moveTo('2026-10-23T21:15:00Z')
    house.mailbox.refuse('dpo@cc.example', 451)
    house.mailbox.refuse('dpo@dd.example', 451)
    await saveDetails(house.officer(), reference, {
      role: 'processor',
      engagements: [world.present._id],
      services: [],
      from: '2026-10-20',
      until: null,
      foundAt: null,
    })
    const known: NoticeContent = {
      ...emptyContent({ name: 'Karen Østergård', phone: '+45 70 10 20 30', email: 'dpo@nordvang.example' }),
      nature: both('Uvedkommende har læst sikkerhedskopier.', 'A third party has read backups.'),
    }
    await saveContent(house.officer(), reference, known)
    await sendPhase(house.officer(), reference)
    await house.work()
    await house.work()
    expect(house.mailbox.mailsFor('dpo@aa.example').at(-1)?.text)
      .to.include('Uvedkommende har læst sikkerhedskopier.')
      .and.include('Ikke kendt endnu')
      .and.include('fredag den 23. oktober 2026 kl. 18.10')
    expect(house.mailbox.mailsFor('dpo@bb.example').at(-1)?.text).to.include('Not known yet')
    const night = await standingOf(reported)
    expect(night).to.include({ affected: 4, untold: 2, waiting: 2 })
    // Twelve agreed hours end first.
    expect(night.first?.toISOString()).to.equal('2026-10-24T08:30:00.000Z')
    const [task] = await breachTasks(house.now(), 'en')
    expect([task?.text, task?.severity, task?.on, task?.facts['span']]).to.deep.equal([
      'breaches:task.wait',
      'overdue',
      null,
      '11 h 15 min',
    ])

    // The telephone: one is told at night, the other answers in the morning.
    const call = { number: '', note: '', spokeWith: '' }
    await registerCall(house.officer(), reference, cc?.reference ?? '', {
      ...call,
      at: new Date('2026-10-23T21:14:00Z'),
      outcome: 'told',
      spokeWith: 'Vagten',
    })
    await registerCall(house.officer(), reference, dd?.reference ?? '', {
      ...call,
      at: house.now(),
      outcome: 'no-answer',
    })
    await house.goTo('2026-10-24T08:30:00Z')
    expect(house.mailbox.mailsFor('vagt@nordvang.example').at(-1)?.subject).to.equal(
      'BR-2026-001: 12 t. tilbage, 1 kunde ikke underrettet',
    )
    await refused(
      closeBreach(house.officer(), reference, { facts: 'x', effects: 'x', remedy: 'x', lesson: 'x' }),
      'breach-untold',
    )
    await registerCall(house.officer(), reference, dd?.reference ?? '', {
      ...call,
      at: house.now(),
      outcome: 'told',
      spokeWith: 'Åse Ørsted',
    })
    expect((await breachOf(reference)).state).to.equal('told')

    // Sunday, in the second half past two: the sub-processor knows more, the mail is back, and everybody gets phase 2.
    house.mailbox.recover()
    house.moveTo('2026-10-25T01:30:00Z')
    await moreByVendor(by, here, reference, { text: 'Det drejer sig om 40 medarbejdere.', files: [] })
    await saveContent(house.officer(), reference, {
      ...known,
      subjects: both('Medarbejdere', 'Employees'),
      subjectCount: 40,
      records: both('Navn og lokalnummer', 'Name and extension'),
      recordCount: 40,
      consequences: both('Uønskede opkald.', 'Unwanted calls.'),
      measures: both('Adgangen er lukket.', 'The access is closed.'),
      news: both('Antallet er nu kendt.', 'The number is known now.'),
    })
    await sendPhase(house.officer(), reference)
    await house.work()
    await house.work()
    for (const address of ['dpo@aa.example', 'dpo@cc.example', 'dpo@dd.example'])
      expect(house.mailbox.mailsFor(address).at(-1)?.text, address)
        .to.include('Antallet er nu kendt.')
        .and.include('cirka 40')
    expect(house.mailbox.mailsFor('dpo@bb.example').at(-1)?.subject).to.include('Message 2 about')
    expect((await standingOf(reported)).behind).to.equal(0)
    const [part] = await affectedOfCustomer(bb?._id ?? '')
    expect(part?.phases.map(({ state }) => state)).to.deep.equal(['told', 'told'])

    await judgeRisk(house.officer(), reference, {
      groups: [
        { who: 'Medarbejdere', harms: ['loss'], likelihood: 2, consequence: 2, because: 'Kun lokalnumre.' },
      ],
      safeguards: '',
      conclusion: 'risk',
      because: 'Som forslaget.',
    })
    await addNote(house.officer(), await breachOf(reference), {
      from: 'staff',
      name: 'Berit Vagt',
      text: 'Alle har svaret.',
      files: [],
    })
    await house.goTo('2026-10-26T09:00:00Z')
    const closed = await closeBreach(house.officer(), reference, {
      facts: 'Læst i sikkerhedskopier.',
      effects: 'Lokalnumre for 40 medarbejdere.',
      remedy: 'Adgang lukket.',
      lesson: 'Vagttelefon hos kunderne.',
    })
    expect(closed).to.include({ state: 'closed', open: false })
    expect(await breachTasks(house.now(), 'da')).to.deep.equal([])

    // What the year's audit is told, and the same reckoned from the log alone.
    const year = await breachesInPeriod(calendarYear(2026))
    expect(year).to.deep.include({
      count: 1,
      open: 0,
      affected: 4,
      told: 4,
      owed: 4,
      within24: 4,
      withinAgreed: 4,
      shortest: 44,
      longest: 720,
      references: [reference],
    })
    const minutes: number[] = []
    for (const customer of [aa, bb, cc, dd])
      for (const { event, facts } of await entriesAbout(
        'breach-customer',
        `${closed._id}/${customer?._id}`,
        100,
      ))
        if (/\.told(?:$|-by-call|-otherwise)/.test(event) && facts['phase'] !== 2)
          minutes.push((Number(facts['toldAt']) - Number(facts['awareAt'])) / 60_000)
    expect(minutes.map(Math.floor).toSorted((a, b) => a - b)).to.deep.equal([44, 45, 45, 720])
    const texts = allTexts.da['audit-log']?.['event'] as Record<string, Record<string, string>>
    for (const { event } of await entriesAbout('breach', closed._id, 100))
      expect(texts['breach']?.[event.replace('breach.', '')], event).to.be.a('string')
  })
})
