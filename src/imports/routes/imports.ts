import express, { type Request, type Response, type Router } from 'express'
import { may } from '../../auth/guards.js'
import { allows, type Permission } from '../../auth/permissions.js'
import { Forbidden } from '../../base/errors.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  applyImport,
  chooseRow,
  chooseSeveral,
  differencesIn,
  discardImport,
  dryRun,
  importById,
  isRemembered,
  leftBehind,
  mapImport,
  rowOf,
  serviceNames,
  sheetsOf,
  startImport,
  undoImport,
} from '../actions.js'
import { readChoosing, readMapping, readRegisterChoice, readSeveral, readShown } from '../form.js'
import type { Locale } from '../../base/context.js'
import type { Note, Sheet } from '../reading/limits.js'
import { columnsPage, importRow, resultPage } from '../page.js'
import { rowPage } from '../page/row.js'
import { runPage } from '../page/run.js'
import { latestImports, rememberedHeadings, type Import } from '../records.js'
import { isBeingWritten } from '../records/turns.js'
import { registers, type Register } from '../rules.js'

const needed: Record<Register, Permission> = { register: 'register:write', customers: 'customers:write' }

export const importsRoutes: Router = express.Router()

importsRoutes.get('/imports', may('register:write'), async (req, res) => {
  await showList(req, res)
})

importsRoutes.post('/imports', may('register:write'), upload([{ name: 'file' }]), async (req, res) => {
  const read = readRegisterChoice(req.body)
  const [file] = uploaded(req, 'file')
  const problems = [...(read.problems ?? []), ...(file ? [] : [{ field: 'file', text: 'choose-file' }])]
  if (read.problems || !file) return showList(req, res, { problems, typed: req.body }, 422)
  mustBeAllowed(req, read.input.register)
  try {
    const { _id } = await startImport(contextOf(req), read.input.register, file)
    redirectWith(req, res, `/imports/${_id}/columns`)
  } catch (error) {
    await showList(req, res, { refusal: refusalOf(error), typed: req.body }, 409)
  }
})

importsRoutes.get('/imports/:id/columns', may('register:write'), async (req, res) => {
  await showColumns(req, res)
})

importsRoutes.post('/imports/:id/columns', may('register:write'), async (req, res) => {
  const found = await importAsked(req)
  const { sheets } = await sheetsOf(found)
  const [remembered, services] = await Promise.all([rememberedHeadings(found.register), serviceNames()])
  const { mapping, headings, again } = readMapping(req.body, found, sheets, remembered, services)
  await mapImport(contextOf(req), found._id, mapping, again ? [] : headings)
  redirectWith(req, res, again ? `/imports/${found._id}/columns` : `/imports/${found._id}`)
})

importsRoutes.get('/imports/:id', may('register:write'), async (req, res) => {
  await showImport(req, res)
})

importsRoutes.get('/imports/:id/rows/:row', may('register:write'), async (req, res) => {
  await showRow(req, res)
})

importsRoutes.post('/imports/:id/rows/:row', may('register:write'), async (req, res) => {
  const found = await importAsked(req)
  try {
    await chooseRow(contextOf(req), found, Number(pathPart(req, 'row')), readChoosing(req.body))
    // On to the next problem; where there is none, back to the row.
    redirectWith(req, res, `/imports/${found._id}?from=${pathPart(req, 'row')}#rows`, 'imports:row.saved')
  } catch (error) {
    await showRow(req, res, { refusal: refusalOf(error), typed: req.body }, 409)
  }
})

importsRoutes.post('/imports/:id/several', may('register:write'), async (req, res) => {
  const found = await importAsked(req)
  try {
    await chooseSeveral(contextOf(req), found, readSeveral(req.body))
    redirectWith(req, res, `/imports/${found._id}`, 'imports:row.saved')
  } catch (error) {
    await showImport(req, res, { refusal: refusalOf(error) }, 409)
  }
})

