import type { Request, Response, Router } from 'express'
import { staffMembers } from '../../auth/actions/people.js'
import { may } from '../../auth/guards.js'
import type { Read } from '../../base/form.js'
import { newId } from '../../base/ids.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { fileSignedCopy } from '../actions/copy.js'
import { findingsFor } from '../actions/findings.js'
import { correct, freeze, reopen } from '../actions/freeze.js'
import { decide, saveReview, undecide } from '../actions/review.js'
import { sentInWords } from '../actions/sent.js'
import {
  readBecause,
  readCopy,
  readCorrection,
  readDecision,
  readFreeze,
  readReview,
} from '../form/declaration.js'
import { auditWithId, auditsList } from '../actions/read.js'
import { reviewPage } from '../page/review.js'
import { missingBeforeSigning } from '../rules/missing.js'
import { atWork, topOf } from './around.js'

const base = '/audits/:reference'
const view = 'audits/review'

export function reviewRoutes(router: Router): void {
  router.get(`${base}/review`, may('audits:read'), async (req, res) => {
    await renderPage(req, res, view, await reviewValues(req))
  })

  router.post(`${base}/review`, may('audits:conclude'), async (req, res) => {
    await take(req, res, readReview(req.body, contextOf(req).today), {
      act: ({ seen, ...words }) => saveReview(contextOf(req), pathPart(req, 'reference'), seen, words),
      flash: 'reviewed',
    })
  })

  router.post(`${base}/decisions`, may('audits:conclude'), async (req, res) => {
    const people = (await staffMembers()).filter(({ state }) => state === 'active').map(({ _id }) => _id)
    await take(req, res, readDecision(req.body, people), {
      act: (decision) => decide(contextOf(req), pathPart(req, 'reference'), decision),
      flash: 'decided',
    })
  })

  router.post(`${base}/decisions/:decision/remove`, may('audits:conclude'), async (req, res) => {
    await undecide(contextOf(req), pathPart(req, 'reference'), pathPart(req, 'decision'))
    redirectWith(req, res, here(req), 'declaration:flash.undecided')
  })

  router.post(`${base}/freeze`, may('audits:conclude'), async (req, res) => {
    // Only who was told whom it names may say that it names nobody.
    let named = false
    const again = { view, values: async () => ({ ...(await reviewValues(req)), named }) }
    await answerOn(req, res, readFreeze(req.body), again, async (input) => {
      const frozen = await freeze(contextOf(req), pathPart(req, 'reference'), input).catch(refusalOf)
      if (frozen instanceof Error) {
        named = frozen.reason === 'declaration-names-customer'
        throw frozen
      }
      redirectWith(req, res, here(req), 'declaration:flash.frozen')
    })
  })

  router.post(`${base}/reopen`, may('audits:conclude'), async (req, res) => {
    await take(req, res, readBecause(req.body), {
      act: ({ because }) => reopen(contextOf(req), pathPart(req, 'reference'), because),
      flash: 'reopened',
    })
  })

  router.post(`${base}/correct`, may('audits:conclude'), async (req, res) => {
    const again = { view, values: () => reviewValues(req) }
    await answerOn(req, res, readCorrection(req.body), again, async ({ why }) => {
      const { reference } = await correct(contextOf(req), pathPart(req, 'reference'), why)
      redirectWith(req, res, `/audits/${reference}/review`, 'declaration:flash.corrected', { reference })
    })
  })

  router.post(
    `${base}/signed-copy`,
    may('audits:conclude'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      const [file] = uploaded(req, 'file')
      const read = readCopy(req.body, contextOf(req).today)
      const whole: typeof read =
        file || read.problems ? read : { problems: [{ field: 'file', text: 'required' }] }
      await take(req, res, whole, {
        act: async (input) =>
          file && fileSignedCopy(contextOf(req), pathPart(req, 'reference'), { ...input, file }),
        flash: 'copy-filed',
      })
    },
  )
}

async function take<Input>(
  req: Request,
  res: Response,
  read: Read<Input>,
  { act, flash }: { act: (input: Input) => Promise<unknown>; flash: string },
): Promise<void> {
  await answerOn(req, res, read, { view, values: () => reviewValues(req) }, async (input) => {
    await act(input)
    redirectWith(req, res, here(req), `declaration:flash.${flash}`)
  })
}

function here(req: Request): string {
  return `/audits/${pathPart(req, 'reference')}/review`
}

async function reviewValues(req: Request): Promise<PageValues> {
  const whole = await atWork(req)
  const { audit, tests } = whole
  const { today, locale } = contextOf(req)
  const [people, findings, all, earlier, sent] = await Promise.all([
    staffMembers(),
    findingsFor(audit),
    auditsList(),
    audit.replaces ? auditWithId(audit.replaces.audit) : null,
    sentInWords(audit, locale),
  ])
  const later = all.find(({ replaces }) => replaces?.audit === audit._id) ?? null
  const abouts = [
    ...tests.filter(({ result }) => result === 'exception').map(({ control }) => control),
    ...[...findings.own, ...findings.carried].map(({ reference }) => reference),
  ]
  const me = { _id: req.person?._id ?? '', role: req.person?.role ?? '' }
  const page = reviewPage(
    {
      audit,
      missing: missingBeforeSigning(whole),
      people,
      me,
      abouts: abouts.map((value) => ({ value, text: value })),
      earlier,
      later,
      sent,
    },
    { locale, today, zone: req.house.config.zone },
  )
  return { top: topOf(req, audit), once: newId(), today, named: false, ...page }
}
