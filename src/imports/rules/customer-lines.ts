import { isDay } from '../../base/day.js'
import { periodUnits, type NoticePeriod } from '../../base/period.js'
import {
  authorisations,
  countsFrom,
  objectionLimits,
  type BoughtService,
  type DatedAgreement,
} from '../../customers/rules.js'
import { countryOf, type TransferInstruction } from '../../transfers/rules.js'
import { readLines, writeLines } from './lines.js'

/** 'Hosting | 2024-01-01 | 2025-07-01'; the last day is the first on which it is not bought any more. */
export function boughtFrom(text: string, idOf: (name: string) => string | undefined): BoughtService[] | null {
  const bought = readLines(text).map(([name = '', from = '', to = '']) => {
    const service = idOf(name)
    return service !== undefined && isDay(from) && (to === '' || isDay(to))
      ? { service, from, to: to === '' ? null : to }
      : null
  })
  return bought.every((each) => each !== null) ? bought : null
}

export function boughtLines(bought: readonly BoughtService[], nameOf: (id: string) => string): string {
  return writeLines(bought.map(({ service, from, to }) => [nameOf(service), from, to ?? '']))
}

/** An agreement in one line, in the same words whatever the language: its parts in this order. */
export function agreementLine(agreement: DatedAgreement): string[] {
  const { from, dpaVersion, signedOn, authorisation, notice, objectionUntil, counts } = agreement
  const { replacementNeedsApproval, commonList, transferInstruction, breachHours } = agreement
  return [
    from,
    dpaVersion,
    signedOn ?? '',
    authorisation,
    `${notice.length} ${notice.unit}`,
    objectionUntil,
    counts,
    flagged(replacementNeedsApproval),
    flagged(commonList),
    [transferInstruction.kind, ...transferInstruction.countries].join(' '),
    String(breachHours),
  ]
}

export function agreementsFrom(text: string): DatedAgreement[] | null {
  const agreements = readLines(text).map(agreementFrom)
  return agreements.every((agreement) => agreement !== null)
    ? agreements.toSorted((a, b) => (a.from < b.from ? -1 : 1))
    : null
}

function agreementFrom(parts: readonly string[]): DatedAgreement | null {
  const [
    from = '',
    dpaVersion = '',
    signedOn = '',
    authorised = '',
    notified = '',
    until = '',
    counted = '',
  ] = parts
  const [replacement = '', common = '', instructed = '', hours = ''] = parts.slice(7)
  const authorisation = authorisations.find((each) => each === authorised)
  const objectionUntil = objectionLimits.find((each) => each === until)
  const counts = countsFrom.find((each) => each === counted)
  const notice = noticeFrom(notified)
  const transferInstruction = instructionFrom(instructed)
  const [replacementNeedsApproval, commonList] = [flagFrom(replacement), flagFrom(common)]
  const breachHours = Number(hours)
  if (
    !isDay(from) ||
    (signedOn !== '' && !isDay(signedOn)) ||
    authorisation === undefined ||
    objectionUntil === undefined ||
    counts === undefined ||
    notice === null ||
    transferInstruction === null ||
    replacementNeedsApproval === null ||
    commonList === null ||
    !(breachHours >= 1)
  )
    return null
  return {
    from,
    dpaVersion,
    signedOn: signedOn === '' ? null : signedOn,
    authorisation,
    notice,
    objectionUntil,
    counts,
    replacementNeedsApproval,
    commonList,
    transferInstruction,
    breachHours,
  }
}

function noticeFrom(text: string): NoticePeriod | null {
  const [, length = '', word = ''] = /^(\d{1,3}) (\S+)$/.exec(text) ?? []
  const unit = periodUnits.find((each) => each === word)
  return unit === undefined ? null : { length: Number(length), unit }
}

const kinds = ['scc-only', 'any-valid', 'countries', 'none'] as const

function instructionFrom(text: string): TransferInstruction | null {
  const [word = '', ...countries] = text.split(' ')
  const kind = kinds.find((each) => each === word)
  return kind === undefined || !countries.every((code) => countryOf(code)) ? null : { kind, countries }
}

function flagged(value: boolean): string {
  return value ? 'yes' : 'no'
}

function flagFrom(text: string): boolean | null {
  return text === 'yes' ? true : text === 'no' ? false : null
}
