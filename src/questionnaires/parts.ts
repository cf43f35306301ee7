import type { Context } from '../base/context.js'
import { answersPanel } from './answers-panel.js'
import { reviewPart } from './review-part.js'
import type { Questionnaire } from './rules/questionnaire.js'

/** A section of a questionnaire's page: views/<view>.ejs, rendered with `values`. `id` is its place on the page. */
export type Part = { id: string; title: string; view: string; values: Record<string, unknown> }

export type MakePart = (questionnaire: Questionnaire, context: Context, zone: string) => Promise<Part | null>

/** In the order they are shown, below the facts and above the mails. */
export const questionnaireParts: readonly MakePart[] = [answersPanel, reviewPart]
