/** Parts of a statement's page. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay, formatInstant, formatSize } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/actions.js'
import type { Vendor } from '../../register/rules.js'
import { failed, pointsFor, type Statement, type StatementFacts, type Terms } from '../rules.js'
import { dayIn, kindInWords, nameOf, opinionState, stateOf, urlOf, type State } from './words.js'

export type StaffName = { id: string; name: string }

export type Shown = {
  statement: Statement
  vendor: Vendor
  file: StoredFile | null
  mails: MailRow[]
  /** All of the vendor's, this one among them. */
  others: Statement[]
  staff: StaffName[]
  terms: Terms
  suppliers: Vendor[]
}

export type Reader = { today: Day; locale: Locale; zone: string }
export type Row = [label: string, value: string, url?: string]

export function originRows({ statement, file }: Shown, { locale }: Reader): Row[] {
  const t = textIn(locale)
  const { receivedOn, receivedFrom, receivedNote, fileHash } = statement
  const day = dayIn(locale)
  return [
    [t('statements:fact.receivedOn'), day(receivedOn)],
    ...(receivedFrom
      ? [
          [
            t('statements:fact.receivedFrom'),
            [receivedFrom.name, t(`statements:from.${receivedFrom.kind}`)].filter(Boolean).join(', '),
          ] as Row,
        ]
      : []),
    ...(receivedNote ? [[t('statements:fact.receivedNote'), receivedNote] as Row] : []),
    ...(file
      ? [
          [
            t('statements:fact.file'),
            `${file.name} (${formatSize(file.size, locale)})`,
            `${urlOf(statement)}/files/${file._id}`,
          ] as Row,
          [t('statements:fact.hash'), fileHash ?? ''] as Row,
        ]
      : []),
  ]
}

export function factRows(facts: StatementFacts, { others }: Shown, { locale }: Reader): Row[] {
  const t = textIn(locale)
  const day = dayIn(locale)
  const { certificate, period, asOf, opinion } = facts
  const of = (field: string) => t(`statements:fact.${field}`)
  const some = (field: string, value: string): Row[] => (value === '' ? [] : [[of(field), value]])
  const bridged = others.find(({ _id }) => _id === facts.bridges)
  return [
    [of('kind'), kindInWords(facts, t)],
    ...(facts.audience ? some('audience', t(`statements:audience.${facts.audience}`)) : []),
    [of('entity'), facts.entity],
    ...some('services', facts.services),
    ...(period ? some('period', `${day(period.from)} – ${day(period.to)}`) : some('asOf', day(asOf))),
    ...some('issuedOn', day(facts.issuedOn)),
    [of('issuer'), facts.issuer],
    ...some('signer', facts.signer),
    ...some('licence', facts.licence),
    ...(opinion ? some('opinion', opinionState(opinion, t)?.word ?? '') : []),
    ...some('qualification', facts.qualification),
    ...some('emphasis', facts.emphasis),
    ...some('criteria', facts.criteria),
    ...(certificate
      ? [
          ...some('certificateNumber', certificate.number),
          ...some('certificateScope', certificate.scope),
          ...some('soa', certificate.soa),
          ...some('accreditation', certificate.accreditation),
          ...some('expiresOn', day(certificate.expiresOn)),
          ...some(
            'surveillance',
            certificate.surveillance
              .map(({ dueOn, doneOn }) =>
                t(
                  doneOn === null ? 'statements:page.surveillance-due' : 'statements:page.surveillance-done',
                  {
                    due: formatDay(dueOn, locale),
                    done: day(doneOn),
                  },
                ),
              )
              .join('; '),
          ),
        ]
      : []),
    ...(bridged ? [[of('bridges'), bridged.reference, urlOf(bridged)] as Row] : []),
    ...some('restricted', facts.restricted ? t('statements:page.restricted') : ''),
    [of('language'), t(`statements:language.${facts.language}`)],
  ]
}

export function requestRows({ statement, mails }: Shown, { locale, zone }: Reader) {
  const t = textIn(locale)
  const day = dayIn(locale)
  const { request } = statement
  if (request === null) return null
  return {
    rows: [
      [t('statements:request.what'), request.what],
      [t('statements:request.to'), `${request.name}, ${request.email}`],
      [t('statements:request.askedOn'), day(request.askedOn)],
      [t('statements:request.dueOn'), day(request.dueOn)],
      [
        t('statements:request.arrivedAt'),
        request.arrivedAt
          ? formatInstant(request.arrivedAt, locale, zone)
          : t(`statements:request.failed.${request.failed ?? 'none'}`),
      ],
    ] as Row[],
    mails: mails
      .filter(({ kind }) => kind === 'statement-request' || kind === 'statement-reminder')
      .map((mail) => ({
        what: t(`statements:mail.kind.${mail.kind}`),
        to: mail.to.address,
        state: t(`upstream:mail.${mail.state}`),
        at: formatInstant(mail.acceptedAt ?? mail.queuedAt, locale, zone),
      })),
  }
}

export function checklistRows({ checklist }: Statement, facts: StatementFacts, locale: Locale) {
  const t = textIn(locale)
  const wrong = new Set(failed(checklist, facts.kind))
  return pointsFor(facts.kind).map((point) => {
    const found = checklist[point]
    return {
      point: t(`statements:check.${point}`),
      state: {
        tone:
          found === undefined ? 'wait' : wrong.has(point) ? 'stop' : found.answer === 'yes' ? 'good' : 'calm',
        word: t(`statements:answer.${found?.answer ?? 'none'}`),
      } satisfies State,
      note: found?.note ?? '',
    }
  })
}

export function exceptionState(relevance: string | null, state: string, locale: Locale): State {
  const t = textIn(locale)
  if (relevance === null) return { tone: 'wait', word: t('statements:exception.unjudged') }
  if (relevance === 'not-relevant') return { tone: 'calm', word: t('statements:exception.not-relevant') }
  return { tone: state === 'open' ? 'stop' : 'good', word: t(`statements:exception.${state}`) }
}

export function linkedRows({ statement, others }: Shown, { today, locale }: Reader) {
  const t = textIn(locale)
  const find = (id: string | null) => others.find(({ _id }) => _id === id)
  const item = (each: Statement | undefined, what: string) =>
    each
      ? [
          {
            url: urlOf(each),
            text: `${each.reference}: ${nameOf(each, t)}`,
            state: stateOf(each, today, t),
            note: t(`statements:linked.${what}`),
          },
        ]
      : []
  return [
    ...item(find(statement.replaces), 'replaces'),
    ...item(find(statement.replacedBy), 'replaced-by'),
    ...others
      .filter(({ facts }) => facts?.bridges === statement._id)
      .flatMap((letter) => item(letter, 'bridge')),
  ]
}
