/** The change itself, before and after, in the words of mails and PDF. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { linesOf } from '../../notices/mails/announcement.js'
import {
  compare,
  comparedRows,
  contentRows,
  lineTitle,
  type ComparedRow,
  type Rows,
  type ServiceNames,
} from '../../notices/page/facts.js'
import { comes, goes, type Line, type Notice } from '../../notices/rules/notice.js'
import type { Mode, Recipient } from '../../notices/rules/recipient.js'

export type ChangeShown = {
  title: string
  /** Said only where the lines of one notice ask for different things. */
  asks: string | null
  /** Null where there is nothing to compare: `rows` alone tell who comes or goes. */
  compared: ComparedRow[] | null
  before: string
  after: string
  rows: Rows
}

export function changesOf(
  notice: Notice,
  recipient: Recipient,
  services: ServiceNames,
  locale: Locale,
): ChangeShown[] {
  const modes = new Set(recipient.lines.map(({ mode }) => mode))
  return linesOf(notice.lines, recipient).map((line) => {
    const own = recipient.lines.find(({ line: id }) => id === line.id)?.mode
    return changeOf(line, modes.size > 1 && own ? own : null, services, locale)
  })
}

function changeOf(line: Line, mode: Mode | null, services: ServiceNames, locale: Locale): ChangeShown {
  const t = textIn(locale)
  const coming = comes(line)
  const going = goes(line)
  const after = coming ? contentRows(coming, services, locale, line.outside) : []
  const before = going ? contentRows(going, services, locale, line.outside) : []
  return {
    title: lineTitle(line, t),
    asks: mode && t(`notices:asks.${mode}`),
    compared:
      changedFirst(line, comparedRows(line, services, locale)) ??
      (coming && going ? compare(before, after) : null),
    before: going
      ? t('customer-page:change.used', { name: going.vendorName })
      : t('customer-page:change.notUsed'),
    after: coming
      ? t('customer-page:change.used', { name: coming.vendorName })
      : t('customer-page:change.notUsed'),
    rows: coming ? after : before,
  }
}

/** One vendor before and after: what differs is what is decided on, so it stands first; of a correction nothing else is said. */
function changedFirst({ kind }: Line, compared: ComparedRow[] | null): ComparedRow[] | null {
  if (!compared) return null
  const changed = compared.filter(({ same }) => !same)
  return kind === 'correction' ? changed : [...changed, ...compared.filter(({ same }) => same)]
}
