import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import type { Read } from '../../base/form.js'
import { textIn } from '../../i18n/texts.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { vendorByReference, vendorsToPick } from '../../register/actions.js'
import type { Vendor } from '../../register/rules.js'
import { answerOn, queried } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { exportChoices, sendRows } from '../../web/send-rows.js'
import { upload, uploaded } from '../../web/upload.js'
import { receiveStatement, statementsToList, statementToReplace, timelinesToShow } from '../actions.js'
import { readFilter, readNew } from '../form.js'
import { listChoices, statementCells, statementHeadings, statementRow, timelinePage, urlOf } from '../page.js'

export function listRoutes(router: Router): void {
  router.get('/statements', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const { cursor, ...filter } = readFilter(req.query)
    const page = await statementsToList(filter, cursor)
    const { q, show, kind, sort } = filter
    const at = (to: string | null) =>
      to && `/statements?${new URLSearchParams({ q, show, kind: kind ?? '', sort, page: to }).toString()}`
    await renderPage(req, res, 'statements/list', {
      rows: page.rows.map((listed) => statementRow(listed, today, locale)),
      q,
      show,
      kind,
      sort,
      choices: listChoices(locale),
      exports: exportChoices('/statements/export', locale).map(({ value, text }) => ({
        text,
        url: `${value}&${new URLSearchParams({ q, show, kind: kind ?? '', sort }).toString()}`,
      })),
      narrowed: q !== '' || show !== 'all' || kind !== null,
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })

  router.get('/statements/export', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const { cursor: _, ...filter } = readFilter(req.query)
    async function* rows() {
      yield statementHeadings(locale)
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page: Awaited<ReturnType<typeof statementsToList>> = await statementsToList(filter, cursor)
        for (const listed of page.rows) yield statementCells(statementRow(listed, today, locale))
        cursor = page.next
      }
    }
    const sheet = textIn(locale)('statements:title')
    await sendRows(req, res, { of: 'statements', sheet, rows: rows() })
  })

  router.get('/statements/timeline', may('supervision:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const q = queried(req, 'q').slice(0, 200)
    const page = await timelinesToShow(q, queried(req, 'page') || undefined, today)
    const at = (to: string | null) =>
      to && `/statements/timeline?${new URLSearchParams({ q, page: to }).toString()}`
    await renderPage(req, res, 'statements/timeline', {
      rows: page.rows.map(({ vendor, lanes }) => ({ vendor, timeline: timelinePage(lanes, today, locale) })),
      q,
      today,
      paging: { count: null, next: at(page.next), previous: at(page.previous) },
    })
  })

  router.get('/statements/new', may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'statements/new', await newValues(req))
  })

  router.post(
    '/statements/new',
    may('supervision:write'),
    upload([{ name: 'file', maxCount: 1 }]),
    async (req, res) => {
      const context = contextOf(req)
      const [file] = uploaded(req, 'file')
      const picks = await pickIn(req.body, [vendorBox(req)])
      const read = withPicks(readNew(picks.body, { today: context.today, files: file ? 1 : 0 }), picks)
      const again = { view: 'statements/new', values: () => newValues(req, picks) }
      await answerOn(req, res, await withVendor(read), again, async ({ vendor, fromName, ...input }) => {
        if (!file) return
        const statement = await receiveStatement(context, {
          vendor,
          file,
          note: input.note,
          on: input.receivedOn,
          asked: null,
          from: { kind: 'staff', name: fromName },
          replaces: await statementToReplace(input.replaces, vendor),
        })
        redirectWith(req, res, `${urlOf(statement)}/read`, 'statements:flash.received', {
          reference: statement.reference,
        })
      })
    },
  )
}

export function vendorBox(req: Request): PickField {
  return { field: 'vendor', source: vendorsToPick(contextOf(req), 'reference') }
}

/** The vendor chosen, by its reference; what is not there is said beside its field. */
export async function withVendor<Input extends { vendor: string }>(
  read: Read<Input>,
): Promise<Read<Omit<Input, 'vendor'> & { vendor: Vendor }>> {
  if (read.problems) return read
  const vendor = await vendorByReference(read.input.vendor)
  return vendor
    ? { input: { ...read.input, vendor } }
    : { problems: [{ field: 'vendor', text: 'choose-one' }] }
}

async function newValues(req: Request, picks?: Picks): Promise<PageValues> {
  const { today } = contextOf(req)
  const asked = queried(req, 'vendor')
  return {
    pickers: await pickersFor([{ ...vendorBox(req), stored: asked }], picks),
    stored: { receivedOn: today, replaces: queried(req, 'replaces').slice(0, 30) },
    today,
  }
}
