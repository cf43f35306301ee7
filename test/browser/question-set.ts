import type { Context } from '../../src/base/context.js'
import { importSet } from '../../src/question-sets/actions/drafts.js'

/** A draft of a foreign set: own sentences, with something that does not come along. */
export async function draftSetInTown(officer: Context): Promise<{ draft: string }> {
  const items = [
    { type: 'info', text: 'About your programme.' },
    {
      type: 'radiogroup',
      id: 'programme',
      text: 'Is there a programme?',
      choices: [{ all: 'Yes' }, { less: 'No' }],
    },
    { type: 'line', id: 'since', text: 'Since when?', cond: 'all' },
    { type: 'hologram', text: 'Unknown' },
  ]
  const json = { questionnaire: [{ type: 'block', text: 'A foreign form', items }] }
  const file = { name: 'foreign.json', bytes: Buffer.from(JSON.stringify(json)) }
  const draft = await importSet(officer, { file, language: 'en' }, () =>
    Promise.reject(new Error('no sheets')),
  )
  return { draft: draft._id }
}
