import type { Request, Router } from 'express'
import { peopleByIds } from '../../auth/actions/people.js'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { ownersToChoose, type OwnerChoice } from '../../findings/actions.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { draftFromAnswers } from '../actions/draft.js'
import { gapInWords, proposedOf } from '../actions/proposed.js'
import { saveRemark } from '../actions/remark.js'
import { reviewOf, reviewToShow, type ReviewShown } from '../actions/review-shown.js'
import { conclude, sendBack, takeUpAgain } from '../actions/review.js'
import { readConclusion, readDraft, readReason, readRemarks, readSendingBack } from '../form/review.js'
import { sectionReviewPage } from '../page/review-answer.js'
import { reviewPage } from '../page/review.js'
import type { Remark } from '../rules/questionnaire.js'

const base = '/questionnaires/:reference/review'

/** What came back, judged: answer by answer, then as a whole. */
export function reviewRoutes(router: Router): void {
  const again = (req: Request) => ({ view: 'questionnaires/review/show', values: () => wholeValues(req) })
  const home = (req: Request) => `/questionnaires/${pathPart(req, 'reference')}/review`

  router.get(base, may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'questionnaires/review/show', await wholeValues(req))
  })

  router.get(`${base}/sections/:section`, may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'questionnaires/review/section', await sectionValues(req))
  })

  router.get(`${base}/files/:file`, may('files:read'), async (req, res) => {
    const { files } = await reviewOf(contextOf(req), pathPart(req, 'reference'), zoneOf(req))
    const file = files.get(pathPart(req, 'file'))
    if (!file) throw new NotFound()
    await sendFile(res, file.id)
  })

  router.post(`${base}/sections/:section`, may('supervision:write'), async (req, res) => {
    const context = contextOf(req)
    const section = pathPart(req, 'section')
    const reviewed = await reviewOf(context, pathPart(req, 'reference'), zoneOf(req))
    const { set, view, questionnaire } = reviewed
    const questions = set.questions.filter((each) => each.section === section && view.shows(each.id))
    const conflicts = new Map<string, Remark | null>()
    const page = {
      view: 'questionnaires/review/section',
      values: () => sectionValues(req, conflicts),
    }
    await answerOn(req, res, readRemarks(questions, req.body), page, async (remarks) => {
      for (const remark of remarks) {
        const result = await saveRemark(context, questionnaire, remark)
        if ('conflict' in result) conflicts.set(remark.question, result.conflict)
      }
      if (conflicts.size === 0)
        return redirectWith(
          req,
          res,
          `${home(req)}/sections/${encodeURIComponent(section)}`,
          'review:flash.remarked',
          {
            count: remarks.length,
          },
        )
      // What the others wrote stands; what was typed here is shown beside it, to be saved over it knowingly.
      const values = await page.values()
      await renderPage(req, res, page.view, { ...values, typed: withSeen(req.body, values) }, 409)
    })
  })

  router.post(`${base}/send-back`, may('supervision:conclude'), async (req, res) => {
    await answerOn(req, res, readSendingBack(req.body), again(req), async (input) => {
      const sent = await sendBack(contextOf(req), pathPart(req, 'reference'), { ...input, zone: zoneOf(req) })
      redirectWith(req, res, `/questionnaires/${sent.reference}`, 'review:flash.sent-back', {
        count: sent.open?.length ?? 0,
        name: sent.owner.name,
      })
    })
  })

  router.post(`${base}/conclude`, may('supervision:conclude'), async (req, res) => {
    const context = contextOf(req)
    const shown = await reviewToShow(context, pathPart(req, 'reference'), zoneOf(req))
    const owners = await ownersOf(shown)
    const read = readConclusion(req.body, shown.set, undecided(shown), owners)
    await answerOn(req, res, read, again(req), async (input) => {
      await conclude(context, pathPart(req, 'reference'), { ...input, zone: zoneOf(req) })
      redirectWith(req, res, home(req), 'review:flash.concluded')
    })
  })

  router.post(`${base}/again`, may('supervision:conclude'), async (req, res) => {
    await answerOn(req, res, readReason(req.body), again(req), async ({ because }) => {
      await takeUpAgain(contextOf(req), pathPart(req, 'reference'), { because, zone: zoneOf(req) })
      redirectWith(req, res, home(req), 'review:flash.again')
    })
  })

  router.post(`${base}/draft`, may('notices:write'), async (req, res) => {
    await answerOn(req, res, readDraft(req.body), again(req), async (input) => {
      const notice = await draftFromAnswers(contextOf(req), pathPart(req, 'reference'), {
        ...input,
        zone: zoneOf(req),
      })
      redirectWith(req, res, `/notices/${notice.reference}`, 'review:flash.drafted', {
        notice: notice.reference,
        questionnaire: pathPart(req, 'reference'),
      })
    })
  })
}

async function wholeValues(req: Request): Promise<PageValues> {
  const context = contextOf(req)
  const { today, locale } = context
  const zone = zoneOf(req)
  const shown = await reviewToShow(context, pathPart(req, 'reference'), zone)
  const { gap, questionnaire } = shown
  return {
    ...reviewPage(
      shown,
      {
        proposed: undecided(shown),
        owners: await ownersOf(shown),
        gapWords: gap ? gapInWords(gap)[locale] : null,
      },
      { today, locale, zone },
    ),
    today,
    actors: questionnaire.conclusion ? [questionnaire.conclusion.by] : [],
  }
}

async function sectionValues(
  req: Request,
  conflicts: ReadonlyMap<string, Remark | null> = new Map(),
): Promise<PageValues> {
  const context = contextOf(req)
  const reviewed = await reviewOf(context, pathPart(req, 'reference'), zoneOf(req))
  const section = pathPart(req, 'section')
  if (!reviewed.set.sections.some(({ id }) => id === section)) throw new NotFound()
  const ids = [...reviewed.remarks.values()].map(({ by }) => by.id)
  const names = new Map((await peopleByIds([...new Set(ids)])).map(({ _id, name }) => [_id, name]))
  const { today, locale } = context
  return sectionReviewPage(reviewed, section, conflicts, { locale, zone: zoneOf(req), names, today })
}

/** Proposed, and not a finding of this questionnaire already. */
function undecided(shown: ReviewShown) {
  const known = new Set(shown.findings.map(({ source }) => source.item))
  return proposedOf(shown).filter(({ question }) => !known.has(question))
}

/** First whoever answered for the vendor. */
async function ownersOf({ vendor, questionnaire: { owner } }: ReviewShown): Promise<OwnerChoice[]> {
  const choices = await ownersToChoose(vendor, { kind: 'vendor', ...owner })
  const theirs = choices.filter((each) => each.owner.kind === 'vendor' && each.owner.email === owner.email)
  return [...theirs, ...choices.filter((each) => !theirs.includes(each))]
}

/** The versions the form carries become those of what is shown now, so that saving again is a choice. */
function withSeen(body: unknown, values: PageValues): unknown {
  const shown = values['questions'] as { key: string; seen: number; answer: number }[]
  const versions = shown.flatMap(({ key, seen, answer }) => [
    [`${key}__seen`, String(seen)],
    [`${key}__answer`, String(answer)],
  ])
  return { ...(body as Record<string, unknown>), ...(Object.fromEntries(versions) as object) }
}

function zoneOf(req: Request): string {
  return req.house.config.zone
}
