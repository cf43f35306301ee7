/** What a form of several on a page is called: see `formNamed` in `locals.ts`. */
export const formField = '_form'

/** 'name.da' -> 'name[da]': the name of the input whose problem is reported for that field. */
export function inputName(field: string): string {
  const [first = '', ...rest] = field.split('.')
  return first + rest.map((part) => `[${part}]`).join('')
}

/** 'name.da' -> 'field-name-da': ids that the problem summary links to. */
export function inputId(field: string, option?: string): string {
  const id = `field-${field.replaceAll(/[^\w-]+/g, '-')}`
  return option === undefined ? id : `${id}-${option.replaceAll(/[^\w-]+/g, '-')}`
}

/** What the body held for a field, as text or a list of texts; nothing typed is ''. */
export function typedValue(body: unknown, field: string): string | string[] {
  let value: unknown = body
  for (const part of field.split('.')) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined
  }
  return storedValue(value)
}

/** Whether the form that was sent has such a field: a page may have several forms, of which the browser sends one. */
export function isTyped(body: unknown, field: string): boolean {
  const [first = ''] = field.split('.')
  return typeof body === 'object' && body !== null && Object.hasOwn(body, first)
}

/** A stored value as an input shows it: days and texts as they are, true as 'yes', lists as lists. */
export function storedValue(value: unknown): string | string[] {
  if (Array.isArray(value)) return value.map((item) => String(item))
  if (value === undefined || value === null || value === false) return ''
  if (value === true) return 'yes'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Stands in the problem summary until all fields are rendered. */
export function labelMark(id: string): string {
  return `<!--label:${id}-->`
}

/** The page with each mark replaced by what its field is called; a field the page does not show leaves none. */
export function withLabels(html: string, labels: ReadonlyMap<string, string>): string {
  return html.replaceAll(/<!--label:([\w-]+)-->/g, (_mark, id: string) => {
    const label = labels.get(id)
    return label ? `${escaped(label)}: ` : ''
  })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
