import type { Locale } from '../../base/context.js'
import { addDays, type Day } from '../../base/day.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay, formatShortDay, formatSize } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Engagement, Service } from '../../register/rules.js'
import { countryName } from '../../transfers/rules.js'
import { instructionHoldsOn, type Instruction } from '../rules.js'

export type State = { tone: 'calm' | 'info' | 'good' | 'wait' | 'stop'; word: string }
type Row = [label: string, value: string, url?: string]

export function urlOf({ reference }: Pick<Instruction, 'reference'>): string {
  return `/instructions/${reference}`
}

/** On that day: an instruction that was withdrawn since held then. */
function stateOn(instruction: Instruction, on: Day, t: Text): State {
  const { state, doubt } = instruction
  if (instructionHoldsOn(instruction, on))
    return doubt !== null && doubt.on <= on
      ? { tone: 'stop', word: t('instructions:state.doubted') }
      : { tone: 'good', word: t('instructions:state.given') }
  return { tone: 'calm', word: t(`instructions:state.${state === 'given' ? 'to-come' : state}`) }
}

export function instructionRow(instruction: Instruction, { on, locale }: { on: Day; locale: Locale }) {
  const t = textIn(locale)
  const { text } = instruction
  return {
    url: urlOf(instruction),
    reference: instruction.reference,
    customer: instruction.customerName,
    customerUrl: `/customers/${instruction.customerReference}`,
    subject: t(`instructions:subject.${instruction.subject}`),
    countries: instruction.countries.map((code) => countryName(code, locale)).join(', '),
    text: text.length > 140 ? `${text.slice(0, 139)}…` : text,
    by: instruction.by.name,
    given: formatShortDay(instruction.givenOn, locale),
    state: stateOn(instruction, on, t),
  }
}

/** A short line, for the panels of other rooms. */
export function instructionItem(
  instruction: Instruction,
  { today, locale, named }: { today: Day; locale: Locale; named: boolean },
) {
  const row = instructionRow(instruction, { on: today, locale })
  return {
    url: row.url,
    text: `${row.reference}: ${named ? `${row.customer}: ` : ''}${row.text}`,
    state: row.state,
    note: textIn(locale)('instructions:panel.given', { day: row.given, by: row.by }),
  }
}

export function instructionPage(
  {
    instruction,
    engagement,
    vendor,
    service,
    files,
  }: {
    instruction: Instruction
    engagement: Engagement | null
    vendor: string
    service: Service | null
    files: readonly StoredFile[]
  },
  { today, locale }: { today: Day; locale: Locale },
) {
  const t = textIn(locale)
  const { by, countries, endedOn, request, replaces, replacedBy, doubt } = instruction
  const name = by.title ? `${by.name}, ${by.title}` : by.name
  const link = (label: string, reference: string | null, path: string): Row[] =>
    reference === null ? [] : [[t(label), reference, `/${path}/${reference}`]]
  const facts: Row[] = [
    [
      t('instructions:field.customer'),
      instruction.customerName,
      `/customers/${instruction.customerReference}`,
    ],
    [t('instructions:field.subject'), t(`instructions:subject.${instruction.subject}`)],
    ...(engagement
      ? ([[t('instructions:field.engagement'), vendor, `/engagements/${engagement.reference}`]] as Row[])
      : []),
    ...(service ? ([[t('instructions:field.service'), service.name[locale]]] as Row[]) : []),
    ...(countries.length > 0
      ? ([
          [t('instructions:field.countries'), countries.map((code) => countryName(code, locale)).join(', ')],
        ] as Row[])
      : []),
    [t('instructions:field.by'), name],
    [
      t('instructions:field.right'),
      t(by.contact === null ? 'instructions:right.file' : 'instructions:right.contact'),
    ],
    [t('instructions:field.channel'), t(`instructions:channel.${instruction.channel}`)],
    [t('instructions:field.givenOn'), formatDay(instruction.givenOn, locale)],
    ...(endedOn === null
      ? []
      : ([[t('instructions:field.until'), formatDay(addDays(endedOn, -1), locale)]] as Row[])),
    ...link('instructions:field.request', request, 'requests'),
    ...link('instructions:field.replaces', replaces, 'instructions'),
    ...link('instructions:field.replacedBy', replacedBy, 'instructions'),
  ]
  return {
    instruction,
    base: urlOf(instruction),
    title: t('instructions:case.title', { reference: instruction.reference }),
    state: stateOn(instruction, today, t),
    facts,
    doubt: doubt && {
      text: t('instructions:doubt.told', { day: formatDay(doubt.on, locale) }),
      url: `/requests/${doubt.request}`,
      reference: doubt.request,
    },
    files: files.map((file) => ({
      url: `${urlOf(instruction)}/files/${file._id}`,
      text: `${file.name} (${formatSize(file.size, locale)})`,
    })),
    today,
  }
}
