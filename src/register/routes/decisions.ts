import type { Request, Response, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Read } from '../../base/form.js'
import {
  checkDecision,
  correctDecision,
  correctionHoldsFrom,
  lawIfCorrected,
  decisionAsked,
  endDecision,
  lawNow,
  limitDecision,
  type Decision,
  type WhichDecision,
} from '../../transfers/actions.js'
import { readCorrection, readEnding, readLimit, type Correction } from '../../transfers/form.js'
import { countryName, lawIfEnded, lawIfLimited, type Law } from '../../transfers/rules.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { endOfDecision, membershipChanged, whatStandsOn } from '../actions/standing.js'
import { readVersion } from '../form.js'
import { decisionFields } from '../page/decision-fields.js'
import { decisionCard } from '../page/decisions.js'
import { standingInWords, standingLead } from '../page/standing.js'
import type { Change } from '../rules/standing.js'
import { checkedBy } from './countries.js'
import { never, preview } from './decision-preview.js'
import { parameter, showForm, type FormPage, type Ports } from './ports.js'

export function decisionRoutes(router: Router, ports: Ports): void {
  router.get('/decisions/:id', may('register:read'), async (req, res) => {
    await showDecision(req, res, ports)
  })

  router.get('/decisions/:id/edit', may('register:write'), async (req, res) => {
    await showForm(req, res, await formPage(req, 'register/decision-form', 'edit'))
  })

  router.post('/decisions/:id/edit', may('register:write'), async (req, res) => {
    const before = await decisionAsked(parameter(req, 'id'))
    const { kind } = before
    await answer(
      readCorrection(req.body, kind),
      async (wrong) => showForm(req, res, await formPage(req, 'register/decision-form', 'edit'), wrong),
      async (input) => {
        if (!input.confirmed && isFelt(before, input, contextOf(req).today))
          return previewCorrection(req, res, ports, input)
        const { _id, country } = await correctDecision(contextOf(req), which(req), input)
        if (kind === 'membership') await membershipChanged(country)
        redirectWith(req, res, `/decisions/${_id}`, 'law:flash.corrected')
      },
    )
  })

  router.post('/decisions/:id/check', may('register:write'), async (req, res) => {
    const { _id } = await checkDecision(contextOf(req), which(req))
    redirectWith(req, res, `/decisions/${_id}`, 'law:flash.checked')
  })

  router.get('/decisions/:id/end', may('register:write'), async (req, res) => {
    await showForm(req, res, await formPage(req, 'register/decision-end', 'end'))
  })

  router.post('/decisions/:id/end', may('register:write'), async (req, res) => {
    await takeStep(req, res, ports, {
      step: 'end',
      read: readEnding,
      after: (law, id, { ended }) => lawIfEnded(law, id, ended),
      on: ({ ended }) => ended.on,
      act: endDecision,
      flash: 'law:flash.ended',
    })
  })

  router.get('/decisions/:id/limit', may('register:write'), async (req, res) => {
    await showForm(req, res, await formPage(req, 'register/decision-end', 'limit'))
  })

  router.post('/decisions/:id/limit', may('register:write'), async (req, res) => {
    await takeStep(req, res, ports, {
      step: 'limit',
      read: readLimit,
      after: (law, id, { scope }) => lawIfLimited(law, id, scope),
      on: ({ scope }) => scope.from,
      act: limitDecision,
      flash: 'law:flash.limited',
    })
  })
}

/**
 * Another first or last day of a membership makes transfers of what was none, and a decision that turns out to end earlier or to cover
 * less carries nothing more: so both are shown first, as an end is. What only reads otherwise is saved at once.
 */
function isFelt(decision: Decision, input: Correction, today: Day): boolean {
  if (decision.kind === 'membership') return true
  return decision.kind === 'adequacy' && correctionHoldsFrom(decision, input, today) !== null
}

async function previewCorrection(req: Request, res: Response, ports: Ports, input: Correction) {
  const decision = await decisionAsked(parameter(req, 'id'))
  const law = await lawNow()
  const on =
    decision.kind === 'membership'
      ? (input.ended?.on ?? input.from)
      : (correctionHoldsFrom(decision, input, contextOf(req).today) ?? input.from)
  await preview(req, res, decision, law, lawIfCorrected(law, decision, input), on, 'edit', ports)
}

type Step<Input> = {
  step: 'end' | 'limit'
  read: (body: unknown, from: Day) => Read<Input>
  after: (law: Law, id: string, input: Input) => Law
  /** The first day of it. */
  on: (input: Input) => Day
  act: (context: Context, decision: WhichDecision, input: Input) => Promise<unknown>
  flash: string
}

/** Read, then shown with all that follows from it, and done once that is confirmed. */
async function takeStep<Input extends { confirmed: boolean }>(
  req: Request,
  res: Response,
  ports: Ports,
  { step, read, after, on, act, flash }: Step<Input>,
): Promise<void> {
  const decision = await decisionAsked(parameter(req, 'id'))
  await answer(
    read(req.body, decision.from),
    async (wrong) => showForm(req, res, await formPage(req, 'register/decision-end', step), wrong),
    async (input) => {
      const law = await lawNow()
      const then = after(law, decision._id, input)
      if (!input.confirmed) return preview(req, res, decision, law, then, on(input), step, ports)
      await act(contextOf(req), which(req), input)
      redirectWith(req, res, `/decisions/${decision._id}`, flash)
    },
  )
}

async function showDecision(req: Request, res: Response, ports: Ports): Promise<void> {
  const { today, locale } = contextOf(req)
  const decision = await decisionAsked(parameter(req, 'id'))
  const [law, history] = await Promise.all([lawNow(), historyOf('decision', decision._id)])
  const change = changeOf(law, decision, today)
  // That a member might leave is asked where it is entered; half the register lies in each of the nearest.
  const idle = decision.kind === 'membership' && decision.ended === null
  const standing = idle ? null : await whatStandsOn(change, today, ports.latestToSend ?? never)
  const card = decisionCard(decision, today, locale)
  const lead = standingLead(change, today)
  await renderPage(req, res, 'register/decision', {
    decision,
    card,
    actors: checkedBy([card]),
    country: decision.country && countryName(decision.country, locale),
    lead,
    standing: standing && standingInWords(standing, today, locale, lead === 'if-it-ended'),
    history,
  })
}

/** What stands on it now is what would fall if it ended; once it is narrowed by a ruling, what that ruling touched. */
function changeOf(law: Law, decision: Decision, today: string): Change {
  const last = decision.scopes.at(-1)
  if (decision.ended !== null || last?.by === undefined) return endOfDecision(law, decision, today)
  const earlier = { ...decision, scopes: decision.scopes.slice(0, -1) }
  const before = { decisions: law.decisions.map((each) => (each._id === decision._id ? earlier : each)) }
  return { decision, before, after: law, on: last.from > today ? last.from : today }
}

async function formPage(req: Request, view: string, step: 'edit' | 'end' | 'limit'): Promise<FormPage> {
  const decision = await decisionAsked(parameter(req, 'id'))
  const { today, locale } = contextOf(req)
  return {
    view,
    record: decision,
    values: {
      decision,
      step,
      today,
      fields: decisionFields(decision),
      name: decision.name[locale] || decision.number,
      back: `/decisions/${decision._id}`,
      action: `/decisions/${decision._id}/${step}`,
    },
  }
}

function which(req: Request): { id: string; version: number } {
  return { id: parameter(req, 'id'), version: readVersion(req.body) }
}
