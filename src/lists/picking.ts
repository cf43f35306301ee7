/** Choosing one of many in a form: a box that is searched from while somebody types, and that takes a reference or a name as typed. */

/** One of what a form lets choose. `value` is what the form's reader takes: an id or a reference. */
export type Pickable = {
  value: string
  reference: string
  name: string
  /** What tells those of one name apart, in the reader's language. */
  detail?: string
}

/** So many at most stand in a plain select; of more they are searched. */
export const mostInSelect = 30
/** So many are shown while somebody types. */
export const mostFound = 20
/** So many are offered to choose from where what was typed fits several. */
export const mostOffered = 10

const longestDetail = 80

/** 'Nordsky A/S: hosting (E-0004)': as a box shows it, and as it may be sent back. */
export function pickText({ name, detail, reference }: Pickable): string {
  const cut =
    detail && detail.length > longestDetail ? `${detail.slice(0, longestDetail - 1).trim()}…` : detail
  return `${name}${cut ? `: ${cut}` : ''} (${reference})`
}

/** The reference in what was typed, alone or in brackets at the end; null where words were typed. */
export function referenceIn(typed: string): string | null {
  const found = /^([a-z]{1,3}-[\d-]*\d)$/i.exec(typed) ?? /\(([a-z]{1,3}-[\d-]*\d)\)$/i.exec(typed)
  return found?.[1]?.toUpperCase() ?? null
}

/** Which of those found is meant: the only one, or the only one of exactly that name. */
export function meant(typed: string, found: readonly Pickable[]): Pickable | null {
  if (found.length === 1) return found[0] ?? null
  const same = found.filter(({ name }) => plain(name) === plain(typed))
  return same.length === 1 ? (same[0] ?? null) : null
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

/** What a form sent for one box. */
export type Given = {
  typed: string
  /** What was typed when others were offered to choose from, and which was chosen. */
  offeredFor: string | null
  chosen: string
}

/**
 * A box sends its text; shown again with a choice it sends three values of one name: the text, the text the choice was offered
 * for, and the chosen one. Whoever then typed something else is asked anew.
 */
export function givenIn(value: unknown): Given {
  const [typed = '', offeredFor, chosen = ''] = (Array.isArray(value) ? value : [value]).map((each) =>
    typeof each === 'string' ? each.normalize('NFC').trim().slice(0, 300) : '',
  )
  return { typed, offeredFor: offeredFor ?? null, chosen }
}

/** The value in a body under 'lines.0.engagement'. */
export function valueAt(body: unknown, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, part)
          ? (at as Record<string, unknown>)[part]
          : undefined,
      body,
    )
}

/** The body with another value there; what was handed over stays as it is. */
export function withValue(body: unknown, field: string, value: string): unknown {
  const [part = '', ...rest] = field.split('.')
  const copy = (Array.isArray(body) ? [...(body as unknown[])] : { ...(body as object) }) as Record<
    string,
    unknown
  >
  copy[part] = rest.length === 0 ? value : withValue(copy[part], rest.join('.'), value)
  return copy
}
