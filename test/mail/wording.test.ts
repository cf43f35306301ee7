import { expect } from 'chai'
import { textIn } from '../../src/i18n/texts.js'
import {
  differenceOf,
  neededIn,
  placeholdersIn,
  shippedText,
  withText,
  worded,
  wordingProblems,
  type EditableText,
} from '../../src/mail/rules/wording.js'
import { textsToCustomers as all } from '../../src/customer-page/rules/wording.js'

const textNamed = (end: string): EditableText => all.find(({ key }) => key.endsWith(`mail.${end}`))!

describe('What own words in a mail must keep', () => {
  const cases: [text: string, words: string, problem: string | null, why: string][] = [
    ['lead.notice', 'Sidste dag er {{day}}.', null, 'the last day is there'],
    ['lead.notice', 'Gør indsigelse i god tid.', 'text-without-day', 'clause 7.3: in time to object'],
    ['lead.approval', 'Svar os, tak.', 'text-without-day', 'clause B.1, C.5: silence refuses, so until when'],
    ['subject-notice', 'Varsel – senest {{day}}', 'text-without-what', 'EDPB 22/2024: who it is'],
    ['subject-notice', 'Varsel om {{what}}', 'text-without-day', 'clause 7.3: in time to object'],
    ['object-reply', 'Eller ring til os.', 'text-without-mailbox', 'clause 7.3: an objection is in writing'],
    ['object-reply', 'Skriv til {{ mailbox }}.', null, 'blanks within the braces do no harm'],
    [
      'intro.notice',
      'Vi er jeres databehandler.',
      'text-without-sender',
      'Art. 28(2): the processor informs',
    ],
    ['correction.subject', 'Rettelse: nu til {{day}}', 'text-without-what', 'EDPB 22/2024'],
    ['reminder.lead', 'Vi venter stadig på jer.', 'text-without-day', 'silence is refusal: until when'],
    ['receipt.answer', 'Vi vender tilbage.', 'text-without-answer-day', 'our own promise has a day'],
    ['handover.lead', 'Du er nu kontaktperson.', 'text-without-what', 'EDPB 22/2024: about whom'],
    ['lead.instruction', 'Giv os en instruks.', 'text-without-day', 'C.6, 7.3: or object, until when'],
    ['link-renewed.lead', 'Her er et nyt link.', null, 'says nothing the law needs'],
    ['regards', 'Venlig hilsen', null, 'a closing needs nothing'],
    ['lead.notice', 'Senest {{day}}, kære {{name}}.', 'placeholder-unknown', 'nothing would be filled in'],
    ['lead.notice', 'Senest {{day}} eller {day}.', 'placeholder-broken', 'it would be read as it stands'],
    [
      'lead.notice',
      'Senest {{day}}. <b>Husk!</b>',
      'text-not-plain',
      'mails are plain text and our own HTML',
    ],
    ['lead.notice', '', 'required', 'a mail without a first line'],
    ['subject-notice', `{{what}} {{day}} ${'x'.repeat(160)}`, 'too-long', 'a subject is one line'],
  ]
  for (const [text, words, problem, why] of cases)
    it(`${text} "${words.slice(0, 40)}" is ${problem ?? 'taken'}: ${why}`, () => {
      expect(wordingProblems(words, textNamed(text), 'words.da').map((each) => each.text)).to.deep.equal(
        problem === null ? [] : [problem],
      )
    })

  it('keeps the code in the mail that brings it, and since when a sub-processor was used without permission', () => {
    const named = (key: string) => all.find((each) => each.key === key)!
    const problemsOf = (key: string, words: string) =>
      wordingProblems(words, named(key), 'words.da').map(({ text }) => text)
    expect(problemsOf('answers:code-mail.lead', 'Her er den.')).to.deep.equal(['text-without-code'])
    const lead = 'unpermitted:mail.lead'
    expect(problemsOf(lead, '{{sender}} har brugt {{vendor}}.')).to.deep.equal(['text-without-since'])
    expect(problemsOf(lead, '{{sender}}, siden {{since}}.')).to.deep.equal(['text-without-what'])
    expect(problemsOf('answers:receipt.tell-us', 'Sig til.')).to.deep.equal(['text-without-mailbox'])
  })

  it('holds for every text as shipped, in both languages', () => {
    for (const text of all)
      for (const locale of ['da', 'en'] as const)
        expect(wordingProblems(shippedText(text.key)[locale], text, 'words'), text.key).to.deep.equal([])
  })

  it('names in the sentence what is missing and why', () => {
    const [problem] = wordingProblems('x', textNamed('lead.notice'), 'words.en')
    const said = textIn('en')(`problems:${problem!.text}`, problem!.facts)
    expect(said).to.contain('{{day}} is missing').and.to.contain('clause 7.3').and.to.contain('22/2024')
  })

  it('has a name for every text, group and placeholder', () => {
    for (const locale of ['da', 'en'] as const)
      for (const { key, group, part } of all) {
        const names = [
          `group.${group}`,
          `part.${part}`,
          ...placeholdersIn(shippedText(key).da).map((name) => `placeholder.${name}`),
        ]
        for (const name of names) expect(textIn(locale)(`mail-texts:${name}`), name).to.not.equal(name)
      }
    expect(neededIn('notices:mail.subject-notice')).to.deep.equal(['what', 'day'])
  })
})

