import mongoose from 'mongoose'

/** Kinds as the models are named. */
type Kind = 'service' | 'vendor' | 'engagement' | 'notice'

/** What removing the sample takes, counted by kind, and what it leaves since records of one's own stand on it. */
export type Removal = {
  removed: Record<string, number>
  kept: { kind: Kind; id: string; reference: string }[]
}

type Row = { _id: string; [field: string]: unknown }

const registers = ['customer', 'service', 'vendor', 'engagement', 'notice', 'site']

/** Whether any register holds something, or once the sample is marked, something of one's own. */
export async function holdsAnything(): Promise<boolean> {
  const found = await Promise.all(
    registers.map((kind) => collection(kind).findOne({ sample: { $ne: true } })),
  )
  return found.some((each) => each !== null)
}

export async function whatRemovalTakes(): Promise<Removal> {
  const used = await usedByOwn()
  const kept = await Promise.all(
    (Object.keys(used) as Kind[]).map(async (kind) => {
      const rows = await rowsOf(kind, { _id: { $in: [...used[kind]] }, sample: true }, { reference: 1 })
      return rows.map((row) => ({ kind, id: row._id, reference: String(row['reference']) }))
    }),
  )
  const counts = await Promise.all(
    markedModels().map(async (name): Promise<[string, number]> => {
      const all = await collection(name).countDocuments({ sample: true })
      return [name, all - (kept.flat().filter(({ kind }) => kind === name).length ?? 0)]
    }),
  )
  return { removed: Object.fromEntries(counts.filter(([, count]) => count > 0)), kept: kept.flat() }
}

/** Takes the mark off what stays, so that it is never taken for invented again. */
export async function keepUsed({ kept }: Removal): Promise<void> {
  for (const { kind, id } of kept) {
    await collection(kind).updateOne({ _id: id }, { $set: { sample: false } })
    // A notice's papers and files are its evidence.
    if (kind !== 'notice') continue
    await collection('notice-paper').updateMany({ notice: id }, { $set: { sample: false } })
    await collection('file').updateMany(
      { 'about.kind': 'notice', 'about.id': id },
      { $set: { sample: false } },
    )
  }
}

/** Deletes what is marked, what hangs on it first: cut short anywhere, the next run finds the rest. Files are not touched. */
export async function removeMarked(): Promise<void> {
  const ids = async (kind: string) => (await rowsOf(kind, { sample: true })).map(({ _id }) => _id)
  const [customers, engagements, recipients, mails] = await Promise.all(
    ['customer', 'engagement', 'recipient', 'mail'].map(ids),
  )
  await removeSupervision(ids)
  await collection('audit-test').deleteMany({ audit: { $in: await ids('audit') } })
  await collection('approval').deleteMany({
    $or: [{ customer: { $in: customers ?? [] } }, { engagement: { $in: engagements ?? [] } }],
  })
  await collection('link').deleteMany({
    $or: [{ customer: { $in: customers ?? [] } }, { 'about.id': { $in: recipients ?? [] } }],
  })
  await collection('mail-evidence').deleteMany({ mail: { $in: mails ?? [] } })
  for (const name of markedModels()) if (name !== 'file') await collection(name).deleteMany({ sample: true })
  // What is left may have been approved by invented customers alone: without the stamp the lists are made anew.
  await collection('list-stamp').deleteMany({})
}

/** What hangs on invented questionnaires, statements and findings, and carries no mark of its own. */
async function removeSupervision(ids: (kind: string) => Promise<string[]>): Promise<void> {
  const [questionnaires, statements, findings, departures] = await Promise.all(
    ['questionnaire', 'statement', 'finding', 'departure'].map(ids),
  )
  const all = [...(questionnaires ?? []), ...(statements ?? []), ...(findings ?? []), ...(departures ?? [])]
  for (const name of ['answer', 'remark', 'questionnaire-share', 'questionnaire-brought'])
    await collection(name).deleteMany({ questionnaire: { $in: questionnaires ?? [] } })
  await collection('link').deleteMany({ kind: 'vendor', 'about.id': { $in: all } })
  // A set is kept as it was asked for as long as any questionnaire of one's own asks it.
  const asked = await rowsOf('questionnaire', { sample: { $ne: true } }, { set: 1 })
  const kept = asked.map((row) => row['set'] as { id: string; version: string })
  await collection('frozen-question-set').deleteMany({
    _id: { $nin: kept.map(({ id, version }) => `${id}@${version}`) },
  })
}

/** Records of every room that can be marked, whichever rooms there are. */
function markedModels(): string[] {
  return Object.values(mongoose.models).flatMap((model) =>
    // A test of a control has a sample in another sense: what was chosen to look at.
    model.schema.path('sample') instanceof mongoose.Schema.Types.Boolean ? [model.modelName] : [],
  )
}

async function usedByOwn(): Promise<Record<Kind, Set<string>>> {
  const own = { sample: { $ne: true } }
  const [customers, engagements, notices, reached, invented, sites, copies] = await Promise.all([
    rowsOf('customer', own, { services: 1 }),
    rowsOf('engagement', own, { vendor: 1, services: 1, parent: 1 }),
    rowsOf('notice', own),
    rowsOf('recipient', own, { notice: 1 }),
    rowsOf('customer', { sample: true }),
    rowsOf('site', own, { services: 1, operator: 1 }),
    rowsOf('contract-copy', own, { engagement: 1 }),
  ])
  const notice = new Set([...notices.map(({ _id }) => _id), ...reached.map((row) => String(row['notice']))])
  const lines = await rowsOf('notice', { _id: { $in: [...notice] } }, { lines: 1 })
  const approvals = await rowsOf(
    'approval',
    { customer: { $nin: invented.map(({ _id }) => _id) } },
    { engagement: 1 },
  )
  const engagement = await withParents([
    ...engagements.map((row) => row['parent']),
    ...lines.flatMap((row) =>
      (row['lines'] as { engagement: string; replaces: string | null }[]).flatMap((line) => [
        line.engagement,
        line.replaces,
      ]),
    ),
    ...approvals.map((row) => row['engagement']),
    ...copies.map((row) => row['engagement']),
  ])
  const standing = [...engagements, ...(await rowsOf('engagement', { _id: { $in: [...engagement] } }))]
  return {
    notice,
    engagement,
    vendor: new Set([
      ...standing.map((row) => String(row['vendor'])),
      ...sites.map((row) => String(row['operator'])),
    ]),
    service: new Set([
      ...[...standing, ...sites].flatMap((row) => row['services'] as string[]),
      ...customers.flatMap((row) => (row['services'] as { service: string }[]).map(({ service }) => service)),
    ]),
  }
}

/** A link of a chain stands on those above it. */
async function withParents(ids: readonly unknown[]): Promise<Set<string>> {
  const all = new Set<string>()
  let next = ids.filter((id): id is string => typeof id === 'string')
  while (next.length > 0) {
    next.forEach((id) => all.add(id))
    const rows = await rowsOf('engagement', { _id: { $in: next } }, { parent: 1 })
    next = rows.flatMap(({ parent }) => (typeof parent === 'string' && !all.has(parent) ? [parent] : []))
  }
  return all
}

function rowsOf(kind: string, filter: object, fields?: Record<string, 1>): Promise<Row[]> {
  return collection(kind)
    .find(filter, fields ? { projection: fields } : {})
    .toArray()
}

/** A room whose model is not loaded in this process has no collection to speak of: an empty one is asked. */
function collection(kind: string) {
  const name = mongoose.models[kind]?.collection.name ?? kind
  return mongoose.connection.collection<Row>(name)
}
