import type { Locale } from '../../base/context.js'
import { addMonths, type Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  checkState,
  contractBeginsOn,
  contractFrom,
  contractGaps,
  contractRunsOutOn,
  contractStanding,
  contractWarningMonths,
  contractsOf,
  contractState,
  copiesToSend,
  openPoints,
  presentContract,
  type CheckPoint,
  type ContractCheck,
  type ContractCopy,
  type ContractState,
  type ContractVersion,
  type Engagement,
} from '../rules.js'
import { resultState } from './contract-check.js'
import type { State } from './words.js'

type Names = ReadonlyMap<string, string>
type Paper = { url: string; name: string }

const stateTones = {
  present: 'good',
  unsigned: 'wait',
  upcoming: 'info',
  earlier: 'calm',
  ended: 'calm',
  mistake: 'calm',
} as const satisfies Record<ContractState, State['tone']>

const checkTones = { ours: 'calm', unchecked: 'wait', gaps: 'stop', passed: 'good' } as const

/** The contract as an engagement's page tells it: the version that counts, then every other, the latest first. */
export function contractsInWords(engagement: Engagement, files: Names, today: Day, locale: Locale) {
  const versions = contractsOf(engagement)
  const words = versions.map((version) => contractInWords(engagement, version, files, today, locale))
  const present = presentContract(versions, today)?.id
  return {
    present: words.find(({ id }) => id === present) ?? null,
    others: words.filter(({ id }) => id !== present).toReversed(),
    warnings: [
      ...endingInWords(engagement, versions, today, locale),
      ...contractGaps(engagement.contract).map(({ text, open }) =>
        textIn(locale)(text, { count: open.length, points: pointsInWords(open, locale) }),
      ),
    ],
  }
}

/** Used without a contract, or soon to be (clause 7.4). A link further down signs with the one above it. */
function endingInWords(
  engagement: Engagement,
  versions: readonly ContractVersion[],
  today: Day,
  locale: Locale,
): string[] {
  const t = textIn(locale)
  const { role, parent, endedOn, inUse } = engagement
  if (role !== 'sub-processor' || parent !== null || endedOn !== null) return []
  const used = inUse.since !== null && inUse.since <= today && (inUse.until === null || inUse.until > today)
  const begins = contractBeginsOn(engagement, today)
  if (used && begins !== null) return [t('contracts:gap.used-before', { on: formatDay(begins, locale) })]
  if (used && contractStanding(engagement, today) !== 'binds') return [t('contracts:gap.used-without')]
  const on = contractRunsOutOn(versions, today)
  return on === null || on > addMonths(today, contractWarningMonths)
    ? []
    : [t('contracts:gap.runs-out', { on: formatDay(on, locale) })]
}

export function contractInWords(
  engagement: Engagement,
  version: ContractVersion,
  files: Names,
  today: Day,
  locale: Locale,
) {
  const t = textIn(locale)
  const paper = (file: string | undefined): Paper | null =>
    file === undefined ? null : { url: `/files/${file}`, name: files.get(file) ?? t('contracts:file') }
  const state = contractState(version, contractsOf(engagement), today)
  const check = version.checks.at(-1)
  const toSend = copiesToSend(version).at(-1)
  const read = checkState(contractFrom(version) ?? { template: version.template })
  return {
    id: version.id,
    url: `/engagements/${engagement.reference}/contracts/${version.id}`,
    title: version.dpaVersion ?? t('contracts:untitled', { number: version.id }),
    state: { tone: stateTones[state], word: t(`contracts:state.${state}`) } satisfies State,
    template: t(`register:template.${version.template}`),
    theirs: version.template === 'theirs',
    signedOn: version.signedOn ?? null,
    from: version.from ?? null,
    until: version.until ?? null,
    file: paper(version.file),
    note: version.note ?? '',
    mistake: version.mistake ?? null,
    redacted: version.redacted
      .map((copy) => ({ ...copy, paper: paper(copy.file), withdrawn: copy.withdrawn ?? null }))
      .toReversed(),
    /** The one a customer is sent. */
    toSend: toSend === undefined ? null : { ...toSend, paper: paper(toSend.file) },
    read: {
      state: { tone: checkTones[read], word: t(`contracts:check-state.${read}`) } satisfies State,
      on: check?.on ?? null,
      by: check?.by ?? '',
      open: check ? openPoints(check).map((point) => openInWords(check, point, locale)) : [],
    },
  }
}

function pointsInWords(points: readonly CheckPoint[], locale: Locale): string {
  const t = textIn(locale)
  return new Intl.ListFormat(locale).format(points.map((point) => t(`contracts:point.${point}`)))
}

function openInWords(check: ContractCheck, point: CheckPoint, locale: Locale) {
  const t = textIn(locale)
  const answer = check.answers.find((each) => each.point === point)
  const result = answer?.result ?? 'not-met'
  return {
    point: t(`contracts:point.${point}`),
    state: resultState(result, locale),
    note: answer?.note ?? '',
  }
}

/** Who asked for a copy of this version, and what it was sent (7.5). `customers`: name and reference by id. */
export function copyRows(
  copies: readonly ContractCopy[],
  customers: ReadonlyMap<string, { name: string; reference: string }>,
  files: Names,
  base: string,
  locale: Locale,
) {
  const t = textIn(locale)
  return copies.map((copy) => {
    const customer = customers.get(copy.customer)
    return {
      customer: customer?.name ?? t('contracts:customer-gone'),
      customerUrl: customer ? `/customers/${customer.reference}` : null,
      askedOn: copy.askedOn,
      askedBy: copy.askedBy ?? '',
      sentOn: copy.sentOn,
      sentBy: copy.sentBy ?? '',
      file:
        copy.file === undefined
          ? null
          : { url: `/files/${copy.file}`, name: files.get(copy.file) ?? t('contracts:file') },
      note: copy.note ?? '',
      state: (copy.sentOn === null
        ? { tone: 'wait', word: t('contracts:copy.waiting') }
        : { tone: 'good', word: t('contracts:copy.sent') }) satisfies State,
      url: `${base}/copies/${copy._id}/sent`,
    }
  })
}

/** What can be sent: copies with commercial terms left out first, the contract itself last. */
export function paperChoices(version: ContractVersion, files: Names, locale: Locale) {
  const t = textIn(locale)
  const name = (file: string) => files.get(file) ?? t('contracts:file')
  return [
    ...copiesToSend(version)
      .toReversed()
      .map(({ file }) => ({
        value: file,
        text: t('contracts:copy.redacted-file', { name: name(file) }),
      })),
    ...(version.file === undefined
      ? []
      : [{ value: version.file, text: t('contracts:copy.whole-file', { name: name(version.file) }) }]),
  ]
}
