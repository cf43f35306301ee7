import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import multer from 'multer'
import { Forbidden, NotFound, Refused } from '../base/errors.js'
import { newId } from '../base/ids.js'
import { TooMany } from '../auth/limits.js'
import { DeadLink } from '../auth/links.js'
import { FileTooLarge, mostText } from './upload.js'
import { renderPage, type PageValues } from './page.js'

export const notFound: RequestHandler = () => {
  throw new NotFound()
}

type Page = { status: number; view: string; values?: PageValues }

/** Every error ends here: a page in the reader's language that says what to do, and a log line without what was typed. */
export const showError: ErrorRequestHandler = async (error: unknown, req, res, next) => {
  if (res.headersSent) return next(error)
  const page = pageFor(error, req)
  if (page) {
    if (error instanceof TooMany) res.set('Retry-After', String(error.seconds))
    return render(req, res, page, error)
  }
  const incident = newId().slice(0, 8)
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined }
  // The first line of a stack is the message, in which drivers quote documents.
  const trace = stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
  req.house.log.error(
    { incident, error: name, method: req.method, route: routeOf(req), trace },
    'request failed',
  )
  await render(req, res, { status: 500, view: 'web/failed', values: { incident } }, error)
}

function pageFor(error: unknown, req: Request): Page | null {
  if (error instanceof DeadLink) return { status: 404, view: 'web/dead-link' }
  if (error instanceof NotFound) return { status: 404, view: 'web/not-found' }
  if (error instanceof Forbidden) return { status: 403, view: 'web/forbidden' }
  if (error instanceof Refused)
    return { status: 409, view: 'web/refused', values: { refusal: error, cameFrom: cameFrom(req) } }
  if (error instanceof TooMany)
    return { status: 429, view: 'web/too-many', values: { minutes: Math.ceil(error.seconds / 60) } }
  if (error instanceof FileTooLarge) return tooLarge(error.typed)
  if (error instanceof multer.MulterError)
    return error.code === 'LIMIT_FILE_SIZE' ? tooLarge() : { status: 400, view: 'web/unreadable' }
  const { status, code, type } = Object(error) as { status?: unknown; code?: unknown; type?: unknown }
  if (code === 'EBADCSRFTOKEN') return { status: 403, view: 'web/stale' }
  if (status === 413 || type === 'entity.too.large') return tooLarge()
  // What express and its body parser could not read: '%zz' in an address, a broken form.
  if (typeof status === 'number' && status >= 400 && status < 500) return { status, view: 'web/unreadable' }
  if (error instanceof URIError) return { status: 400, view: 'web/unreadable' }
  return null
}

function tooLarge(words: readonly string[] = []): Page {
  return { status: 413, view: 'web/too-large', values: { most: mostText, words } }
}

async function render(req: Request, res: Response, page: Page, error: unknown): Promise<void> {
  try {
    await renderPage(req, res, page.view, page.values, page.status)
  } catch (second) {
    // The page itself needs the database; without it there is still an answer.
    const name = second instanceof Error ? second.name : typeof second
    req.house.log.error(
      { error: name, about: error instanceof Error ? error.name : typeof error },
      'error page failed',
    )
    if (!res.headersSent)
      res
        .status(page.status)
        .type('text')
        .send('Tilsyn kan ikke svare lige nu. / Tilsyn cannot answer right now.')
  }
}

// The route as written ('/notices/:reference'): addresses hold tokens and what people search for.
function routeOf(req: Request): string {
  const route = req.route as { path?: unknown } | undefined
  return typeof route?.path === 'string' ? route.path : '-'
}

function cameFrom(req: Request): string | null {
  const from = req.get('referer')
  if (!from || !URL.canParse(from)) return null
  const { host, pathname, search } = new URL(from)
  return host === req.get('host') ? pathname + search : null
}
