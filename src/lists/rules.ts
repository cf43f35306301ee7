/** The lists that have filters, columns and saved views. Their addresses are `/<name>`. */
export const listNames = [
  'engagements',
  'vendors',
  'customers',
  'notices',
  'objections',
  'questionnaires',
  'findings',
] as const
export type ListName = (typeof listNames)[number]

/** What can be asked of a list. The first sort is the usual one; the name always stands first and is no column of choice. */
export type ListShape = {
  name: ListName
  filters: readonly string[]
  sorts: readonly string[]
  columns: readonly { name: string; usual: boolean }[]
}

/** What an address asks of a list. Values of one filter are alternatives; different filters all have to hold. */
export type ListQuery = {
  q: string
  filters: Record<string, string[]>
  sort: string
  /** Those shown, in the order of the list. */
  columns: string[]
  /** Cursor of a page; '' is the first. */
  page: string
  /** The saved view it was opened by; '' for none. */
  view: string
  /** References of a selection; empty: no selection. */
  ids: string[]
}

/** A selection, and what is done to all that match, ends here: a preview of more nobody reads. */
export const mostSelected = 500
const mostValues = 30

/** Untrusted query of an address -> what it asks. What the list does not know is left out: an old address still opens. */
export function readListQuery(shape: ListShape, raw: unknown): ListQuery {
  const query = (raw ?? {}) as Record<string, unknown>
  const filters = Object.fromEntries(
    shape.filters.flatMap((name) => {
      const values = manyOf(query[name]).slice(0, mostValues)
      return values.length > 0 ? [[name, values]] : []
    }),
  )
  const chosen = manyOf(query['columns'])
  const sort = oneOf(query['sort'])
  return {
    q: oneOf(query['q']),
    filters,
    sort: shape.sorts.includes(sort) ? sort : (shape.sorts[0] ?? ''),
    columns: shape.columns
      .filter(({ name, usual }) => (chosen.length > 0 ? chosen.includes(name) : usual))
      .map(({ name }) => name),
    page: oneOf(query['page'], 2000),
    view: oneOf(query['view']),
    ids: manyOf(query['ids']).slice(0, mostSelected),
  }
}

/** The parts of an address that hold the query, in a fixed order and without what is usual: the same question, the same text. */
export function pairsOf(shape: ListShape, query: ListQuery): [string, string][] {
  const usual = shape.columns.filter((column) => column.usual).map(({ name }) => name)
  const columns = usual.join() === query.columns.join() ? [] : ['name', ...query.columns]
  return [
    ...(query.q === '' ? [] : ([['q', query.q]] as [string, string][])),
    ...shape.filters.flatMap((name) =>
      (query.filters[name] ?? []).map((value): [string, string] => [name, value]),
    ),
    ...(query.sort === shape.sorts[0] ? [] : ([['sort', query.sort]] as [string, string][])),
    ...(columns.length === 0 ? [] : ([['columns', columns.join(',')]] as [string, string][])),
    ...(query.ids.length === 0 ? [] : ([['ids', query.ids.join(',')]] as [string, string][])),
    ...(query.view === '' ? [] : ([['view', query.view]] as [string, string][])),
    ...(query.page === '' ? [] : ([['page', query.page]] as [string, string][])),
  ]
}

/** The address that asks this of the list; changes leave the page behind unless they name one. */
export function addressOf(shape: ListShape, query: ListQuery, changes: Partial<ListQuery> = {}): string {
  const pairs = pairsOf(shape, { ...query, page: '', ...changes })
  return pairs.length === 0
    ? `/${shape.name}`
    : `/${shape.name}?${new URLSearchParams(pairs).toString().replaceAll('%2C', ',')}`
}

/** What a saved view keeps of a query: not the page, nor a selection, nor which view it came from. */
export function storedQuery(shape: ListShape, query: ListQuery): string {
  const kept = pairsOf(shape, { ...query, page: '', view: '', ids: [] })
  return new URLSearchParams(kept).toString().replaceAll('%2C', ',')
}

export function isNarrowed(query: ListQuery): boolean {
  return query.q !== '' || query.ids.length > 0 || Object.keys(query.filters).length > 0
}

export function withoutValue(query: ListQuery, filter: string, value: string): Partial<ListQuery> {
  const values = (query.filters[filter] ?? []).filter((each) => each !== value)
  const { [filter]: _left, ...others } = query.filters
  return { filters: values.length > 0 ? { ...others, [filter]: values } : others }
}

/** A saved view: a question of a list under a name, for the one who saved it or for everyone. */
export type SavedViewContent = {
  list: ListName
  name: string
  /** As the address has it, without '?'. */
  query: string
  owner: string
  shared: boolean
}

export type Opener = { _id: string; mayTidy: boolean }

/** Those shown to a person above a list: their own and the shared ones, by name. */
export function mayChange(view: Pick<SavedViewContent, 'owner' | 'shared'>, person: Opener): boolean {
  return view.owner === person._id || (view.shared && person.mayTidy)
}

function oneOf(value: unknown, most = 200): string {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first.trim().slice(0, most) : ''
}

/** 'a,b' and a repeated parameter are the same. */
function manyOf(value: unknown): string[] {
  const all = (Array.isArray(value) ? value : [value]) as unknown[]
  return [
    ...new Set(
      all
        .filter((each): each is string => typeof each === 'string')
        .flatMap((each) => each.slice(0, 8000).split(','))
        .map((each) => each.trim().slice(0, 100))
        .filter(Boolean),
    ),
  ]
}
