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

export function isListName(name: string): name is ListName {
  return (listNames as readonly string[]).includes(name)
}

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
  /** The person sees columns of their own where an address says nothing of them: then every address says it. */
  own?: boolean | undefined
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

/**
 * Untrusted query of an address -> what it asks. What the list does not know is left out: an old address still opens. `own`: the
 * columns a person chose for themselves; an address that names columns, or a saved view, goes before them.
 */
export function readListQuery(
  shape: ListShape,
  raw: unknown,
  own: readonly string[] | null = null,
): ListQuery {
  const query = (raw ?? {}) as Record<string, unknown>
  const filters = Object.fromEntries(
    shape.filters.flatMap((name) => {
      const values = manyOf(query[name]).slice(0, mostValues)
      return values.length > 0 ? [[name, values]] : []
    }),
  )
  const asked = manyOf(query['columns'])
  const sort = oneOf(query['sort'])
  const view = oneOf(query['view'])
  const chosen = asked.length > 0 ? asked : ['', 'all'].includes(view) ? own : null
  return {
    q: oneOf(query['q']),
    filters,
    sort: shape.sorts.includes(sort) ? sort : (shape.sorts[0] ?? ''),
    columns: shape.columns
      .filter(({ name, usual }) => chosen?.includes(name) ?? usual)
      .map(({ name }) => name),
    ...(own ? { own: true } : {}),
    page: oneOf(query['page'], 2000),
    view,
    ids: manyOf(query['ids']).slice(0, mostSelected),
  }
}

/** The parts of an address that hold the query, in a fixed order and without what is usual: the same question, the same text. */
export function pairsOf(shape: ListShape, query: ListQuery): [string, string][] {
  const usual = isUsual(shape, query.columns) && !query.own
  const columns = usual ? [] : columnsOf(query)
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

/** Whether an export's address asks for some columns of the list: it writes all there are otherwise. */
export function namesColumns(query: unknown): boolean {
  const asked = [(query as Record<string, unknown>)['columns']].flat().join(',')
  return asked !== '' && asked !== 'all'
}

export function isUsual(shape: ListShape, columns: readonly string[]): boolean {
  return usualOf(shape).join() === columns.join()
}

export function usualOf(shape: ListShape): string[] {
  return shape.columns.filter(({ usual }) => usual).map(({ name }) => name)
}

/** As an address names them: the name stands for none but itself. */
function columnsOf({ columns }: Pick<ListQuery, 'columns'>): string[] {
  return ['name', ...columns]
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
  const kept = pairsOf(shape, { ...query, page: '', view: '', ids: [], own: false })
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
