import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatInstant, formatNumber, formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Page } from '../../db/paging.js'
import type { MailRow } from '../../mail/actions.js'
import type { StoredFile } from '../../files/actions.js'
import { channels, nextStep, type AffectedCustomer, type Standing, type UseCase } from '../rules.js'
import { caseState, toldState, urlOf } from './words.js'

type Shown = { useCase: UseCase; standing: Standing; customers: Page<AffectedCustomer>; undelivered: number }

export const toldStates = ['no', 'queued', 'told', 'undelivered'] as const

export function casePage({ useCase, standing, customers, undelivered }: Shown, locale: Locale) {
  const t = textIn(locale)
  const day = (on: Day | null) => (on === null ? '' : formatDay(on, locale))
  const next = nextStep(useCase, standing)
  return {
    useCase,
    title: t('unpermitted:case.title', { vendor: useCase.vendorName }),
    state: caseState(useCase, standing.unpermitted, t),
    next: next && { step: next, text: t(`unpermitted:next.${next}`) },
    facts: [
      [
        t('unpermitted:field.engagement'),
        `${useCase.engagementReference}: ${useCase.activity[locale] || useCase.activity.da}`,
        `/engagements/${useCase.engagementReference}`,
      ],
      [t('unpermitted:field.since'), day(useCase.since)],
      [t('unpermitted:field.discoveredOn'), day(useCase.discoveredOn)],
      [t('unpermitted:field.how'), useCase.how],
      [
        t('unpermitted:field.stoppedOn'),
        useCase.stopped ? day(useCase.stopped.on) : t('unpermitted:case.not-stopped'),
      ],
      ...(useCase.stopped ? [[t('unpermitted:field.stoppedHow'), useCase.stopped.how]] : []),
      ...(useCase.lesson
        ? [
            [t('unpermitted:field.lesson'), useCase.lesson],
            [t('unpermitted:field.closedOn'), day(useCase.closedOn)],
          ]
        : []),
    ],
    counts: [
      [t('unpermitted:count.affected'), formatNumber(standing.affected, locale)],
      [t('unpermitted:count.untold'), formatNumber(standing.untold, locale)],
      [t('unpermitted:count.undelivered'), formatNumber(undelivered, locale)],
      [t('unpermitted:count.unpermitted'), formatNumber(standing.unpermitted, locale)],
    ],
    due: standing.due,
    sendable:
      useCase.open &&
      useCase.what !== null &&
      useCase.done !== null &&
      standing.due > 0 &&
      (useCase.sending === null || useCase.sending.finished),
    sending: useCase.sending !== null && !useCase.sending.finished,
    customers: customers.rows.map((row) => customerRow(row, useCase, locale)),
    example: customers.rows.find(({ standing: place }) => place === 'affected')?.customerReference ?? null,
    toldChoices: toldStates.map((value) => ({ value, text: t(`unpermitted:told.${value}`) })),
  }
}

function customerRow(row: AffectedCustomer, useCase: UseCase, locale: Locale) {
  const t = textIn(locale)
  const until = row.approvedFrom ?? useCase.stopped?.on ?? row.until
  return {
    url: `${urlOf(useCase)}/customers/${row.customerReference}`,
    name: row.customerName,
    reference: row.customerReference,
    since: formatShortDay(row.since, locale),
    until: until === null ? t('unpermitted:case.still') : formatShortDay(until, locale),
    right: putRight(row, useCase, locale),
    told: toldState(row, t),
    on: row.toldOn ? formatShortDay(row.toldOn, locale) : '',
  }
}

/** How it was put right for the customer: permitted since, or no longer used. */
function putRight(
  { approvedFrom, approvedBy }: AffectedCustomer,
  { stopped }: UseCase,
  locale: Locale,
): string {
  const t = textIn(locale)
  if (approvedFrom !== null)
    return t(approvedBy ? 'unpermitted:right-by.notice' : 'unpermitted:right-by.approval', {
      notice: approvedBy,
      day: formatShortDay(approvedFrom, locale),
    })
  return stopped
    ? t('unpermitted:right-by.stopped', { day: formatShortDay(stopped.on, locale) })
    : t('unpermitted:right-by.not-yet')
}

export function customerPage(
  {
    useCase,
    affected,
    mails,
    file,
  }: { useCase: UseCase; affected: AffectedCustomer; mails: MailRow[]; file: StoredFile | null },
  { locale, zone }: { locale: Locale; zone: string },
) {
  const t = textIn(locale)
  const row = customerRow(affected, useCase, locale)
  const { delivery, undelivered } = affected
  return {
    useCase,
    affected,
    title: affected.customerName,
    state: toldState(affected, t),
    facts: [
      [
        t('unpermitted:field.customer'),
        affected.customerReference,
        `/customers/${affected.customerReference}`,
      ],
      [t('unpermitted:field.since'), row.since],
      [t('unpermitted:field.until'), row.until],
      [t('unpermitted:field.right'), row.right],
      ...(affected.because ? [[t('unpermitted:field.because'), affected.because]] : []),
      ...(affected.toldOn ? [[t('unpermitted:field.toldOn'), formatDay(affected.toldOn, locale)]] : []),
      ...(undelivered
        ? [[t('unpermitted:field.undelivered'), t(`unpermitted:undelivered.${undelivered}`)]]
        : []),
      ...(delivery ? [[t('unpermitted:field.channel'), t(`notices:channel.${delivery.channel}`)]] : []),
      ...(file ? [[t('unpermitted:field.file'), file.name, `${row.url}/file`]] : []),
    ],
    mails: mails.map((mail) => ({
      subject: mail.subject,
      to: mail.to.address,
      state: {
        tone:
          mail.state === 'accepted'
            ? 'good'
            : mail.state === 'bounced' || mail.state === 'given-up'
              ? 'stop'
              : 'info',
        word: t(`upstream:mail.${mail.state}`),
      },
      evidence: mail.evidence.map(({ at, server, reply }) =>
        [formatInstant(at, locale, zone), server, reply].filter(Boolean).join(' · '),
      ),
    })),
    mayLeaveOut:
      useCase.open &&
      affected.standing === 'affected' &&
      (affected.told === 'no' || affected.told === 'undelivered'),
    mayRegister: useCase.open && affected.standing === 'affected',
    channels: channels.map((value) => ({ value, text: t(`notices:channel.${value}`) })),
  }
}
