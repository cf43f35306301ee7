import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import type { NoticePeriod } from '../../base/period.js'
import { breachHoursFor, noticePeriodsFor } from '../../customers/actions.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { engagementByReference, EngagementModel } from '../records.js'
import {
  contractSet,
  contractsOf,
  correctedContract,
  longestPeriod,
  withContract,
  type ContractCheck,
  type ContractFacts,
  type ContractVersion,
  type Engagement,
  type EngagementBody,
  type RedactedCopy,
} from '../rules.js'
import { apart, changedParts } from '../rules/trail.js'
import type { Which } from './services.js'

/** Which version of which engagement's contract. */
export type WhichContract = Which & { contract: string }

const personal = ['note', 'madeBy', 'leftOut', 'because', 'by', 'answers']

/** Another contract, or a new version of it, beside those on record. Returns its id. */
export async function addContract(
  context: Context,
  which: Which,
  facts: ContractFacts,
  upload?: Upload,
): Promise<string> {
  const engagement = await engagementAsSeen(which)
  const whole = { ...facts, ...(await stored(context, engagement, upload)) }
  const { versions, id } = withContract(contractsOf(engagement), whole)
  const { facts: plain, personal: free } = apart(whole, personal)
  await movedTo(context, engagement, versions, {
    event: 'engagement.contract-added',
    facts: { contract: id, after: plain },
    personal: { after: free },
  })
  return id
}

/** What was entered wrongly put right; the papers and readings of the version stay with it. */
export async function correctContract(
  context: Context,
  which: WhichContract,
  facts: ContractFacts,
  upload?: Upload,
): Promise<void> {
  const { engagement, version } = await contractAsSeen(which)
  const whole = { ...facts, ...(await stored(context, engagement, upload)) }
  const versions = correctedContract(contractsOf(engagement), which.contract, whole)
  const after = versions.find(({ id }) => id === which.contract)
  const changes = after && changedParts(factsOf(version), factsOf(after), personal)
  if (!changes) return
  await movedTo(context, engagement, versions, {
    event: 'engagement.contract-corrected',
    facts: { contract: which.contract, ...changes.facts },
    personal: changes.personal,
  })
}

/** It never was a contract of this engagement. It stays on record, and counts for nothing. */
export async function disownContract(context: Context, which: WhichContract, because: string): Promise<void> {
  const { engagement, version } = await contractAsSeen(which)
  if (version.mistake) throw new Refused('contract-is-mistake')
  const mistake = { on: context.today, because }
  await movedTo(context, engagement, replaced(engagement, { ...version, mistake }), {
    event: 'engagement.contract-disowned',
    facts: { contract: version.id },
    personal: { because },
  })
}

/** The copy customers may be sent: clause 7.5 lets commercial terms stay out. */
export async function addRedactedCopy(
  context: Context,
  which: WhichContract,
  copy: Omit<RedactedCopy, 'file'>,
  upload: Upload,
): Promise<void> {
  const { engagement, version } = await contractAsSeen(which)
  const { file } = await stored(context, engagement, upload)
  const whole = { ...copy, file: file ?? '' }
  const redacted = [...version.redacted, whole]
  const { facts, personal: free } = apart(whole, personal)
  await movedTo(context, engagement, replaced(engagement, { ...version, redacted }), {
    event: 'engagement.contract-redacted',
    facts: { contract: version.id, after: facts },
    personal: { after: free },
  })
}

/** The copy showed what it should not, or too little: it stays on record with the reason, and is sent to nobody from now on. */
export async function withdrawRedactedCopy(
  context: Context,
  which: WhichContract,
  file: string,
  because: string,
): Promise<void> {
  const { engagement, version } = await contractAsSeen(which)
  const copy = version.redacted.find((each) => each.file === file)
  if (!copy) throw new NotFound()
  if (copy.withdrawn) throw new Refused('copy-already-withdrawn')
  const withdrawn = { on: context.today, because }
  const redacted = version.redacted.map((each) => (each === copy ? { ...each, withdrawn } : each))
  await movedTo(context, engagement, replaced(engagement, { ...version, redacted }), {
    event: 'engagement.contract-copy-withdrawn',
    facts: { contract: version.id, file },
    personal: { because },
  })
}

/**
 * A reading of the contract against Art. 28(3)-(4), after which the last one counts. The notice they owe us is one fact of the
 * engagement: read in the contract, it is put right there in the same move.
 */
export async function checkContract(
  context: Context,
  which: WhichContract,
  input: Omit<ContractCheck, 'owed'>,
): Promise<void> {
  const { engagement, version } = await contractAsSeen(which)
  const check: ContractCheck = { ...input, owed: await owedToCustomers(engagement) }
  const checks = [...version.checks, check]
  const theirs = check.theirs.notice
  await movedTo(
    context,
    engagement,
    replaced(engagement, { ...version, checks }),
    {
      event: 'engagement.contract-checked',
      facts: {
        contract: version.id,
        on: check.on,
        results: Object.fromEntries(check.answers.map(({ point, result }) => [point, result])),
        theirs: check.theirs,
        owed: check.owed,
      },
      personal: { by: check.by, answers: check.answers },
    },
    theirs === undefined ? {} : { theirNotice: theirs },
  )
}

/** What we owe those who buy the engagement's services: the shortest hours (10.2), the longest notice (7.3). */
export async function owedToCustomers({
  services,
}: Pick<Engagement, 'services'>): Promise<{ breachHours: number | null; notice: NoticePeriod | null }> {
  const [hours, periods] = await Promise.all([breachHoursFor(services), noticePeriodsFor(services)])
  const known = hours.filter((each) => typeof each === 'number')
  return { breachHours: known.length > 0 ? Math.min(...known) : null, notice: longestPeriod(periods) }
}

async function movedTo(
  context: Context,
  engagement: Engagement,
  versions: readonly ContractVersion[],
  said: Said,
  besides: Partial<EngagementBody> = {},
): Promise<void> {
  const set = contractSet(versions, context.today)
  const gone = set.contractTurnsOn === undefined ? (['contractTurnsOn'] as const) : []
  await mustMove(context, EngagementModel, engagement, { ...besides, ...set }, said, gone)
}

function replaced(engagement: Engagement, version: ContractVersion): ContractVersion[] {
  return contractsOf(engagement).map((each) => (each.id === version.id ? version : each))
}

function factsOf({ redacted: _copies, checks: _checks, ...facts }: ContractVersion) {
  return facts
}

async function stored(
  context: Context,
  { _id, sample }: Engagement,
  upload: Upload | undefined,
): Promise<{ file?: string }> {
  if (!upload) return {}
  const file = await storeFile(context, { ...upload, about: { kind: 'engagement', id: _id }, sample })
  return { file: file._id }
}

async function contractAsSeen(which: WhichContract) {
  const engagement = await engagementAsSeen(which)
  const version = contractsOf(engagement).find(({ id }) => id === which.contract)
  if (!version) throw new NotFound()
  return { engagement, version }
}

async function engagementAsSeen({ reference, version }: Which): Promise<Engagement> {
  const engagement = await engagementByReference(reference)
  if (!engagement) throw new NotFound()
  if (engagement.version !== version) throw new Refused('changed-meanwhile')
  return engagement
}
