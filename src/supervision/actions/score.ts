import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { fileById, storeFile, type Upload } from '../../files/actions.js'
import { engagementByReference } from '../../register/actions.js'
import type { Engagement } from '../../register/rules.js'
import { addToSupervision, supervisionOf, Supervisions, type NotedAct, type Supervision } from '../records.js'
import {
  departures,
  isWeaker,
  pointsOf,
  proposeAnswers,
  type Act,
  type Concept,
  type Parameter,
  type RegisterFacts,
  type Score,
  type ScoreAnswers,
} from '../rules.js'
import { presentModel } from './model.js'

export type ScoreInput = {
  answers: ScoreAnswers
  reasons: Partial<Record<Parameter, string>>
  concept: Concept
  weakerBecause: string | null
  /** The version of the record the form was filled in on; 0 where there was none. */
  seen: number
}

export function factsOf(engagement: {
  subjectCount?: RegisterFacts['subjectCount'] | undefined
  dataCategories: RegisterFacts['dataCategories']
}): RegisterFacts {
  return { subjectCount: engagement.subjectCount ?? null, dataCategories: [...engagement.dataCategories] }
}

/** A person confirms the points of an engagement, or departs from what the register proposes and says why. */
export async function confirmScore(
  context: Context,
  reference: string,
  input: ScoreInput,
): Promise<Supervision> {
  const engagement = await supervisedByReference(reference)
  const [known, model] = await Promise.all([supervisionOf(engagement._id), presentModel()])
  const before = known?.scores.at(-1) ?? null
  const facts = factsOf(engagement)
  const apart = departures(input.answers, proposeAnswers(facts, before))
  if (apart.some((name) => !input.reasons[name])) throw new Refused('supervision-departs-without-reason')
  const { points, total, band } = pointsOf(input.answers, model)
  const weaker = isWeaker(input.concept, band)
  if (weaker && !input.weakerBecause) throw new Refused('supervision-weaker-without-reason')
  const score: Score = {
    on: context.today,
    at: context.now,
    by: context.actor,
    model: model.number,
    answers: input.answers,
    reasons: Object.fromEntries(
      Object.entries(input.reasons).filter(
        ([name, why]) => why && (name === 'processing' || apart.includes(name as Parameter)),
      ),
    ),
    points,
    total,
    band,
    facts,
    concept: input.concept,
    // Also where the plan suffices: what was done may fall short of it, and then this is why.
    weakerBecause: input.weakerBecause,
  }
  return add(
    context,
    engagement,
    input.seen,
    { scores: [score] },
    {
      event: 'supervision.scored',
      facts: {
        engagement: engagement.reference,
        model: model.number,
        before: before ? { total: before.total, concept: before.concept } : null,
        after: { total, concept: input.concept },
        answers: input.answers,
        apart,
        weaker,
      },
      personal: { reasons: score.reasons, ...(input.weakerBecause ? { because: input.weakerBecause } : {}) },
    },
  )
}

export type ActInput = Omit<Act, 'engagement'> & { note: string; seen: number }

/** An inspection of our own, or that the open points have been gone through in the middle of the year. */
export async function noteAct(
  context: Context,
  reference: string,
  { kind, on, note, seen }: ActInput,
  upload?: Upload,
): Promise<Supervision> {
  const engagement = await supervisedByReference(reference)
  const file = upload
    ? await storeFile(context, {
        ...upload,
        about: { kind: 'supervision', id: engagement._id },
        sample: engagement.sample,
      })
    : null
  const act: NotedAct = {
    id: newId(),
    kind,
    on,
    note,
    at: context.now,
    by: context.actor,
    file: file?._id ?? null,
  }
  return add(
    context,
    engagement,
    seen,
    { acts: [act] },
    {
      event: 'supervision.act-noted',
      facts: { engagement: engagement.reference, kind, on, file: act.file },
      personal: { note },
    },
  )
}

/** A file that was put beside what was done about the engagement. */
export async function actFile(reference: string, file: string): Promise<string> {
  const engagement = await engagementByReference(reference)
  const found = engagement && (await fileById(file))
  if (!found || found.about.kind !== 'supervision' || found.about.id !== engagement._id) throw new NotFound()
  return found._id
}

async function supervisedByReference(reference: string): Promise<Engagement> {
  const engagement = await engagementByReference(reference)
  if (!engagement || engagement.role !== 'sub-processor' || engagement.parent !== null) throw new NotFound()
  return engagement
}

async function add(
  context: Context,
  engagement: Engagement,
  seen: number,
  change: { scores?: Score[]; acts?: NotedAct[] },
  move: { event: string; facts: Record<string, unknown>; personal: Record<string, unknown> },
): Promise<Supervision> {
  const { _id, vendor, sample } = engagement
  const moved = await addToSupervision({ engagement: _id, vendor, sample, seen }, change, {
    at: context.now,
    by: context.actor,
    ...move,
  })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Supervisions, moved)
  return moved
}
