import type { Locale } from '../../base/context.js'
import { addDays, type Day } from '../../base/day.js'
import { periodUnits, type NoticePeriod } from '../../base/period.js'
import { registrationKinds } from '../../base/registration.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  countriesOn,
  countryName,
  instructionKinds,
  sortedByName,
  type LawOn,
} from '../../transfers/rules.js'
import { authorisations, countsFrom, objectionLimits, type Agreement, type Customer } from '../rules.js'

const lists = { da: new Intl.ListFormat('da-DK'), en: new Intl.ListFormat('en-GB') }

/** '30 dage', '2 business days', '3 måneder'. */
export function periodInWords(period: NoticePeriod, locale: Locale): string {
  return textIn(locale)(`customers:period.${period.unit}`, { count: period.length })
}

/** 'General, 30 days': for lists. */
export function agreementInShort(agreement: Agreement, locale: Locale): string {
  return textIn(locale)(`customers:words.short-${agreement.authorisation}`, {
    period: periodInWords(agreement.notice, locale),
  })
}

/** What the agreement means for us, a sentence a line. */
export function agreementInWords(agreement: Agreement, locale: Locale): string[] {
  const t = textIn(locale)
  const instructed = sortedByName(agreement.transferInstruction.countries, locale)
  return [
    t(`customers:words.${agreement.authorisation}`, { period: periodInWords(agreement.notice, locale) }),
    t(`customers:words.objection-${agreement.objectionUntil}`),
    t(`customers:words.counts-${agreement.counts}`),
    // Under specific authorisation every change needs approval: saying it of replacements would hint at the contrary.
    ...(agreement.replacementNeedsApproval && agreement.authorisation === 'general'
      ? [t('customers:words.replacement-needs-approval')]
      : []),
    t(agreement.commonList ? 'customers:words.common-list' : 'customers:words.own-list'),
    t(`customers:words.transfer-${agreement.transferInstruction.kind}`, {
      countries: lists[locale].format(instructed.map((code) => countryName(code, locale))),
    }),
    t('customers:words.breach', { count: agreement.breachHours }),
  ]
}

/** Newest first; the present one is not among them. */
export function earlierAgreements(customer: Customer, locale: Locale) {
  const dated = customer.agreements
  return dated
    .slice(0, -1)
    .map((agreement, place) => ({
      period: textIn(locale)('customers:agreement.period', {
        from: formatShortDay(agreement.from, locale),
        to: formatShortDay(addDays(dated[place + 1]?.from ?? agreement.from, -1), locale),
      }),
      dpaVersion: agreement.dpaVersion,
      file: agreement.file,
      words: agreementInWords(agreement, locale),
    }))
    .toReversed()
}

/** What a form of an agreement offers. `kept`: countries the instruction names already, of which one may be in the EEA by now. */
export function agreementChoicesIn(at: LawOn, locale: Locale, kept: readonly string[] = []) {
  return {
    ...choicesIn(locale),
    countries: countriesOn(at, locale)
      .filter(({ eea, code }) => !eea || kept.includes(code))
      .map(({ code, name }) => ({ value: code, text: name })),
  }
}

/** What the forms offer, worded. */
export function choicesIn(locale: Locale) {
  const t = textIn(locale)
  return {
    registrationKinds: registrationKinds.map((value) => ({
      value,
      text: t(`customers:registration.${value}`),
    })),
    authorisations: authorisations.map((value) => ({
      value,
      text: t(`customers:agreement.authorisation-${value}`),
    })),
    units: periodUnits.map((value) => ({ value, text: t(`customers:agreement.unit-${value}`) })),
    objectionLimits: objectionLimits.map((value) => ({
      value,
      text: t(`customers:agreement.objection-${value}`),
    })),
    countsFrom: countsFrom.map((value) => ({ value, text: t(`customers:agreement.counts-${value}`) })),
    instructions: instructionKinds.map((value) => ({
      value,
      text: t(`customers:agreement.transfer-${value}`),
    })),
    locales: (['da', 'en'] as const).map((value) => ({
      value,
      text: t(`customers:contacts.locale-${value}`),
    })),
  }
}

/** An agreement as the fields of its form hold it. */
export function agreementFields(agreement: Agreement, from: Day) {
  const { notice, transferInstruction, ...terms } = agreement
  return {
    ...terms,
    from,
    noticeLength: notice.length,
    noticeUnit: notice.unit,
    transferKind: transferInstruction.kind,
    transferCountries: transferInstruction.countries,
  }
}

/** '30-days' -> '30 dage', shortest first within a unit: what a list can be narrowed to. */
export function noticeChoices(keys: readonly string[], locale: Locale): { value: string; text: string }[] {
  return keys
    .flatMap((value) => {
      const [, length, unit] = /^(\d+)-(.+)$/.exec(value) ?? []
      const known = periodUnits.find((each) => each === unit)
      return known ? [{ value, length: Number(length), unit: known }] : []
    })
    .toSorted((a, b) => periodUnits.indexOf(a.unit) - periodUnits.indexOf(b.unit) || a.length - b.length)
    .map(({ value, length, unit }) => ({ value, text: periodInWords({ length, unit }, locale) }))
}
