import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'
import type { Owner, Questionnaire } from './questionnaire.js'

/** A vendor that owes a questionnaire this year: what the supervision of the year says, handed over in `app.ts`. */
export type CampaignCandidate = {
  vendor: string
  engagements: string[]
  why: Questionnaire['why']
  dueOn: Day
  /** Its risk is low: the short set suffices. */
  light?: boolean
}
export type CampaignCandidates = (context: { today: Day }, year: number) => Promise<CampaignCandidate[]>

/** making: questionnaires are still being made of its parts. */
export type CampaignState = 'making' | 'made' | 'stopped'

/** One year's questionnaires to many vendors, sent in one go. */
export type Campaign = {
  _id: string
  /** 'QC-2026-001' */
  reference: string
  year: number
  dueOn: Day
  state: CampaignState
  /** How many were chosen, and who could not be asked. */
  chosen: number
  leftOut: { vendor: string; name: string; because: LeftOut }[]
  remindersStopped: { at: Date; reason: string } | null
  sample: boolean
} & Moved

/** Why a vendor is not asked: said for each, none is skipped in silence. */
export type LeftOut =
  'no-address' | 'open-already' | 'ended' | 'no-engagement' | 'not-chosen' | 'set-unknown' | 'due-past'

/** One vendor in a campaign; unique by both. */
export type CampaignPart = {
  _id: string
  campaign: string
  vendor: string
  vendorName: string
  engagements: string[]
  set: { id: string; version: string }
  why: Questionnaire['why']
  owner: Owner
  state: 'waiting' | 'asked' | 'left-out'
  because: LeftOut | null
}

/** How far a campaign has come. */
export type CampaignProgress = {
  chosen: number
  made: number
  waiting: number
  arrived: number
  refused: number
  submitted: number
  concluded: number
  withdrawn: number
}

export type Counted = Pick<Questionnaire, 'state' | 'arrivedAt' | 'delivery'>

/** `submitted` counts all that have come in, concluded or not; `arrived` all that a mail server took. */
export function progressOf(
  chosen: number,
  waiting: number,
  questionnaires: readonly Counted[],
): CampaignProgress {
  const count = (holds: (each: Counted) => boolean) => questionnaires.filter(holds).length
  return {
    chosen,
    made: questionnaires.length,
    waiting,
    arrived: count(({ arrivedAt }) => arrivedAt !== null),
    refused: count(
      ({ state, delivery }) => state === 'asked' && (delivery === 'refused' || delivery === 'kept'),
    ),
    submitted: count(({ state }) => state === 'submitted' || state === 'concluded'),
    concluded: count(({ state }) => state === 'concluded'),
    withdrawn: count(({ state }) => state === 'withdrawn'),
  }
}
