import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { addDays } from '../../base/day.js'
import { newId } from '../../base/ids.js'
import { pickersFor, pickIn, withPicks, type Picks } from '../../lists/picker.js'
import { vendorByReference } from '../../register/actions.js'
import { mainContact } from '../../register/rules.js'
import { answerOn, queried, typedText } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { askAgain, requestStatement, statementOf, stopReminders, withdrawStatement } from '../actions.js'
import { readBecause, readRequest } from '../form.js'
import { urlOf } from '../page.js'
import { vendorBox, withVendor } from './list.js'
import { caseValues } from './case.js'

/** Four weeks: a statement that exists is a matter of sending it. */
const usualDays = 28
const base = '/statements/:reference'

export function requestRoutes(router: Router): void {
  router.get('/statements/request', may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'statements/request', await requestValues(req))
  })

  router.post('/statements/request', may('supervision:write'), async (req, res) => {
    const context = contextOf(req)
    const picks = await pickIn(req.body, [vendorBox(req)])
    const read = withPicks(readRequest(picks.body, context.today), picks)
    const again = { view: 'statements/request', values: () => requestValues(req, picks) }
    await answerOn(req, res, await withVendor(read), again, async ({ vendor, ...input }) => {
      const statement = await requestStatement(context, vendor, input)
      redirectWith(req, res, urlOf(statement), 'statements:flash.requested')
    })
  })

  router.get(`${base}/ask-again`, may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'statements/ask-again', await againValues(req))
  })

  router.post(`${base}/ask-again`, may('supervision:write'), async (req, res) => {
    const context = contextOf(req)
    const body = { ...(req.body as object), vendor: 'known', once: 'known' }
    const again = { view: 'statements/ask-again', values: () => againValues(req) }
    await answerOn(req, res, readRequest(body, context.today), again, async (input) => {
      const statement = await askAgain(context, pathPart(req, 'reference'), input)
      redirectWith(req, res, urlOf(statement), 'statements:flash.asked-again')
    })
  })

  const onCase = (req: Request) => ({ view: 'statements/case', values: () => caseValues(req) })

  router.post(`${base}/stop`, may('supervision:write'), async (req, res) => {
    await answerOn(req, res, readBecause(req.body), onCase(req), async ({ because }) => {
      const statement = await stopReminders(contextOf(req), pathPart(req, 'reference'), because)
      redirectWith(req, res, urlOf(statement), 'statements:flash.stopped')
    })
  })

  router.post(`${base}/withdraw`, may('supervision:write'), async (req, res) => {
    await answerOn(req, res, readBecause(req.body), onCase(req), async ({ because }) => {
      const statement = await withdrawStatement(contextOf(req), pathPart(req, 'reference'), because)
      redirectWith(req, res, urlOf(statement), 'statements:flash.withdrawn')
    })
  })
}

/** With a vendor in the address its contact stands there already. */
async function requestValues(req: Request, picks?: Picks): Promise<PageValues> {
  const { today } = contextOf(req)
  const picked = picks?.found.get('vendor')?.chosen
  const reference = picked?.value ?? queried(req, 'vendor')
  const vendor = reference === '' ? null : await vendorByReference(reference)
  const contact = vendor && mainContact(vendor.contacts.filter(({ email }) => email !== undefined))
  return {
    once: typedText(req, 'once') || newId(),
    pickers: await pickersFor([{ ...vendorBox(req), stored: reference }], picks),
    vendorName: vendor?.name ?? null,
    stored: {
      what: '',
      name: contact?.name ?? '',
      email: contact?.email ?? '',
      locale: contact?.locale ?? req.locale,
      dueOn: addDays(today, usualDays),
    },
    tomorrow: addDays(today, 1),
  }
}

async function againValues(req: Request): Promise<PageValues> {
  const { today } = contextOf(req)
  const statement = await statementOf(pathPart(req, 'reference'))
  const { request } = statement
  return {
    statement,
    stored: {
      what: request?.what ?? '',
      name: request?.name ?? '',
      email: request?.email ?? '',
      locale: request?.locale ?? 'da',
      dueOn: addDays(today, usualDays / 2),
    },
    tomorrow: addDays(today, 1),
  }
}
