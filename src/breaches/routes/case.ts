import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { peopleByIds } from '../../auth/actions/people.js'
import { customersToPick } from '../../customers/actions.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { repliesInCase } from '../../replies/actions.js'
import { replyItems } from '../../replies/page.js'
import { answerOn, queried } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  addCustomerTo,
  addNote,
  breachFile,
  breachOf,
  breachToShow,
  concludeNoBreach,
  concludeNobody,
  noteAuthority,
  reopenBreach,
} from '../actions.js'
import { readAdding, readAuthority, readBecause, readNoBreach, readWords } from '../form.js'
import { breachPage, fieldsOf, urlOf } from '../page.js'
import { toldStates } from '../rules.js'
import { readingOf, wallOf } from './shared.js'

const base = '/breaches/:reference'

export function caseRoutes(router: Router): void {
  const again = (req: Request, picks?: Picks) => ({
    view: 'breaches/case',
    values: () => caseValues(req, picks),
  })

  router.get(base, may('breaches:read'), async (req, res) => {
    await renderPage(req, res, 'breaches/case', await caseValues(req))
  })

  router.get(`${base}/files/:file`, may('files:read'), async (req, res) => {
    const breach = await breachOf(pathPart(req, 'reference'))
    await sendFile(res, await breachFile(breach, pathPart(req, 'file')))
  })

  router.post(`${base}/customers`, may('breaches:write'), async (req, res) => {
    const picks = await pickIn(req.body, [customerBox(req)])
    await answerOn(
      req,
      res,
      withPicks(readAdding(picks.body, wallOf(req)), picks),
      again(req, picks),
      async (input) => {
        const reference = pathPart(req, 'reference')
        await addCustomerTo(contextOf(req), reference, input)
        redirectWith(req, res, `/breaches/${reference}#customers-title`, 'breaches:flash.added')
      },
    )
  })

  router.post(`${base}/nobody`, may('breaches:write'), async (req, res) => {
    await answerOn(req, res, readBecause(req.body), again(req), async ({ because }) => {
      const reference = pathPart(req, 'reference')
      await concludeNobody(contextOf(req), reference, because)
      redirectWith(req, res, `/breaches/${reference}`, 'breaches:flash.nobody')
    })
  })

  router.post(`${base}/no-breach`, may('breaches:write'), async (req, res) => {
    await answerOn(req, res, readNoBreach(req.body), again(req), async (input) => {
      const breach = await concludeNoBreach(contextOf(req), pathPart(req, 'reference'), input)
      redirectWith(req, res, urlOf(breach), 'breaches:flash.no-breach')
    })
  })

  router.post(
    `${base}/notes`,
    may('breaches:write'),
    upload([{ name: 'files', maxCount: 5 }]),
    async (req, res) => {
      await answerOn(req, res, readWords(req.body), again(req), async ({ text }) => {
        const breach = await breachOf(pathPart(req, 'reference'))
        const name = req.person?.name ?? ''
        await addNote(contextOf(req), breach, { from: 'staff', name, text, files: uploaded(req, 'files') })
        redirectWith(req, res, `${urlOf(breach)}#notes`, 'breaches:flash.noted')
      })
    },
  )

  router.post(
    `${base}/authority`,
    may('breaches:write'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      await answerOn(req, res, readAuthority(req.body, wallOf(req)), again(req), async (input) => {
        const [file] = uploaded(req, 'file')
        const breach = await noteAuthority(contextOf(req), pathPart(req, 'reference'), {
          ...input,
          file: file ?? null,
        })
        redirectWith(req, res, `${urlOf(breach)}#authority`, 'breaches:flash.authority')
      })
    },
  )

  router.post(`${base}/reopen`, may('breaches:write'), async (req, res) => {
    await answerOn(req, res, readBecause(req.body), again(req), async ({ because }) => {
      const breach = await reopenBreach(contextOf(req), pathPart(req, 'reference'), because)
      redirectWith(req, res, urlOf(breach), 'breaches:flash.reopened')
    })
  })
}

async function caseValues(req: Request, picks?: Picks): Promise<PageValues> {
  const { now } = contextOf(req)
  const reference = pathPart(req, 'reference')
  const q = queried(req, 'q').slice(0, 200)
  const chosen = queried(req, 'told')
  const told = toldStates.find((each) => each === chosen) ?? null
  const standing = chosen === 'left-out' ? ('left-out' as const) : ('affected' as const)
  const shown = await breachToShow(reference, { q, told, standing }, queried(req, 'page') || undefined)
  const { breach, customers } = shown
  const people = await peopleByIds([...new Set(breach.phases.map(({ by }) => by))])
  const at = (cursor: string | null) =>
    cursor &&
    `${urlOf(breach)}?${new URLSearchParams({ q, told: chosen, page: cursor }).toString()}#customers-title`
  const page = breachPage(shown, now, readingOf(req))
  return {
    ...page,
    phases: page.phases.map((phase) => ({
      ...phase,
      by: people.find(({ _id }) => _id === phase.by)?.name ?? '',
    })),
    q,
    chosen,
    narrowed: q !== '' || chosen !== '',
    stored: {
      ...fieldsOf('authority', breach.authority?.toldAt ?? now, req.house.config.zone),
      ...fieldsOf('found', now, req.house.config.zone),
    },
    pickers: await pickersFor([customerBox(req)], picks),
    paging: { count: null, next: at(customers.next), previous: at(customers.previous) },
    replies: replyItems(await repliesInCase(breach.reference, 20), readingOf(req)),
    history: await historyOf('breach', breach._id),
  }
}

function customerBox(req: Request): PickField {
  return { field: 'customer', source: customersToPick(contextOf(req), 'reference') }
}
