/** The page on which the code is typed: what it confirms, where it went, and what to do when it serves no more. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { Code } from '../../auth/actions/codes.js'
import { codeMinutes, codeTries } from '../../auth/rules.js'
import { maskedAddress, pathOf, type Statement } from '../rules/statement.js'

/** `failed`: the mail with the code was refused or given up. */
export type CodeShown = {
  code: Code
  statement: Statement
  serves: boolean
  failed: boolean
  address: string
}

export function codePage(
  { code, statement, serves, failed, address }: CodeShown,
  { locale, base, now }: { locale: Locale; base: string; now: Date },
) {
  const t = textIn(locale)
  const to = maskedAddress(address)
  return {
    title: t(`answers:code.title-${statement.kind}`),
    lead: serves
      ? t('answers:code.lead', { address: to, minutes: codeMinutes })
      : t(`answers:code.over-${whyOver(code, now)}`),
    tone: serves ? 'info' : code.doneAt ? 'good' : 'wait',
    words: statement.words,
    by: statement.kind === 'mailbox' ? '' : t('answers:code.by', statement.by),
    serves,
    mayAskAgain: !code.usedAt,
    againTitle: t(`answers:code.${serves ? 'again-title' : 'again'}`),
    failed: failed ? t('answers:code.failed', { address: to }) : '',
    hint: t('answers:code.hint', { count: codeTries - code.tries }),
    url: `${base}/codes/${code._id}`,
    backUrl: `${base}/${pathOf(statement)}`,
  }
}

function whyOver({ usedAt, doneAt, replacedAt, tries, endsAt }: Code, now: Date): string {
  if (usedAt) return doneAt ? 'done' : 'used'
  if (replacedAt) return 'replaced'
  return tries >= codeTries ? 'tries' : endsAt <= now ? 'time' : 'tries'
}
