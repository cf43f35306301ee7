import type { Request, Response } from 'express'
import type { DecisionFacts, Law } from '../../transfers/rules.js'
import { contextOf, renderPage } from '../../web/page.js'
import { whatStandsOn } from '../actions/standing.js'
import { readVersion } from '../form.js'
import { decisionCard } from '../page/decisions.js'
import { standingInWords } from '../page/standing.js'
import type { Ports } from './ports.js'

/** What was typed goes along to be sent again when it is meant. */
const keptIn: Record<Previewed, string[]> = {
  end: ['on', 'by', 'source', 'because'],
  limit: ['on', 'by', 'requiresListing', 'source', 'because', 'scope.da', 'scope.en'],
  edit: [
    'name.da',
    'name.en',
    'number',
    'from',
    'until',
    'endedOn',
    'endedBy',
    'scope.da',
    'scope.en',
    'limited',
    'requiresListing',
    'scopeFrom',
    'notNarrowed',
    'source',
    'sourceUrl',
    'note.da',
    'note.en',
    'because',
  ],
  leave: ['lastDay', 'by', 'until', 'transition.da', 'transition.en', 'source', 'because'],
  join: ['number', 'from', 'source', 'sourceUrl', 'note.da', 'note.en'],
}

export type Previewed = 'end' | 'limit' | 'edit' | 'leave' | 'join'

/** Everything that follows, before it is done; the form's fields go along, and a button that means it. */
export async function preview(
  req: Request,
  res: Response,
  decision: DecisionFacts,
  before: Law,
  after: Law,
  on: string,
  step: Previewed,
  ports: Ports,
): Promise<void> {
  const { today, locale } = contextOf(req)
  const change = { decision, before, after, on: on > today ? on : today }
  const standing = await whatStandsOn(change, today, ports.latestToSend ?? never)
  await renderPage(req, res, 'register/decision-preview', {
    decision,
    step,
    version: readVersion(req.body),
    kept: keptIn[step],
    action:
      step === 'join' ? `/countries/${decision.country}/memberships` : `/decisions/${decision._id}/${step}`,
    back:
      step === 'join'
        ? `/countries/${decision.country}/memberships/new`
        : `/decisions/${decision._id}/${step}`,
    typed: req.body as unknown,
    card: decisionCard(decision, today, locale),
    standing: standingInWords(standing, today, locale),
  })
}

/** Without a room that reckons notice periods there is no latest day to tell. */
export function never(): null {
  return null
}
