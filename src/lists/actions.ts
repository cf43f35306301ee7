import { record, recordEvent } from '../audit-log/actions.js'
import type { Context } from '../base/context.js'
import { Forbidden, NotFound, Refused } from '../base/errors.js'
import { newId } from '../base/ids.js'
import { danishSortKey } from '../db/keys.js'
import type { ViewInput } from './form.js'
import {
  insertView,
  moveView,
  pinColumns,
  pinnedOf,
  pinView,
  removeView,
  SavedViews,
  viewById,
  viewsOf,
  type SavedViewRecord,
} from './records.js'
import { mayChange, type ListName, type Opener } from './rules.js'

/** The views a person sees above a list, by name, the one it opens by, and the columns they chose to see of it. */
export async function viewsFor(
  list: ListName,
  person: string,
): Promise<{ views: SavedViewRecord[]; pinned: string | null; columns: string[] | null }> {
  const [views, { view: pin, columns = null }] = await Promise.all([
    viewsOf(list, person),
    pinnedOf(list, person),
  ])
  return {
    columns,
    views: views.toSorted((a, b) => (danishSortKey(a.name) < danishSortKey(b.name) ? -1 : 1)),
    // Someone else may have removed it, or keep it to themselves now.
    pinned: views.find(({ _id }) => _id === pin)?._id ?? null,
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
  if (!moved) throw new Refused('saved-view-gone')
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
  const view = await stillVisible(person, id)
  await pinView(view.list, person._id, pinned ? id : null)
  await recordEvent(context, 'saved-view.pinned', { kind: 'saved-view', id }, { pinned })
  return view
}

/**
 * The list shows these columns to the person from now on; null: the usual ones. Nobody else sees anything of it, so that the log
 * is not told, as it is not of the language a page is read in.
 */
export async function chooseColumns(person: Opener, list: ListName, columns: string[] | null): Promise<void> {
  await pinColumns(list, person._id, columns)
}

export async function visible(person: Opener, id: string): Promise<SavedViewRecord> {
  const view = await viewSeenBy(person, id)
  if (!view) throw new NotFound()
  return view
}

/** Somebody else may have removed it, or keep it to themselves now, while it was open: its filters still stand in the address. */
async function stillVisible(person: Opener, id: string): Promise<SavedViewRecord> {
  const view = await viewSeenBy(person, id)
  if (!view) throw new Refused('saved-view-gone')
  return view
}

async function viewSeenBy(person: Opener, id: string): Promise<SavedViewRecord | null> {
  const view = await viewById(id)
  return view && (view.shared || view.owner === person._id) ? view : null
}

async function changeable(person: Opener, id: string): Promise<SavedViewRecord> {
  const view = await stillVisible(person, id)
  if (!mayChange(view, person)) throw new Forbidden('saved-view')
  return view
}
