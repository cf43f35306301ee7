import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { insertModel, modelVersions, SupervisionModels } from '../records.js'
import { publishedModel, sameValues, valueChanges, type Model, type ModelValues } from '../rules.js'

/** Every version, the present one first; the published one is the last. */
export async function models(): Promise<Model[]> {
  const set = await modelVersions()
  return [
    ...set.map(({ number, values, because, at, by }) => ({ number, values, because, at, by })),
    publishedModel,
  ]
}

export async function presentModel(): Promise<Model> {
  return (await models())[0] ?? publishedModel
}

/** A new version from now on; scores that were confirmed keep theirs. `seen`: the version the values were changed from. */
export async function setModel(
  context: Context,
  { values, because, seen }: { values: ModelValues; because: string; seen: number },
): Promise<Model> {
  const present = await presentModel()
  if (present.number !== seen) throw new Refused('changed-meanwhile')
  if (sameValues(present.values, values)) throw new Refused('supervision-model-same')
  const number = present.number + 1
  const made = await insertModel(
    { _id: `supervision-model-${number}`, number, values, because, at: context.now, by: context.actor },
    {
      at: context.now,
      by: context.actor,
      event: 'supervision-model.set',
      facts: {
        number,
        ...Object.fromEntries(
          valueChanges(present.values, values).map(({ name, before, after }) => [name, { before, after }]),
        ),
      },
      personal: { because },
    },
  )
  if (!made) throw new Refused('changed-meanwhile')
  await record(SupervisionModels, made)
  return made
}
