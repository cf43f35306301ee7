import { readFileSync } from 'node:fs'
import ejs from 'ejs'
import type { Locale } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import { linkPlaceholder, type Letterhead, type MailContent } from './rules.js'

const source = (name: string) => readFileSync(new URL(`../../views/mail/${name}`, import.meta.url), 'utf8')
// Named one by one: templates that look every name up in an object (`with`) take half as long again.
const destructuredLocals =
  'locale subject organisation lead greeting sections closing button link linkHint foot caseLine sentWith'
const fast = { _with: false, destructuredLocals: destructuredLocals.split(' ') }
const layouts = {
  html: ejs.compile(source('layout.html.ejs'), fast),
  // Plain text is no HTML: what is printed stays as it is.
  text: ejs.compile(source('layout.text.ejs'), { ...fast, escape: String }),
}

/** Both bodies of a mail; the link's address is a placeholder in them. */
export function renderMail(
  content: MailContent,
  locale: Locale,
  letterhead: Letterhead | null,
  hasLink: boolean,
): { text: string; html: string } {
  const t = textIn(locale)
  const values = {
    ...content,
    locale,
    organisation: letterhead?.name ?? 'Tilsyn',
    foot: [letterhead?.name, letterhead?.address, letterhead?.registration].filter(Boolean),
    sentWith: t('mail:layout.sent-with'),
    caseLine: content.caseNumber ? t('mail:layout.case-number', { number: content.caseNumber }) : '',
    linkHint: t('mail:layout.link-hint'),
    button: hasLink ? content.button : undefined,
    link: linkPlaceholder,
  }
  // Template tags leave blank lines behind, which mean nothing in HTML and too much in plain text.
  return {
    html: layouts.html(values).replace(/\n\s*\n+/g, '\n'),
    text: `${layouts
      .text(values)
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
  }
}
