/** The house's own words in mails, in dated versions. */
import { record } from '../audit-log/actions.js'
import type { Bilingual, Context } from '../base/context.js'
import { NotFound, Refused } from '../base/errors.js'
import { newId } from '../base/ids.js'
import { firstMove } from '../db/moves.js'
import { insertWording, latestWording, wordingNumbered, Wordings } from './records/wordings.js'
import { withText, type OwnText, type Wording } from './rules/wording.js'

export { latestWording, wordingVersions, type WordingVersion } from './records/wordings.js'
export type { EditableText, OwnText, Wording } from './rules/wording.js'

/** What mails are worded with now; null where everything is as shipped. */
export async function currentWording(): Promise<Wording | null> {
  const latest = await latestWording()
  return latest && latest.texts.length > 0 ? { number: latest.number, texts: latest.texts } : null
}

/**
 * A new version in which that text has these words; null: as shipped again. `seen`: the version the person had before them.
 * Throws `Refused`: 'changed-meanwhile'. What changes nothing makes no version.
 */
export async function saveText(
  context: Context,
  seen: number,
  key: string,
  words: Bilingual | null,
): Promise<void> {
  await save(context, seen, (texts) => withText(texts, key, words), 'wording.saved')
}

/** A new version that reads as that earlier one did; 0 is as shipped. Throws `NotFound`, `Refused`: 'changed-meanwhile'. */
export async function restoreWording(context: Context, seen: number, number: number): Promise<void> {
  const earlier = number === 0 ? { texts: [] } : await wordingNumbered(number)
  if (!earlier) throw new NotFound()
  await save(context, seen, () => earlier.texts, 'wording.restored')
}

async function save(
  context: Context,
  seen: number,
  change: (texts: readonly OwnText[]) => OwnText[],
  event: 'wording.saved' | 'wording.restored',
): Promise<void> {
  const latest = await latestWording()
  if ((latest?.number ?? 0) !== seen) throw new Refused('changed-meanwhile')
  const before = latest?.texts ?? []
  const texts = change(before)
  const changed = changesBetween(before, texts)
  if (changed.length === 0) return
  const number = seen + 1
  const move = {
    at: context.now,
    by: context.actor,
    event,
    facts: { number, texts: changed.map(({ key }) => key) },
    personal: {
      before: Object.fromEntries(changed.map(({ key, before: words }) => [named(key), words])),
      after: Object.fromEntries(changed.map(({ key, after }) => [named(key), after])),
    },
  }
  const version = {
    _id: newId(),
    number,
    from: context.now,
    by: context.actor.id,
    texts,
    changed,
    ...firstMove(move),
  }
  if (!(await insertWording(version))) throw new Refused('changed-meanwhile')
  await record(Wordings, version)
}

// A dot in a field's name means a path to the database.
function named(key: string): string {
  return key.replaceAll('.', '/')
}

function changesBetween(before: readonly OwnText[], after: readonly OwnText[]) {
  const wordsIn = (texts: readonly OwnText[], key: string): Bilingual | null => {
    const text = texts.find((each) => each.key === key)
    return text ? { da: text.da, en: text.en } : null
  }
  const keys = [...new Set([...before, ...after].map(({ key }) => key))].toSorted()
  return keys
    .map((key) => ({ key, before: wordsIn(before, key), after: wordsIn(after, key) }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after))
}