importsRoutes.post('/imports/:id/apply', may('register:write'), async (req, res) => {
  const { _id } = await importAsked(req)
  try {
    await applyImport(contextOf(req), _id)
    redirectWith(req, res, `/imports/${_id}`, 'imports:applied')
  } catch (error) {
    await showImport(req, res, { refusal: refusalOf(error) }, 409)
  }
})

importsRoutes.post('/imports/:id/discard', may('register:write'), async (req, res) => {
  const { _id } = await importAsked(req)
  await discardImport(contextOf(req), _id)
  redirectWith(req, res, '/imports', 'imports:discarded')
})

importsRoutes.post('/imports/:id/undo', may('register:write'), async (req, res) => {
  const { _id } = await importAsked(req)
  try {
    await undoImport(contextOf(req), _id)
    redirectWith(req, res, `/imports/${_id}`, 'imports:undone')
  } catch (error) {
    await showImport(req, res, { refusal: refusalOf(error) }, 409)
  }
})

async function showList(req: Request, res: Response, values: PageValues = {}, status = 200): Promise<void> {
  const allowed = registers.filter((register) => req.person && allows(req.person.role, needed[register]))
  const rows = await latestImports(allowed)
  await renderPage(
    req,
    res,
    'imports/list',
    { ...values, rows: rows.map((row) => importRow(row, req.locale)) },
    status,
  )
}

async function showColumns(req: Request, res: Response): Promise<void> {
  const found = await importAsked(req)
  const { sheets, notes } = await sheetsOf(found)
  await renderPage(req, res, 'imports/columns', {
    id: found._id,
    remembered: await isRemembered(found, sheets),
    ...(await columnsOf(found, sheets, notes, req.locale)),
  })
}

async function showRow(req: Request, res: Response, values: PageValues = {}, status = 200): Promise<void> {
  const found = await importAsked(req)
  const asked = await rowOf(contextOf(req), found, Number(pathPart(req, 'row')))
  await renderPage(
    req,
    res,
    'imports/row',
    { ...values, id: found._id, ...rowPage(found, asked, req.locale) },
    status,
  )
}

async function showImport(req: Request, res: Response, values: PageValues = {}, status = 200): Promise<void> {
  const found = await importAsked(req)
  const busy = await isBeingWritten(found.register, found._id)
  if (found.state !== 'ready' && found.state !== 'applying') {
    await renderPage(
      req,
      res,
      'imports/result',
      { ...values, id: found._id, busy, ...resultPage(found, req.locale), stayed: await leftBehind(found) },
      status,
    )
    return
  }
  const { sheets, notes } = await sheetsOf(found)
  try {
    const plan = await dryRun(contextOf(req), found, sheets)
    await renderPage(
      req,
      res,
      'imports/run',
      {
        ...values,
        id: found._id,
        busy,
        ...runPage(
          found,
          { ...plan, differences: await differencesIn(plan, req.locale) },
          notes,
          readShown(req.query),
          `/imports/${found._id}`,
          req.locale,
        ),
      },
      status,
    )
  } catch (error) {
    // The columns are not ones to go by: back to where they are chosen, with the reason.
    const shown = {
      id: found._id,
      ...(await columnsOf(found, sheets, notes, req.locale)),
      refusal: refusalOf(error),
    }
    await renderPage(req, res, 'imports/columns', shown, 409)
  }
}

async function columnsOf(found: Import, sheets: readonly Sheet[], notes: readonly Note[], locale: Locale) {
  const [remembered, services] = await Promise.all([rememberedHeadings(found.register), serviceNames()])
  return columnsPage(found, { sheets, notes }, { remembered, services }, locale)
}

async function importAsked(req: Request): Promise<Import> {
  const found = await importById(pathPart(req, 'id'))
  mustBeAllowed(req, found.register)
  return found
}

function mustBeAllowed(req: Request, register: Register): void {
  if (!req.person || !allows(req.person.role, needed[register])) throw new Forbidden()
}
