import type { Request } from 'express'
import { allows } from '../auth/permissions.js'
import { viewsFor } from './actions.js'
import { viewAddress } from './page.js'
import { addressOf, readListQuery, type ListQuery, type ListShape, type Opener } from './rules.js'

export type Opened = {
  query: ListQuery
  views: Awaited<ReturnType<typeof viewsFor>>['views']
  pinned: string | null
  person: Opener
  /** The bare address of a list with a view pinned to it: where that view is. */
  elsewhere: string | null
  /** Only what changes while somebody types is asked for. */
  part: boolean
}

/** What the address asks of the list, and what the person has saved of it. */
export async function openList(req: Request, shape: ListShape): Promise<Opened> {
  const person = openerOf(req)
  const { views, pinned, columns } = await viewsFor(shape.name, person._id)
  const query = readListQuery(shape, req.query, columns)
  const bare = Object.keys(req.query).length === 0
  // What a form sends for filters nobody chose would stand in every address that is passed on.
  const untidy = Object.values(req.query).some(
    (value) => value === '' || (Array.isArray(value) && value.includes('')),
  )
  const pin = bare ? views.find(({ _id }) => _id === pinned) : undefined
  return {
    query,
    views,
    pinned,
    person,
    elsewhere: pin ? viewAddress(pin) : untidy ? addressOf(shape, query, { page: query.page }) : null,
    part: req.query['part'] === 'rows',
  }
}

/** Guards let only staff in. */
export function openerOf({ person }: Request): Opener {
  return { _id: person?._id ?? '', mayTidy: person !== undefined && allows(person.role, 'settings:write') }
}
