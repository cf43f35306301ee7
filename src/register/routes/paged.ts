import { queried } from '../../web/answer.js'
/** Pages by their number, of what is read whole: a list in an order of its own day, which no cursor of today's register knows. */
import type { Request } from 'express'

export function pageNumber(req: Request): number {
  return Math.max(1, Number.parseInt(queried(req, 'page'), 10) || 1)
}

/** Longer than what people type. */
export function cursorOf(req: Request): string | undefined {
  const value = (req.query as Record<string, unknown>)['page']
  return typeof value === 'string' && value.length <= 2000 ? value : undefined
}

export function pagesOf(req: Request, page: number, count: number, size: number) {
  const next = page * size < count ? addressOf(req, String(page + 1)) : null
  const previous = page > 1 ? addressOf(req, String(page - 1)) : null
  return { count, next, previous }
}

/** The same address on another page. */
export function addressOf(req: Request, page: string): string {
  const url = new URL(req.originalUrl, 'http://here')
  url.searchParams.set('page', page)
  return url.pathname + url.search
}
