import { addDays, type Day } from '../base/day.js'
import { buildPdf } from '../documents/pdf.js'
import { formatDay } from '../i18n/formats.js'
import { findingsOf } from '../findings/actions.js'
import { danishDateRules } from '../notices/rules/deadlines.js'
import { answersOf } from '../questionnaires/actions/answer.js'
import { saveRemark } from '../questionnaires/actions/remark.js'
import { conclude, sendBack } from '../questionnaires/actions/review.js'
import { reviewToShow } from '../questionnaires/actions/review-shown.js'
import { questionnairesOfVendor } from '../questionnaires/records/questionnaires.js'
import type { Questionnaire } from '../questionnaires/rules/questionnaire.js'
import { everyVendor } from '../register/actions.js'
import type { Vendor } from '../register/rules.js'
import {
  concludeStatement,
  coverageOf,
  receiveStatement,
  saveFacts,
  saveReview,
  type Reading,
} from '../statements/actions.js'
import { pointsFor, type Checklist } from '../statements/rules.js'
import { linkIn, mailsTo, withMailTo } from './customers.js'
import type { Telling } from './telling.js'
import { newVisitor, type Page, type Visitor } from './visitor.js'

const respondent = 'databeskyttelse@eksempelraad.example'
const colleague = 'drift@eksempelraad.example'
const { zone } = danishDateRules

/** C.8 in one piece: nobody answers, then half, then a colleague; it is sent back, concluded; and a report leaves days uncovered. */
export async function superviseSubProcessors(
  telling: Telling,
  morningOf: (days: number) => Promise<void>,
  from: number,
): Promise<void> {
  const vendors = await everyVendor()
  const advice = named(vendors, 'Eksempel Rådgivning')
  const [asked] = await questionnairesOfVendor(advice._id)
  if (!asked) throw new Error('the sample asked nobody')
  await morningOf(from)
  const rie = newVisitor()
  const base = await answersHalf(telling, rie, asked)
  await morningOf(from + 1)
  await colleagueAnswers(telling, rie, base)
  await morningOf(from + 2)
  await isSentBack(telling, asked)
  await morningOf(from + 3)
  await answersAgain(telling, rie, base)
  // A Monday.
  await morningOf(from + 6)
  await isConcluded(telling, asked)
  await morningOf(from + 7)
  await reportLeavesDays(telling, named(vendors, 'Eksempel Arkiv'))
}

async function answersHalf(
  { trial, transcript }: Telling,
  rie: Visitor,
  asked: Questionnaire,
): Promise<string> {
  const { say } = transcript
  const mails = mailsTo(trial, respondent)
  const reminders = mails.filter(({ mail }) => mail.subject?.includes(asked.reference)).slice(1)
  say(
    'Tilsyn',
    `has had no answer from ${asked.vendorName} to ${asked.reference}, due on ${formatDay(asked.dueOn, 'en')}. It has written again:`,
    reminders.map(({ mail }) => mail.subject ?? ''),
  )
  trial.at('10:10')
  const address = await comesIn(trial, rie, respondent)
  await answer(rie, address, 'S01', { S01_01: 'yes' })
  await answer(rie, address, 'S02', { S02_01: 'yes', S02_50: 'yes', S02_03: 'no' })
  say(
    'Rie Råd',
    'opens the link in her mail, answers the first sections without an account, and goes to lunch.',
  )
  trial.at('13:40')
  const again = await rie.open(address)
  if (!/[1-9]\d* (?:af|of) \d+/.test(again.html)) throw new Error('her answers are gone')
  await withMailTo(trial, [colleague], async () =>
    rie.send(await rie.open(`${address}/colleagues`), '/colleagues', {
      name: 'Dan Drift',
      email: colleague,
      locale: 'da',
      sections: 'S05',
    }),
  )
  await answer(rie, address, 'S07', { S07_01: 'no', S07_06: 'no' })
  await answer(rie, address, 'S08', { S08_01: 'Danmark', S08_02: 'Danmark' })
  await answer(rie, address, 'S10', { S10_01: 'h24', S10_03: '0' })
  say(
    'Rie Råd',
    'goes on where she was, and hands the technical section to Dan Drift, who gets a link of his own.',
  )
  return address
}

