/** What a customer has instructed and approved, as it reads it on its own page: with day, who, and the file it stands in. */
import type { Locale } from '../../base/context.js'
import { addDays, type Day } from '../../base/day.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay, formatSize } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { instructionHoldsOn, type Instruction } from '../rules.js'
import { approvalRow } from './approvals.js'

type Reader = { locale: Locale; today: Day; base: string; zone: string }
export type OwnFiles = ReadonlyMap<string, StoredFile>

/** What we think of it (clause 4.2) the customer was told in a request of its own, where it also answers; it is led there. */
export function ownInstruction(instruction: Instruction, files: OwnFiles, { locale, today, base }: Reader) {
  const t = textIn(locale)
  const { reference, by, state, endedOn, doubt, request, replacedBy } = instruction
  const holds = instructionHoldsOn(instruction, today)
  const name = by.title ? `${by.name}, ${by.title}` : by.name
  const given = { day: formatDay(instruction.givenOn, locale), name }
  return {
    reference,
    subject: t(`instructions:subject.${instruction.subject}`),
    text: instruction.text,
    state: holds
      ? { tone: 'good', word: t('instructions:state.given') }
      : { tone: 'calm', word: t(`instructions:own.state.${state === 'given' ? 'to-come' : state}`) },
    given: t('instructions:own.given', {
      ...given,
      channel: t(`instructions:own.channel.${instruction.channel}`),
    }),
    ended:
      endedOn === null
        ? ''
        : t(`instructions:own.${replacedBy === null ? 'until' : 'replaced'}`, {
            day: formatDay(addDays(endedOn, -1), locale),
            by: replacedBy ?? '',
          }),
    links: [request, doubt?.request ?? null]
      .filter((each) => each !== null)
      .map((each) => ({ url: `${base}/requests/${each}`, text: each })),
    files: instruction.files.flatMap((id) => {
      const file = files.get(id)
      const url = `${base}/instructions/files/${id}`
      return file ? [{ url, text: `${file.name} (${formatSize(file.size, locale)})` }] : []
    }),
  }
}

type Approvals = Parameters<typeof approvalRow>[0]

/** Without our own addresses; the notice is one of the customer's own pages, where it was told by one. */
export function ownApproval(shown: Approvals, { locale, base, zone }: Reader) {
  const { vendor, activity, from, until, kind, words } = approvalRow(shown, { locale, zone })
  const { approval, ground } = shown
  return {
    vendor,
    activity,
    from,
    until,
    kind,
    words,
    notice:
      approval.notice === null ? null : { url: `${base}/notices/${approval.notice}`, text: approval.notice },
    file: ground.file === null ? null : `${base}/instructions/files/${ground.file}`,
  }
}
