import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { instantAt } from '../../base/day.js'
import { newId } from '../../base/ids.js'
import { customersByIds, customersToPick } from '../../customers/actions.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { answer, queried, typedText, type Wrong } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { beginRequest } from '../actions.js'
import { readBegun, readRegistered } from '../form.js'
import { newRequestPage, urlOf } from '../page.js'
import { kindsOfOurs, kindsToAsk, type RequestKind } from '../rules.js'

const files = upload([{ name: 'files', maxCount: 5 }])

/** What a customer asked for by letter, mail or call; and what we owe to tell it. First the kind, then its form. */
export function newRoutes(router: Router): void {
  router.get('/requests/new', may('requests:write'), async (req, res) => {
    await showNew(req, res, false, kindAsked(req, kindsToAsk))
  })

  router.get('/requests/tell', may('requests:write'), async (req, res) => {
    await showNew(req, res, true, kindAsked(req, kindsOfOurs))
  })

  router.post('/requests/new', may('requests:write'), files, async (req, res) => {
    const context = contextOf(req)
    const kind = kindAsked(req, kindsToAsk)
    if (!kind) return showNew(req, res, false, null)
    const picks = await pickIn(req.body, [customerBox(req)])
    const read = withPicks(readRegistered(picks.body, kind, context.today), picks)
    await answer(
      read,
      (wrong) => showNew(req, res, false, kind, { wrong, picks }),
      async ({ customer: id, receivedTime, askedBy, ...said }) => {
        const request = await beginRequest(context, {
          ...said,
          kind,
          customer: await customerOf(id),
          by: { name: askedBy },
          receivedAt: instantAt(said.receivedOn, receivedTime ?? '12:00', req.house.config.zone),
          files: uploaded(req, 'files'),
        })
        redirectWith(req, res, urlOf(request), 'requests:flash.registered')
      },
    )
  })

  router.post('/requests/tell', may('requests:write'), files, async (req, res) => {
    const context = contextOf(req)
    const kind = kindAsked(req, kindsOfOurs)
    if (!kind) return showNew(req, res, true, null)
    const picks = await pickIn(req.body, [customerBox(req)])
    const read = withPicks(readBegun(picks.body, kind, context.today), picks)
    await answer(
      read,
      (wrong) => showNew(req, res, true, kind, { wrong, picks }),
      async ({ customer: id, ...said }) => {
        const request = await beginRequest(context, {
          ...said,
          kind,
          customer: await customerOf(id),
          by: null,
          channel: 'us',
          receivedAt: instantAt(said.receivedOn, '12:00', req.house.config.zone),
          files: uploaded(req, 'files'),
        })
        redirectWith(req, res, `${urlOf(request)}#answer`, 'requests:flash.begun')
      },
    )
  })
}

async function showNew(
  req: Request,
  res: Response,
  ours: boolean,
  kind: RequestKind | null,
  { wrong, picks }: { wrong?: Wrong; picks?: Picks } = {},
): Promise<void> {
  const { today, locale } = contextOf(req)
  const stored = queried(req, 'customer') || null
  const instruction = queried(req, 'instruction')
  const carried = new URLSearchParams({
    ...(stored ? { customer: stored } : {}),
    ...(instruction ? { instruction } : {}),
  })
  const page = newRequestPage(kind, ours, { locale, carried })
  const values = {
    ...page,
    once: typedText(req, 'once') || newId(),
    instruction,
    today,
    pickers: kind ? await pickersFor([{ ...customerBox(req), stored }], picks) : {},
    ...(wrong ? { ...wrong, typed: req.body as unknown } : {}),
  }
  const status = wrong ? (wrong.problems ? 422 : 409) : 200
  await renderPage(req, res, kind ? 'requests/new' : 'requests/choose', values, status)
}

function kindAsked(req: Request, kinds: readonly RequestKind[]): RequestKind | null {
  const asked = typedText(req, 'kind') || queried(req, 'kind')
  return kinds.find((each) => each === asked) ?? null
}

function customerBox(req: Request): PickField {
  return { field: 'customer', source: customersToPick(contextOf(req), 'id') }
}

async function customerOf(id: string) {
  const [customer] = await customersByIds([id])
  if (!customer) throw new Error('a customer that was just chosen is not there')
  return customer
}