async function colleagueAnswers({ trial, transcript }: Telling, rie: Visitor, base: string): Promise<void> {
  const { say } = transcript
  trial.at('09:20')
  const dan = newVisitor()
  const address = await comesIn(trial, dan, colleague)
  await answer(dan, address, 'S05', {
    S05_50: 'partly',
    S05_50__comment: 'Genskabelse er ikke afprøvet i år.',
  })
  say('Dan Drift', 'sees his section and no other, and answers “Partly”: recovery was not tried this year.')
  trial.at('11:00')
  // What a link opened yesterday has closed: she comes by the mail again.
  await comesIn(trial, rie, respondent)
  await submitsAll(trial, rie, base)
  say('Rie Råd', 'sees who answered what, signs and submits. Both get a receipt.')
}

async function isSentBack({ trial, transcript, olga }: Telling, asked: Questionnaire): Promise<void> {
  const { say } = transcript
  trial.at('14:00')
  const { score, questionnaire } = await reviewToShow(olga(), asked.reference, zone)
  const partly = (await answersOf(asked._id)).find(({ question }) => question === 'S05.50')
  say(
    'Olga, officer',
    `reviews ${asked.reference}. Tilsyn proposes ${score.overall} of 100 and shows how it comes about.`,
  )
  await saveRemark(olga(), questionnaire, {
    question: 'S05.50',
    verdict: 'open',
    external: 'Hvornår afprøver I genskabelse?',
    internal: 'De lovede det også sidste år.',
    seen: 0,
    answer: partly?.version ?? 0,
  })
  const { version } = (await reviewToShow(olga(), asked.reference, zone)).questionnaire
  await withMailTo(trial, [respondent], () =>
    sendBack(olga(), asked.reference, { dueOn: addDays(trial.today(), 7), version, zone }),
  )
  say(
    'Olga, officer',
    'sends it back with one open item: “When will you test recovery?” The rest stays answered.',
  )
}

async function answersAgain({ trial, transcript }: Telling, rie: Visitor, base: string): Promise<void> {
  trial.at('08:45')
  await comesIn(trial, rie, respondent)
  await answer(rie, base, 'S05', {
    S05_50: 'partly',
    S05_50__comment: 'Genskabelse afprøves den 1. marts 2027; vi sender rapporten.',
  })
  await submitsAll(trial, rie, base)
  transcript.say('Rie Råd', 'finds that one question open, gives a day, and submits again.')
}

async function isConcluded({ trial, transcript, olga }: Telling, asked: Questionnaire): Promise<void> {
  const { say } = transcript
  trial.at('09:30')
  const shown = await reviewToShow(olga(), asked.reference, zone)
  const mended = (await answersOf(asked._id)).find(({ question }) => question === 'S05.50')
  const remark = shown.remarks.get('S05.50')
  await saveRemark(olga(), shown.questionnaire, {
    question: 'S05.50',
    verdict: 'accepted',
    external: '',
    internal: '',
    seen: remark?.version ?? 0,
    answer: mended?.version ?? 0,
  })
  const { score, questionnaire, set } = await reviewToShow(olga(), asked.reference, zone)
  await withMailTo(trial, [respondent], () =>
    conclude(olga(), asked.reference, {
      band: score.band ?? '',
      reason: '',
      external: 'Tak. Vi ser frem til rapporten.',
      internal: '',
      findings: [],
      version: questionnaire.version,
      zone,
    }),
  )
  const band = set.bands.find(({ id }) => id === score.band)?.text.en ?? ''
  const findings = await findingsOf({ kind: 'questionnaire', id: asked._id })
  say(
    'Olga, officer',
    `concludes: “${band}”, ${score.overall} of 100, findings: ${findings.length}. Score, answers and set are frozen with it.`,
  )
}

