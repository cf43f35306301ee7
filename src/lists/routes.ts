import express, { type Request, type Response, type Router } from 'express'
import { staff } from '../auth/guards.js'
import { NotFound } from '../base/errors.js'
import { contextOf, pathPart, redirectWith, renderPage } from '../web/page.js'
import { changeView, chooseColumns, deleteView, pin, saveView, visible } from './actions.js'
import { readColumns, readNewView, readViewName, readViewQuery } from './form.js'
import { openerOf } from './open.js'
import { viewAddress } from './page.js'
import { isListName, mayChange } from './rules.js'

export const listsRoutes: Router = express.Router()

listsRoutes.post('/views', staff(), async (req, res) => {
  const read = readNewView(req.body)
  if (read.problems)
    return renderPage(
      req,
      res,
      'lists/new-view',
      { ...asTyped(req), problems: read.problems, typed: req.body as unknown },
      422,
    )
  const view = await saveView(contextOf(req), openerOf(req), read.input)
  redirectWith(req, res, viewAddress(view), 'lists:views.added')
})

listsRoutes.get('/views/:id', staff(), async (req, res) => {
  await show(req, res)
})

listsRoutes.post('/views/:id', staff(), async (req, res) => {
  const read = readViewName(req.body)
  if (read.problems) return show(req, res, { problems: read.problems, typed: req.body as unknown })
  const view = await changeView(contextOf(req), openerOf(req), pathPart(req, 'id'), read.input)
  redirectWith(req, res, viewAddress(view), 'lists:views.saved')
})

listsRoutes.post('/views/:id/query', staff(), async (req, res) => {
  const { query = '' } = readViewQuery(req.body).input ?? {}
  const view = await changeView(contextOf(req), openerOf(req), pathPart(req, 'id'), { query })
  redirectWith(req, res, viewAddress(view), 'lists:views.saved')
})

listsRoutes.post('/views/:id/pin', staff(), async (req, res) => {
  const pinned = (req.body as { pinned?: unknown }).pinned === 'yes'
  const view = await pin(contextOf(req), openerOf(req), pathPart(req, 'id'), pinned)
  redirectWith(req, res, viewAddress(view), pinned ? 'lists:views.pinned' : 'lists:views.unpinned')
})

listsRoutes.post('/views/:id/remove', staff(), async (req, res) => {
  const { list } = await deleteView(contextOf(req), openerOf(req), pathPart(req, 'id'))
  redirectWith(req, res, `/${list}?view=all`, 'lists:views.removed')
})

listsRoutes.post('/lists/:list/columns', staff(), async (req, res) => {
  const list = pathPart(req, 'list')
  if (!isListName(list)) throw new NotFound()
  const { columns = null, asked = '' } = readColumns(req.body).input ?? {}
  await chooseColumns(openerOf(req), list, columns)
  const address = new URLSearchParams(asked)
  address.delete('columns')
  if (columns) address.set('columns', columns.join(','))
  res.redirect(303, `/${list}${address.size > 0 ? '?' : ''}${address.toString().replaceAll('%2C', ',')}`)
})

async function show(req: Request, res: Response, wrong: Record<string, unknown> = {}): Promise<void> {
  const person = openerOf(req)
  const view = await visible(person, pathPart(req, 'id'))
  const values = { view, url: viewAddress(view), mayChange: mayChange(view, person), ...wrong }
  await renderPage(req, res, 'lists/view', values, wrong['problems'] ? 422 : 200)
}

function asTyped(req: Request): { list: string; query: string } {
  const { list, query } = req.body as Record<string, unknown>
  return { list: typeof list === 'string' ? list : '', query: typeof query === 'string' ? query : '' }
}
