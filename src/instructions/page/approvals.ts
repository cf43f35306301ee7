/** An approval and what it stands on, as a row. */
import type { Locale } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import { agreementInWords } from '../../customers/page.js'
import type { DatedAgreement } from '../../customers/rules.js'
import { formatInstant, formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { GivenInstruction } from '../../notices/rules.js'
import type { Approval, Engagement } from '../../register/rules.js'
import type { Ground } from '../rules.js'

type Shown = {
  approval: Approval
  customer: { name: string; reference: string } | null
  engagement: Pick<Engagement, 'reference' | 'activity'> | null
  vendor: string
  ground: Ground
}

export function approvalRow(
  { approval, customer, engagement, vendor, ground }: Shown,
  { locale, zone }: { locale: Locale; zone: string },
) {
  const t = textIn(locale)
  const { from, to, notice } = approval
  return {
    customer: customer?.name ?? '',
    customerUrl: customer && `/customers/${customer.reference}`,
    vendor,
    engagementUrl: engagement && `/engagements/${engagement.reference}`,
    activity: engagement ? engagement.activity[locale] || engagement.activity.da : '',
    from: formatShortDay(from, locale),
    until: to === null ? '' : formatShortDay(addDays(to, -1), locale),
    kind: t(`instructions:ground.${ground.kind}`),
    notice:
      notice === null
        ? null
        : {
            text: notice,
            url: customer ? `/notices/${notice}/recipients/${customer.reference}` : `/notices/${notice}`,
          },
    words: wordsOf(ground, { locale, zone }),
    file: ground.file === null ? null : `/files/${ground.file}`,
  }
}

/** What the customer had agreed that day, and instructed about a notice. */
export function groundsOfCustomer(
  {
    customer,
    agreement,
    given,
  }: {
    customer: { reference: string } | null
    agreement: DatedAgreement | null
    given: readonly { notice: string; instruction: GivenInstruction }[]
  },
  { locale, zone }: { locale: Locale; zone: string },
) {
  const t = textIn(locale)
  return {
    agreement: customer && {
      title: agreement
        ? t('instructions:approvals.agreement', { version: agreement.dpaVersion })
        : t('instructions:approvals.no-agreement'),
      words: agreement ? agreementInWords(agreement, locale) : [],
    },
    given: given.map(({ notice, instruction }) => ({
      notice,
      url: customer ? `/notices/${notice}/recipients/${customer.reference}` : `/notices/${notice}`,
      words: instruction.words,
      by: t('instructions:approvals.given-by', {
        ...instruction.by,
        when: formatInstant(instruction.at, locale, zone),
      }),
    })),
  }
}

/** Who, when, how: '… approved on the page with a code, 3 Dec 2026, 10:14'. */
function wordsOf(
  { kind, silentUntil, by, at, channel, code }: Ground,
  { locale, zone }: { locale: Locale; zone: string },
): string {
  const t = textIn(locale)
  if (kind === 'baseline') return t('instructions:ground-long.baseline')
  if (silentUntil !== null)
    return t('instructions:ground-long.silent', { day: formatShortDay(silentUntil, locale) })
  if (by === null || at === null) return ''
  const name = by.title ? `${by.name}, ${by.title}` : by.name
  return t(`instructions:ground-long.${code !== null ? 'code' : 'other'}`, {
    name,
    when: formatInstant(at, locale, zone),
    channel: t(`instructions:channel.${channel ?? 'other'}`).toLowerCase(),
  })
}
