import { addDays } from '../base/day.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import { previewNotice, withContents } from '../notices/actions.js'
import { engagementByReference, vendorsByIds } from '../register/actions.js'
import {
  confirmUpstream,
  draftFromUpstream,
  receiveUpstream,
  reckonFor,
  upstreamOf,
} from '../upstream/actions.js'
import { reckoningPage } from '../upstream/page.js'
import { inWords } from './customers.js'
import { letter } from './letters.js'
import type { Telling } from './telling.js'

const t = textIn('en')

/** Their notice to us becomes ours to our customers: what it says, whether the days suffice, and the draft. */
export async function subProcessorWrites(
  { trial, transcript, olga }: Telling,
  engagement: string,
): Promise<void> {
  const { say } = transcript
  const known = await engagementByReference(engagement)
  const [vendor] = await vendorsByIds([known?.vendor ?? ''])
  const sender = vendor?.contacts[0]
  if (!known || !vendor || !sender?.email) throw new Error('nobody there to write')

  trial.at('13:15')
  const today = trial.today()
  const start = addDays(today, 63)
  const limit = addDays(today, 42)
  const mail = letter({
    from: `${sender.name} <${sender.email}>`,
    subject: 'New sub-processor',
    text: `We engage a new sub-processor, Nordlager AB (opdigtet), Gothenburg, for a second copy of the backup. It will be used from ${formatDay(start, 'en')}.\n\nYou may object until ${formatDay(limit, 'en')}.`,
    date: trial.now(),
  })
  const file = { name: 'notice.eml', bytes: mail }
  const { notice: received } = await receiveUpstream(olga(), {
    file,
    text: null,
    from: null,
    subject: null,
    receivedAt: trial.now(),
    zone: trial.zone,
  })
  const words = (day: string | null) => (day ? formatDay(day, 'en') : 'not said')
  say(
    sender.name ?? sender.email,
    `writes for ${vendor.name} about a sub-processor of its own. Olga files the mail as ${received.reference}. Tilsyn reads in it:`,
    [
      received.kinds.map((kind) => t(`upstream:kind.${kind}`)).join(', '),
      `from ${words(received.startsOn)}; we may object until ${words(received.objectUntil)}`,
    ],
  )

  const confirmed = await confirmUpstream(olga(), received.reference, {
    vendor: vendor._id,
    engagements: [known._id],
    kinds: received.kinds,
    what: 'Second copy of the backup at Nordlager AB (opdigtet) in Gothenburg.',
    further: 'Nordlager AB (opdigtet)',
    going: null,
    startsOn: received.startsOn,
    receivedOn: received.receivedOn,
    objectUntil: received.objectUntil,
  })
  const { reckoned, their, services } = await reckonFor(olga(), confirmed)
  const page = reckoningPage(reckoned, their, services, today, 'en')
  say('Olga, officer', 'confirms it. Tilsyn reckons back to back:', [
    page.sentence,
    ...page.rows.map(
      ({ period, count, lastDay, state }) =>
        `${count} x ${period}: told now, last day ${lastDay}; ${state.word}`,
    ),
  ])

  const { notice } = await draftFromUpstream(olga(), confirmed.reference, confirmed.version)
  const [draft, preview, after] = await Promise.all([
    withContents(notice),
    previewNotice(olga(), notice.reference),
    upstreamOf(confirmed.reference),
  ])
  const names = draft.lines.map(({ content }) => content?.vendorName ?? '')
  say(
    'Olga, officer',
    `makes ${after.notices.join(', ')} of it in one click, for ${preview.summary.count} customers: ${names.join(', ')}, below ${vendor.name}. Before it goes:`,
    preview.blockers.map((blocker) => t(`notices:blocker.${blocker.text}`, inWords(blocker.facts))),
  )
}
