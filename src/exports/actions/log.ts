import { extractAbout, linksBetween, type Extracted } from '../../audit-log/extract.js'
import type { Locale } from '../../base/context.js'
import { repliesOfRecipients } from '../../replies/actions.js'
import { objectionsOfRecipients } from '../../objections/actions.js'
import { dayKey, entryTold, mailTold, type Names } from '../page/story.js'
import { isShown, mostCustomersInIndex, mostLinks, paths, shownEntry, type Audience } from '../rules.js'
import type { Archive } from './archive.js'
import type { Collected } from './collected.js'
import type { Section } from './subject.js'

type Gathered = { audience: Audience; collected: Collected; names: Names; locale: Locale }

/** The log's entries about these records up to `end`, and the chain from the first of them on. */
export async function* addLog(
  archive: Archive,
  sections: readonly Section[],
  end: number,
  gathered: Gathered,
): AsyncGenerator<Buffer> {
  yield* archive.add(paths.entries, entryLines(sections, end, gathered))
  const { firstEntry } = gathered.collected
  if (firstEntry !== null && end - firstEntry < mostLinks)
    yield* archive.add(paths.chain, chainLines(firstEntry, end))
}

async function* entryLines(
  sections: readonly Section[],
  end: number,
  gathered: Gathered,
): AsyncGenerator<string> {
  for (const section of sections) {
    const { notice, parts } = section
    yield lines(await extractAbout('notice', [notice._id], end), section, gathered)
    for await (const recipients of parts()) {
      const ids = recipients.map(({ _id }) => _id)
      const objections = await objectionsOfRecipients(ids)
      yield lines(await extractAbout('recipient', ids, end), section, gathered)
      const replies = await repliesOfRecipients(ids)
      for (const [kind, about] of [
        ['objection', objections.map(({ _id }) => _id)],
        ['reply', replies.map(({ _id }) => _id)],
      ] as const)
        if (about.length > 0) yield lines(await extractAbout(kind, about, end), section, gathered)
    }
  }
  for (const { notice, own } of sections)
    if (own)
      gathered.collected.story
        .get(notice._id)
        ?.push(
          ...gathered.collected.told
            .filter(({ recipient }) => recipient._id === own._id)
            .flatMap(({ mails }) => mails.flatMap((mail) => mailTold(mail, gathered.locale))),
        )
}

function lines(found: readonly Extracted[], section: Section, gathered: Gathered): string {
  const { audience, collected } = gathered
  for (const { seal } of found) collected.firstEntry = Math.min(collected.firstEntry ?? seal._id, seal._id)
  collected.entries += found.length
  for (const each of found) tell(each, section, gathered)
  return found.map((each) => `${JSON.stringify(shownEntry(each, audience))}\n`).join('')
}

/** For the index: one by one, but what happened to many customers is counted by the day. */
function tell({ entry }: Extracted, { notice, own, count }: Section, gathered: Gathered): void {
  const { audience, collected, names, locale } = gathered
  if (!isShown(entry, audience)) return
  const counted = entry.kind === 'recipient' || (entry.kind !== 'notice' && count > mostCustomersInIndex)
  if (own === null && counted) {
    const days = collected.days.get(notice._id) ?? new Map<string, number>()
    const key = dayKey(entry, notice.rules.zone)
    days.set(key, (days.get(key) ?? 0) + 1)
    collected.days.set(notice._id, days)
    return
  }
  collected.story.set(notice._id, [
    ...(collected.story.get(notice._id) ?? []),
    entryTold(entry, names, locale),
  ])
}

/** The first line is where it begins and the hash before it; each further line is a link's digest, from which its hash follows. */
export async function* chainLines(first: number, last: number): AsyncGenerator<string> {
  let begun = false
  for await (const links of linksBetween(first, last)) {
    const [head] = links
    if (!begun && head) yield `${head._id} ${head.previous}\n`
    begun = true
    yield links.map(({ digest }) => `${digest}\n`).join('')
  }
}
