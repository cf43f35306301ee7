/** What a request says, in the reader's language; the same for staff and for the customer. */
import type { Locale } from '../../base/context.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay, formatInstant, formatSize } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { controllerDueOn, kindRules, type CustomerRequest, type RequestMessage } from '../rules.js'

export type Files = ReadonlyMap<string, StoredFile>
export type Row = [label: string, value: string, url?: string]

export function filesShown(ids: readonly string[], files: Files, base: string, locale: Locale) {
  return ids.flatMap((id) => {
    const file = files.get(id)
    return file
      ? [{ url: `${base}/files/${id}`, text: `${file.name} (${formatSize(file.size, locale)})` }]
      : []
  })
}

/** Facts both sides see. */
export function commonRows(
  request: CustomerRequest,
  about: readonly { vendorName: string }[],
  locale: Locale,
): Row[] {
  const t = textIn(locale)
  const { kind, receivedOn, dueOn, subjectAskedOn, wishedOn, authority, answeredOn, running } = request
  const { clause, law } = kindRules[kind]
  const day = (on: string) => formatDay(on, locale)
  return [
    [t('requests:field.clause'), [t('requests:clause', { clause }), law].filter(Boolean).join(' · ')],
    [t(request.begunBy === 'us' ? 'requests:field.begunOn' : 'requests:field.receivedOn'), day(receivedOn)],
    ...(running ? ([[t('requests:field.dueOn'), day(dueOn)]] as Row[]) : []),
    ...(answeredOn === null ? [] : ([[t('requests:field.answeredOn'), day(answeredOn)]] as Row[])),
    ...(subjectAskedOn === null
      ? []
      : ([
          [t('requests:field.subjectAskedOn'), day(subjectAskedOn)],
          [t('requests:field.controllerDueOn'), day(controllerDueOn(subjectAskedOn))],
        ] as Row[])),
    ...(wishedOn === null ? [] : ([[t('requests:field.wishedOn'), day(wishedOn)]] as Row[])),
    ...(authority === null ? [] : ([[t('requests:field.authority'), authority]] as Row[])),
    ...(about.length === 0
      ? []
      : ([
          [
            t('requests:field.engagements'),
            new Intl.ListFormat(locale).format(about.map(({ vendorName }) => vendorName)),
          ],
        ] as Row[])),
  ]
}

/** The answer, with what was handed over. */
export function answerShown(
  { answer }: CustomerRequest,
  files: Files,
  base: string,
  { locale, zone }: { locale: Locale; zone: string },
) {
  if (answer === null) return null
  const t = textIn(locale)
  const named = (ids: readonly string[]) => filesShown(ids, files, base, locale)
  return {
    when: formatInstant(answer.at, locale, zone),
    text: answer.text,
    contracts: answer.contracts.flatMap((copy) =>
      named([copy.file]).map((file) => ({
        ...file,
        about: t('requests:copy.about', { vendor: copy.vendorName, version: copy.title }),
      })),
    ),
    declaration:
      answer.declaration &&
      t('requests:declaration.about', {
        year: answer.declaration.year,
        version: answer.declaration.version,
      }),
    files: [...named(answer.declaration?.files ?? []), ...named(answer.files)],
  }
}

export function messageShown(
  message: RequestMessage,
  { files, base, locale, zone }: { files: Files; base: string; locale: Locale; zone: string },
) {
  return {
    when: formatInstant(message.at, locale, zone),
    by: message.by.name,
    direction: message.direction,
    text: message.text,
    files: filesShown(message.files, files, base, locale),
  }
}
