import type { Express, Request, Response } from 'express'
import { locales, type Actor, type Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import type { Problem } from '../base/form.js'
import { peopleByIds } from '../auth/actions/people.js'
import { organisation } from '../auth/organisation.js'
import { allows, type Permission } from '../auth/permissions.js'
import {
  formatDay,
  formatInstant,
  formatNumber,
  formatShortDay,
  formatSize,
  formatWeekday,
} from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import { assetUrl } from './assets.js'
import { changesIn } from './changes.js'
import { csrfToken } from './csrf.js'
import { formField, inputId, inputName, isTyped, labelMark, storedValue, typedValue } from './fields.js'
import type { Flash } from './flash.js'
import { navigationFor } from './navigation.js'
import type { PageValues } from './page.js'
import { pathExists } from './routes-of.js'
import { largestUpload, mostText } from './upload.js'

/** What every view may use, besides the values of its page. */
export async function viewLocals(req: Request, res: Response, values: PageValues, flash: Flash | undefined) {
  const { locale, person } = req
  const { config } = req.house
  const t = textIn(locale)
  const onLink = req.link !== undefined || req.vendorLink !== undefined
  const { problems = [], typed, refusal, ...rest } = values
  // Who has to set up two-step sign-in first is shown no way to anything else.
  const due = req.session?.secondFactorDue === true
  const can = (permission: Permission) =>
    person !== undefined && !onLink && !due && allows(person.role, permission)
  const house = await (req.organisation ?? organisation())
  const token = csrfToken(req, res)
  const names = await namesOf(rest)
  const labels = new Map<string, string>()
  const csrfField = `<input type="hidden" name="_csrf" value="${token}">`
  const sent = typedValue(typed, formField)
  // The form that is being printed, on a page that names its forms.
  let form = ''
  const ofAnotherForm = () => sent !== '' && form !== '' && sent !== form
  return {
    t,
    locale,
    otherLocales: locales.filter((other) => other !== locale),
    day: (day: Day | null | undefined) => (day ? formatDay(day, locale) : ''),
    shortDay: (day: Day | null | undefined) => (day ? formatShortDay(day, locale) : ''),
    weekday: (day: Day | null | undefined) => (day ? formatWeekday(day, locale) : ''),
    instant: (date: Date | null | undefined) => (date ? formatInstant(date, locale, config.zone) : ''),
    number: (number: number) => formatNumber(number, locale),
    size: (bytes: number) => formatSize(bytes, locale),
    /** A bilingual value in the reader's language. */
    inLocale: (value: Record<Locale, string> | null | undefined) => value?.[locale] ?? '',
    csrfField,
    /** Instead of `csrfField` on a page with several forms: what was typed in one, and what is wrong with it, is shown there alone. */
    formNamed: (name: string) => {
      form = name
      return `${csrfField}<input type="hidden" name="${formField}" value="${name}">`
    },
    ofAnotherForm,
    /** Whether it is this form of the page that was sent and is shown again: for a fold that it stands in. */
    wasSent: (name: string) => sent === name,
    /** A field's id; `apart`: another form on the page has a field of its name. The summary of problems links to the one that was sent. */
    fieldId: ({ field, apart }: { field: string; apart?: boolean }, option?: string) =>
      inputId(apart && (sent === '' || sent !== form) ? `${form}.${field}` : field, option),
    asset: assetUrl,
    largestFile: { bytes: largestUpload, text: mostText },
    /** Who acted, for readers: `values.history` and `values.actors` are looked up beforehand. */
    nameOf: (actor: Actor) => names.get(actor.id) ?? t(`web:by.${actor.kind}`),
    changesIn,
    person: onLink ? undefined : person,
    can,
    /** Whether there is a page at this address: for tabs to pages of other rooms. */
    exists: (url: string) => pathExists(req.app as Express, url),
    path: req.path,
    url: req.originalUrl,
    customerPage: onLink,
    navigation: navigationFor(req.path, (url) => pathExists(req.app as Express, url), can),
    organisation: house,
    banner: {
      noMail: person !== undefined && !onLink && config.smtpUrl === undefined,
      sample: house?.sampleSince !== undefined && house.sampleSince !== null,
    },
    flash,
    refusal: refusal ? t(`refusals:${refusal.reason}`, refusal.facts) : undefined,
    /** Field -> text, in the order of the form. */
    problems: Object.fromEntries(problems.map((problem) => [problem.field, problemText(problem)])),
    typed,
    /** What a field shows: as typed if its form was sent, else as stored. `always`: the browser sends such a field whatever is in it. */
    valueOf: (field: string, stored?: unknown, always = false) =>
      typed === undefined || ofAnotherForm() || (always && !isTyped(typed, field))
        ? storedValue(stored)
        : typedValue(typed, field),
    inputName,
    inputId,
    /** The summary stands above the fields: `withLabels` puts in what the fields, rendered later, are called. */
    labelOf: (field: string) => labelMark(inputId(field)),
    calls: (id: string, label: string) => void labels.set(id, label),
    labels,
    ...rest,
  }

  function problemText(problem: Problem): string {
    return t(`problems:${problem.text}`, problem.facts)
  }
}

// Staff read who did it; a customer's page says 'a member of staff' by leaving both values out.
async function namesOf({
  history,
  actors,
}: {
  history?: unknown
  actors?: unknown
}): Promise<Map<string, string>> {
  const entries = (Array.isArray(history) ? history : []) as { by: Actor }[]
  const all = [...entries.map((entry) => entry.by), ...((Array.isArray(actors) ? actors : []) as Actor[])]
  const ids = new Set(all.filter((actor) => actor.kind === 'staff').map((actor) => actor.id))
  const people = ids.size > 0 ? await peopleByIds([...ids]) : []
  return new Map(people.map((person) => [person._id, person.name]))
}
