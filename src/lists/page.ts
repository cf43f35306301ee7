import type { Locale } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import {
  addressOf,
  isNarrowed,
  isUsual,
  mayChange,
  mostSelected,
  pairsOf,
  storedQuery,
  usualOf,
  withoutValue,
  type ListQuery,
  type ListShape,
  type Opener,
  type SavedViewContent,
} from './rules.js'

export type Choice = { value: string; text: string }

export type SavedView = SavedViewContent & { _id: string }

/** What a list's page shows around its rows: search, filters, chips, columns, views, the way on. */

type Parts = {
  shape: ListShape
  query: ListQuery
  /** By filter, in the order in which they are offered; a filter without any is not shown. */
  choices: Readonly<Record<string, readonly Choice[]>>
  /** What a value is called that is not among the choices (any more). */
  called?: (filter: string, value: string) => string | null
  page: { next: string | null; previous: string | null; count: { count: number; capped: boolean } }
  views: readonly SavedView[]
  pinned: string | null
  person: Opener
  /** Ways to take away what is shown, where there are any. */
  exports: readonly Choice[]
  /** Where a selection goes; null: this list, or this person, does nothing to several at once. */
  bulk: string | null
}

export function listPage(parts: Parts, locale: Locale) {
  const { shape, page } = parts
  // Where a view opens the list by itself, the bare address would lead there instead of to the whole list.
  const view = parts.query.view === '' && parts.pinned !== null ? 'all' : parts.query.view
  const query = { ...parts.query, view }
  const t = textIn(locale)
  const label = (filter: string) => t(`lists:filter.${filter}`)
  const at = (cursor: string | null) => cursor && addressOf(shape, query, { page: cursor })
  return {
    name: shape.name,
    path: `/${shape.name}`,
    q: query.q,
    narrowed: isNarrowed(query),
    withoutSearch: addressOf(shape, query, { q: '' }),
    clear: addressOf(
      shape,
      { ...query, q: '', filters: {}, ids: [] },
      { view: parts.pinned === null ? '' : 'all' },
    ),
    // The search form sends what was chosen before along, and offers the rest.
    kept: pairsOf(shape, { ...query, q: '', sort: shape.sorts[0] ?? '', page: '' }),
    filters: shape.filters.flatMap((name) => {
      const chosen = query.filters[name] ?? []
      const options = (parts.choices[name] ?? []).filter(({ value }) => !chosen.includes(value))
      const empty = chosen.length > 0 ? t('lists:filter-another') : t('lists:filter-any')
      return options.length === 0 ? [] : [{ name, label: label(name), options, empty }]
    }),
    filtered: Object.keys(query.filters).length,
    chips: [
      ...(query.ids.length > 0
        ? [
            {
              label: t('lists:chip-selection'),
              value: String(query.ids.length),
              url: addressOf(shape, query, { ids: [] }),
            },
          ]
        : []),
      ...Object.entries(query.filters).flatMap(([name, values]) =>
        values.map((value) => ({
          // What stands in brackets explains the field of the form.
          label: label(name).replace(/ \(.*\)$/, ''),
          value:
            parts.choices[name]?.find((each) => each.value === value)?.text ??
            parts.called?.(name, value) ??
            t('lists:chip-gone'),
          url: addressOf(shape, query, withoutValue(query, name, value)),
        })),
      ),
    ],
    sort: query.sort,
    sorts: shape.sorts.map((value) => ({ value, text: t(`lists:sort.${value}`) })),
    columns: {
      url: `/lists/${shape.name}/columns`,
      asked: new URLSearchParams(pairsOf(shape, query)).toString(),
      options: shape.columns.map(({ name }) => ({
        value: name,
        text: t(`lists:column.${shape.name}.${name}`),
        checked: query.columns.includes(name),
      })),
      changed: query.own === true || !isUsual(shape, query.columns),
    },
    shows: Object.fromEntries(query.columns.map((name) => [name, true])),
    paging: { count: page.count, next: at(page.next), previous: at(page.previous) },
    exports: parts.exports.map(({ value, text }) => ({ text, url: exportAddress(value, shape, query) })),
    bulk:
      parts.bulk === null
        ? null
        : {
            url: parts.bulk,
            most: mostSelected,
            asked: new URLSearchParams(pairsOf(shape, query)).toString(),
          },
    views: viewsPage(parts),
  }
}

/** What is shown, with the columns that are shown, unless the way says itself which columns it takes. */
function exportAddress(way: string, shape: ListShape, query: ListQuery): string {
  const pairs = pairsOf(shape, { ...query, page: '', view: '', own: true })
  const asked = way.includes('columns=') ? pairs.filter(([name]) => name !== 'columns') : pairs
  const rest = new URLSearchParams(asked).toString().replaceAll('%2C', ',')
  return rest === '' ? way : `${way}${way.includes('?') ? '&' : '?'}${rest}`
}

function viewsPage({ shape, query, views, pinned, person }: Parts) {
  const stored = storedQuery(shape, query)
  const bare = storedQuery(shape, query.own ? { ...query, columns: usualOf(shape) } : query) === ''
  const open = views.find(({ _id }) => _id === query.view)
  return {
    // The usual list stands first; with a view opened by itself it has to be asked for.
    all: {
      url: pinned === null ? `/${shape.name}` : `/${shape.name}?view=all`,
      current: !open && bare,
    },
    tabs: views.map((view) => ({
      name: view.name,
      shared: view.shared,
      pinned: view._id === pinned,
      current: view._id === open?._id,
      url: viewAddress(view),
    })),
    stored,
    here: addressOf(shape, query),
    open: open
      ? {
          url: `/views/${open._id}`,
          name: open.name,
          pinned: open._id === pinned,
          mayChange: mayChange(open, person),
          differs: open.query !== stored,
        }
      : null,
  }
}

/** The list as the view has it. */
export function viewAddress({ _id, list, query }: SavedView): string {
  return `/${list}?${query === '' ? '' : `${query}&`}view=${_id}`
}
