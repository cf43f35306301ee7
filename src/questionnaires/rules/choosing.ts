import type { QuestionSet } from '../../question-sets/rules/set.js'
import type { Vendor } from '../../register/rules.js'
import { usualOwner } from './asking.js'
import type { CampaignCandidate, LeftOut } from './campaign.js'
import type { Owner, Questionnaire } from './questionnaire.js'

/** The set that is asked of most, and the one that suffices where the risk is low. */
export type SetsOfCampaign = { usual: Questionnaire['set']; light: Questionnaire['set'] }

/** Of the sets there are: the yearly one, and the short one; where there is no short one the yearly one is asked of all. */
export function usualSets(
  sets: readonly Pick<QuestionSet, 'id' | 'version' | 'questions'>[],
): SetsOfCampaign | null {
  const byLength = sets.toSorted((a, b) => b.questions.length - a.questions.length)
  const usual = byLength.find(({ id }) => id.includes('yearly')) ?? byLength[0]
  if (!usual) return null
  const light = byLength.findLast(({ id }) => id.includes('short')) ?? usual
  const named = ({ id, version }: Pick<QuestionSet, 'id' | 'version'>) => ({ id, version })
  return { usual: named(usual), light: named(light) }
}

/** One row of the preview: whom it goes to and what is asked, or why it cannot be. */
export type Candidate = {
  vendor: Vendor
  engagements: string[]
  why: Questionnaire['why']
  set: Questionnaire['set']
  owner: Owner | null
  because: LeftOut | null
  /** The open one that stands in the way. */
  open: string | null
}

/** `open`: references of open questionnaires by vendor, year and set. */
export function judged(
  candidate: CampaignCandidate,
  vendor: Vendor,
  {
    sets,
    year,
    open,
    today,
  }: { sets: SetsOfCampaign; year: number; open: ReadonlyMap<string, string>; today: string },
): Candidate {
  const set = candidate.light === true ? sets.light : sets.usual
  const owner = usualOwner(vendor.contacts)
  const standing = open.get(`${vendor._id}/${year}/${set.id}`) ?? null
  const ended = vendor.endedOn !== null && vendor.endedOn <= today
  const because: LeftOut | null = ended
    ? 'ended'
    : candidate.engagements.length === 0
      ? 'no-engagement'
      : standing !== null
        ? 'open-already'
        : owner === null
          ? 'no-address'
          : null
  return {
    vendor,
    engagements: candidate.engagements,
    why: candidate.why,
    set,
    owner,
    because,
    open: standing,
  }
}