/** The auditor's year began two months after the last one's ended. */
async function reportLeavesDays({ trial, transcript, olga }: Telling, vendor: Vendor): Promise<void> {
  const { say } = transcript
  trial.at('10:00')
  const period = { from: '2026-03-01', to: '2026-12-31' }
  const received = await receiveStatement(olga(), {
    vendor,
    file: { name: 'isae-3402-2026.pdf', bytes: await reportOf(vendor, period, trial.now()) },
    from: { kind: 'vendor', name: vendor.contacts[0]?.name ?? vendor.name },
    note: '',
    on: trial.today(),
    asked: null,
    replaces: null,
  })
  const reading = received.reading as Reading
  if (reading.outcome !== 'read') throw new Error('the report was not read')
  const { proposals } = reading
  const seen = [proposals.kind, proposals.period, proposals.opinion].map((found) =>
    found ? `page ${found.page}: “${found.words}”` : 'nothing: to be written by hand',
  )
  say(
    'Olga, officer',
    `files ${vendor.name}’s new report as ${received.reference}. Tilsyn reads in it:`,
    seen,
  )
  const saved = await saveFacts(
    olga(),
    received.reference,
    {
      facts: {
        kind: proposals.kind?.value ?? 'isae-3402',
        type: proposals.type?.value ?? 2,
        level: null,
        edition: '',
        audience: null,
        entity: vendor.name,
        services: 'Long-term archive (invented)',
        sites: [{ address: vendor.address, country: 'DK', carvedOut: false }],
        criteria: '',
        issuer: proposals.auditor?.value.name ?? '',
        signer: '',
        licence: '',
        period: proposals.period?.value ?? period,
        asOf: null,
        issuedOn: proposals.issuedOn?.value ?? null,
        opinion: proposals.opinion?.value ?? 'unqualified',
        qualification: '',
        emphasis: '',
        certificate: null,
        bridges: null,
        restricted: false,
        language: 'en',
      },
      exceptions: [],
      subservices: [],
      cuecs: [],
    },
    { origins: { kind: 'read', period: 'read', opinion: 'read' }, seen: received.version },
  )
  const checklist = Object.fromEntries(
    pointsFor('isae-3402').map((point) => [point, { answer: 'yes', note: '' }]),
  ) as Checklist
  const reviewed = await saveReview(olga(), received.reference, {
    checklist,
    exceptions: [],
    subservices: [],
    cuecs: [],
    seen: saved.version,
  })
  await concludeStatement(olga(), received.reference, {
    verdict: 'accepted-with-follow-up',
    because: 'January and February 2026 are in nobody’s report.',
    seen: reviewed.version,
  })
  const lanes = await coverageOf({ vendor: vendor._id }, trial.today())
  const gaps = lanes.flatMap((lane) => lane.gaps)
  say(
    'Tilsyn',
    'shows the days that no report and no letter covers:',
    gaps.map((gap) => `${formatDay(gap.from, 'en')} to ${formatDay(gap.to, 'en')}`),
  )
  say('Olga, officer', 'accepts it with follow-up, and asks the vendor for a letter about those two months.')
}

/** By the link in the mail; where the pages begin. */
async function comesIn(trial: Telling['trial'], who: Visitor, mailbox: string): Promise<string> {
  const { address } = await who.open(linkIn(trial, mailbox))
  return address.replace(/\/$/, '')
}

async function answer(
  who: Visitor,
  base: string,
  section: string,
  fields: Record<string, string>,
): Promise<void> {
  const page: Page = await who.open(`${base}/sections/${section}`)
  await who.send(page, `/sections/${section}`, fields)
}

async function submitsAll(trial: Telling['trial'], rie: Visitor, base: string): Promise<void> {
  const page = await rie.open(`${base}/submit`)
  await withMailTo(trial, [respondent], () =>
    rie.send(page, '/submit', { name: 'Rie Råd', title: 'Direktør', confirmed: 'yes' }),
  )
}

function named(vendors: readonly Vendor[], part: string): Vendor {
  const found = vendors.find(({ name }) => name.includes(part))
  if (!found) throw new Error(`the sample has no ${part}`)
  return found
}

function reportOf(vendor: Vendor, { from, to }: { from: Day; to: Day }, createdAt: Date): Promise<Buffer> {
  const [first, last] = [formatDay(from, 'en'), formatDay(to, 'en')]
  return buildPdf({
    title: 'Independent auditor’s ISAE 3402 type 2 report',
    kicker: 'Invented for the walkthrough',
    locale: 'en',
    createdAt,
    blocks: [
      {
        kind: 'paragraph',
        text: `Independent service auditor’s assurance report on the description of controls, their design and operating effectiveness at ${vendor.name} throughout the period ${first} to ${last}.`,
      },
      { kind: 'paragraph', text: 'Opinion' },
      {
        kind: 'paragraph',
        text: 'In our opinion, in all material respects, the controls were suitably designed and operated effectively throughout the period. Our opinion is unqualified.',
      },
      { kind: 'paragraph', text: 'Eksempel Revision, Statsautoriseret Revisionspartnerselskab (invented)' },
    ],
    pageLabel: (page, pages) => `Page ${page} of ${pages}`,
  })
}
