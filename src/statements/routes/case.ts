import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { rowCount } from '../../register/page.js'
import { answerOn, typedText } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import {
  bridgeable,
  concludeStatement,
  fileOfStatement,
  followUp,
  placesOfVendor,
  reopenStatement,
  saveFacts,
  saveReview,
  statementOf,
  statementToShow,
  suppliersToChoose,
} from '../actions.js'
import {
  readBecause,
  readConclusion,
  readFacts,
  readFollowUp,
  readingsOf,
  readReview,
  withTaken,
  withTakenRows,
} from '../form.js'
import { conclusionChoices, proposalsIn, readForm, reviewForm, statementPage, urlOf } from '../page.js'
import type { Statement } from '../rules.js'

const base = '/statements/:reference'

export function caseRoutes(router: Router): void {
  router.get(base, may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'statements/case', await caseValues(req))
  })

  router.get(`${base}/files/:file`, may('files:read'), async (req, res) => {
    await sendFile(res, await fileOfStatement(pathPart(req, 'reference'), pathPart(req, 'file')))
  })

  router.get(`${base}/read`, may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'statements/read', await readValues(req))
  })

  router.post(`${base}/read`, may('supervision:write'), async (req, res) => {
    const { today } = contextOf(req)
    const statement = await statementOf(pathPart(req, 'reference'))
    // One more row: nothing is judged or saved.
    if (typedText(req, 'add') !== '')
      return renderPage(req, res, 'statements/read', {
        ...(await readValues(req)),
        typed: req.body as unknown,
      })
    const { body, origins } = taken(statement, req.body)
    const again = { view: 'statements/read', values: () => readValues(req) }
    await answerOn(req, res, readFacts(body, today), again, async (input) => {
      const seen = Number(typedText(req, 'version'))
      const read = await saveFacts(contextOf(req), statement.reference, input, { origins, seen })
      redirectWith(req, res, `${urlOf(read)}/review`, 'statements:flash.read')
    })
  })

  router.get(`${base}/review`, may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'statements/review', await reviewValues(req))
  })

  router.post(`${base}/review`, may('supervision:write'), async (req, res) => {
    const statement = await statementOf(pathPart(req, 'reference'))
    const again = { view: 'statements/review', values: () => reviewValues(req) }
    const read = readReview(req.body, statement.facts?.kind ?? 'other')
    await answerOn(req, res, read, again, async (input) => {
      const kept = await saveReview(contextOf(req), statement.reference, input)
      redirectWith(req, res, `${urlOf(kept)}#conclude`, 'statements:flash.reviewed')
    })
  })

  const onCase = (req: Request) => ({ view: 'statements/case', values: () => caseValues(req) })

  router.post(`${base}/conclude`, may('supervision:conclude'), async (req, res) => {
    await answerOn(req, res, readConclusion(req.body), onCase(req), async (input) => {
      const concluded = await concludeStatement(contextOf(req), pathPart(req, 'reference'), input)
      redirectWith(req, res, urlOf(concluded), `statements:flash.${input.verdict}`)
    })
  })

  router.post(`${base}/reopen`, may('supervision:conclude'), async (req, res) => {
    await answerOn(req, res, readBecause(req.body), onCase(req), async ({ because }) => {
      const reopened = await reopenStatement(contextOf(req), pathPart(req, 'reference'), because)
      redirectWith(req, res, urlOf(reopened), 'statements:flash.reopened')
    })
  })

  router.get(`${base}/follow-up`, may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'statements/follow-up', await reviewValues(req))
  })

  router.post(`${base}/follow-up`, may('supervision:write'), async (req, res) => {
    const again = { view: 'statements/follow-up', values: () => reviewValues(req) }
    await answerOn(req, res, readFollowUp(req.body), again, async (input) => {
      const kept = await followUp(contextOf(req), pathPart(req, 'reference'), input)
      redirectWith(req, res, urlOf(kept), 'statements:flash.followed-up')
    })
  })
}

/** Everything the statement's page shows; its forms show what was typed when one of them is wrong. */
export async function caseValues(req: Request): Promise<PageValues> {
  const { today, locale } = contextOf(req)
  const shown = await statementToShow(pathPart(req, 'reference'))
  const page = statementPage(shown, { today, locale, zone: req.house.config.zone })
  return {
    ...page,
    verdicts: conclusionChoices(locale),
    actors: shown.statement.conclusion ? [shown.statement.conclusion.by] : [],
    history: await historyOf('statement', shown.statement._id),
  }
}

function taken(statement: Statement, body: unknown) {
  const proposals = proposalsIn(statement.reading)
  if (proposals === null) return { body, origins: {} }
  const { body: filled, origins } = withTaken(body, readingsOf(proposals))
  return { body: withTakenRows(filled, proposals), origins }
}

async function readValues(req: Request): Promise<PageValues> {
  const { locale, today } = contextOf(req)
  const statement = await statementOf(pathPart(req, 'reference'))
  const [places, letters] = await Promise.all([
    placesOfVendor(statement.vendor),
    bridgeable(statement.vendor, statement._id),
  ])
  const form = readForm(statement, { places, bridgeable: letters }, locale)
  const body = (req.body ?? {}) as Record<string, unknown>
  const more = typedText(req, 'add')
  const counts = Object.fromEntries(
    Object.entries(form.rows).map(([part, rows]) => [
      part,
      // What was sent has its empty rows with it already.
      body[part] === undefined ? rows.length + form.spare : rowCount(body[part], 0, more === part),
    ]),
  )
  return { statement, ...form, counts, today, version: statement.version }
}

async function reviewValues(req: Request): Promise<PageValues> {
  const { locale } = contextOf(req)
  const shown = await statementToShow(pathPart(req, 'reference'))
  const { statement, staff } = shown
  const page = statementPage(shown, { ...contextOf(req), zone: req.house.config.zone })
  return {
    page,
    statement,
    form: reviewForm(statement, staff, await suppliersToChoose(statement), locale),
    version: statement.version,
  }
}
