import { record, recordEvent } from '../audit-log/actions.js'
import type { Context } from '../base/context.js'
import { Forbidden, NotFound } from '../base/errors.js'
import { newId } from '../base/ids.js'
import { danishSortKey } from '../db/keys.js'
import type { ViewInput } from './form.js'
import {
  insertView,
  moveView,
  pinnedView,
  pinView,
  removeView,
  SavedViews,
  viewById,
  viewsOf,
  type SavedViewRecord,
} from './records.js'
import { mayChange, type ListName, type Opener } from './rules.js'

/** The views a person sees above a list, by name, and the one it opens by. */
export async function viewsFor(
  list: ListName,
  person: string,
): Promise<{ views: SavedViewRecord[]; pinned: string | null }> {
  const [views, pin] = await Promise.all([viewsOf(list, person), pinnedView(list, person)])
  return {
    views: views.toSorted((a, b) => (danishSortKey(a.name) < danishSortKey(b.name) ? -1 : 1)),
    // Someone else may have removed it, or keep it to themselves now.
    pinned: views.some(({ _id }) => _id === pin) ? pin : null,
  }
}

export async function saveView(
  context: Context,
  person: Opener,
  { list, name, query, shared }: ViewInput,
): Promise<SavedViewRecord> {
  const view = await insertView(
    { _id: newId(), list, name, query, owner: person._id, shared },
    {
      at: context.now,
      by: context.actor,
      event: 'saved-view.added',
      facts: { list, shared },
      // A search may hold a name.
      personal: { name, query },
    },
  )
  await record(SavedViews, view)
  return view
}

/** Another name, another question, for oneself or for everyone. */
export async function changeView(
  context: Context,
  person: Opener,
  id: string,
  changes: Partial<Pick<ViewInput, 'name' | 'query' | 'shared'>>,
): Promise<SavedViewRecord> {
  const before = await changeable(person, id)
  const after = { name: before.name, query: before.query, shared: before.shared, ...changes }
  const move = {
    at: context.now,
    by: context.actor,
    event: 'saved-view.changed',
    facts: { before: { shared: before.shared }, after: { shared: after.shared } },
    personal: {
      before: { name: before.name, query: before.query },
      after: { name: after.name, query: after.query },
    },
  }
  const moved = await moveView(id, changes, move)
  if (!moved) throw new NotFound()
  await record(SavedViews, moved)
  return moved
}

export async function deleteView(context: Context, person: Opener, id: string): Promise<SavedViewRecord> {
  const view = await changeable(person, id)
  await removeView(id)
  const { list, shared, name } = view
  await recordEvent(context, 'saved-view.removed', { kind: 'saved-view', id }, { list, shared }, { name })
  return view
}

/** The list opens by this view from now on, or as it is again. */
export async function pin(
  context: Context,
  person: Opener,
  id: string,
  pinned: boolean,
): Promise<SavedViewRecord> {
  const view = await visible(person, id)
  await pinView(view.list, person._id, pinned ? id : null)
  await recordEvent(context, 'saved-view.pinned', { kind: 'saved-view', id }, { pinned })
  return view
}

export async function visible(person: Opener, id: string): Promise<SavedViewRecord> {
  const view = await viewById(id)
  if (!view || (!view.shared && view.owner !== person._id)) throw new NotFound()
  return view
}

async function changeable(person: Opener, id: string): Promise<SavedViewRecord> {
  const view = await visible(person, id)
  if (!mayChange(view, person)) throw new Forbidden('saved-view')
  return view
}