describe('Own words', () => {
  const wording = {
    number: 1,
    texts: [{ key: 'notices:mail.lead.notice', da: 'Senest {{day}}!', en: 'By {{day}}!' }],
  }

  it('take the place of the shipped ones, with the facts filled in, and of no others', () => {
    const t = worded(textIn('en'), wording, 'en')
    expect(t('notices:mail.lead.notice', { day: '1 December' })).to.equal('By 1 December!')
    expect(t('notices:mail.lead.approval', { day: '1 December' }))
      .to.contain('1 December')
      .and.to.contain('approval')
    expect(worded(textIn('da'), null, 'da')).to.equal(textIn('da'))
  })

  it('fill in what a fact says and nothing that stands in it', () => {
    const t = worded(textIn('en'), wording, 'en')
    expect(t('notices:mail.lead.notice', { day: '{{sender}} $& <b>' })).to.equal('By {{sender}} $& <b>!')
  })

  it('take the place of a text about several, with how many', () => {
    const texts = [
      { key: 'shared:mail.intro_other', da: 'Om {{count}} kunder.', en: 'About {{count}} customers.' },
    ]
    const t = worded(textIn('da'), { number: 1, texts }, 'da')
    expect(t('shared:mail.intro', { count: 12 })).to.equal('Om 12 kunder.')
    expect(t('shared:mail.count', { count: 12 })).to.equal('12 kunder')
  })

  it('that read as shipped are none', () => {
    const key = 'notices:mail.regards'
    expect(withText([], key, shippedText(key))).to.deep.equal([])
    const own = withText([], key, { da: 'Hilsen', en: 'Regards' })
    expect(own).to.deep.equal([{ key, da: 'Hilsen', en: 'Regards' }])
    expect(withText(own, key, null)).to.deep.equal([])
  })

  it('are told apart from the shipped ones word by word', () => {
    expect(differenceOf('Svar senest mandag tak', 'Svar os senest mandag')).to.deep.equal([
      { text: 'Svar ', kind: 'same' },
      { text: 'os ', kind: 'new' },
      { text: 'senest mandag', kind: 'same' },
      { text: ' tak', kind: 'gone' },
    ])
    expect(differenceOf('By {{day}}.', 'By {{day}}. Thanks')).to.deep.equal([
      { text: 'By {{day}}.', kind: 'same' },
      { text: ' Thanks', kind: 'new' },
    ])
    expect(differenceOf('a b', 'a b')).to.deep.equal([{ text: 'a b', kind: 'same' }])
  })
})
