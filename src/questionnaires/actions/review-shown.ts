/** What the reviewer sees: answers, last year's, remarks, the proposed score, and what the register says otherwise. */
import { branchesBelow, engagementsByIds, vendorsByIds } from '../../register/actions.js'
import type { Engagement, Vendor } from '../../register/rules.js'
import type { Context } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { findingsOf } from '../../findings/actions.js'
import type { Finding } from '../../findings/rules.js'
import { score, type Score } from '../../question-sets/rules/score.js'
import { look, type View } from '../../question-sets/rules/visible.js'
import { statementById } from '../../statements/actions.js'
import { remarksOf } from '../records/remarks.js'
import { registerDifferences, type Difference, type Registered } from '../rules/differences.js'
import type { Answer, Remark } from '../rules/questionnaire.js'
import { verdictOn } from '../rules/review.js'
import { noticeGapOf, type NoticeGap } from './notice-gap.js'
import { questionnaireOf } from './move.js'
import { answeringOf, type Answering } from './respondent.js'
import { beforeOf, filesOf, type Before, type FileShown } from './shown.js'

export type Reviewed = Answering & {
  view: View
  score: Score
  byQuestion: ReadonlyMap<string, Answer>
  before: Before | null
  remarks: ReadonlyMap<string, Remark>
  /** Questions the reviewer has marked as open and that have not been answered anew since. */
  open: string[]
  files: ReadonlyMap<string, FileShown>
  /** The references of the statements that answers were read off, by id. */
  statements: ReadonlyMap<string, string>
}

export type ReviewShown = Reviewed & {
  vendor: Vendor | null
  engagements: Engagement[]
  differences: Difference[]
  gap: NoticeGap | null
  findings: Finding[]
}

/** With what is reckoned once for every page of the review. Of a concluded one the score is that of its day. */
export async function reviewOf(context: Context, reference: string, zone: string): Promise<Reviewed> {
  const questionnaire = await questionnaireOf(reference)
  const { conclusion } = questionnaire
  const today = conclusion ? dayOf(conclusion.at, zone) : context.today
  const answering = await answeringOf(questionnaire, today)
  const { set, given, around, answers } = answering
  const [before, remarks, files, statements] = await Promise.all([
    beforeOf(questionnaire),
    remarksOf(questionnaire._id),
    filesOf(questionnaire, answers),
    statementsBehind(answers),
  ])
  const byQuestion = new Map(answers.map((answer) => [answer.question, answer]))
  const byRemark = new Map(remarks.map((remark) => [remark.question, remark]))
  const view = look(set, given, around)
  return {
    ...answering,
    view,
    score: score(set, given, around),
    byQuestion,
    before,
    remarks: byRemark,
    files,
    statements,
    open: set.questions
      .filter(({ id }) => view.shows(id) && isOpen(byRemark.get(id), byQuestion.get(id)))
      .map(({ id }) => id),
  }
}

export async function reviewToShow(context: Context, reference: string, zone: string): Promise<ReviewShown> {
  const reviewed = await reviewOf(context, reference, zone)
  const { questionnaire, set, given, view } = reviewed
  const [[vendor], engagements, findings] = await Promise.all([
    vendorsByIds([questionnaire.vendor]),
    engagementsByIds(questionnaire.engagements),
    findingsOf({ kind: 'questionnaire', id: questionnaire._id }),
  ])
  return {
    ...reviewed,
    vendor: vendor ?? null,
    engagements,
    findings,
    gap: await noticeGapOf(context, reviewed, engagements),
    differences: vendor
      ? registerDifferences(set, given, view.shows, await registeredOf(context, vendor, engagements))
      : [],
  }
}

async function statementsBehind(answers: readonly Answer[]): Promise<ReadonlyMap<string, string>> {
  const ids = answers.flatMap(({ source }) => (source && 'statement' in source ? [source.statement] : []))
  const found = await Promise.all([...new Set(ids)].map((id) => statementById(id)))
  return new Map(found.flatMap((each) => (each ? [[each._id, each.reference] as const] : [])))
}

function isOpen(remark: Remark | undefined, answer: Answer | undefined): boolean {
  const verdict = verdictOn(remark, answer)
  return verdict === 'open' || verdict === 'na-refused'
}

/** What the register says today of the vendor, its engagements here, and the links below them. */
async function registeredOf(
  { today }: Context,
  vendor: Vendor,
  engagements: readonly Engagement[],
): Promise<Registered> {
  const links = await linksBelowAll(engagements, today)
  const all = [...engagements, ...links]
  const vendors = await vendorsByIds([...new Set(links.map((link) => link.vendor))])
  return {
    // What lies with a further sub-processor is asked of the vendor, too: S08 counts backups and support wherever they are.
    storageCountries: [...new Set(all.flatMap(({ storageCountries }) => storageCountries))],
    accessCountries: [...new Set(all.flatMap(({ accessCountries }) => accessCountries))],
    chain: vendors.map(({ name, registration }) => ({ name, registration: registration?.number ?? '' })),
    vendor: {
      name: vendor.name,
      registration: vendor.registration?.number ?? '',
      address: vendor.address,
      country: vendor.country,
    },
    contacts: vendor.contacts,
  }
}

async function linksBelowAll(engagements: readonly Engagement[], today: string): Promise<Engagement[]> {
  const ids = engagements.map(({ _id }) => _id)
  // What is planned is on record too: it was proposed once, and is not to be proposed again.
  const nodes = await branchesBelow(ids, today)
  const found = nodes.map(({ link }) => link._id).filter((id) => !ids.includes(id))
  return (await engagementsByIds(found)).filter(({ endedOn }) => endedOn === null)
}
