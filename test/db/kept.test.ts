import { expect } from 'chai'
import mongoose, { Schema } from 'mongoose'
import { askedTogether } from '../../src/db/asked-together.js'
import { keptWhole } from '../../src/db/kept.js'
import { useDatabase } from '../support/database.js'

type Place = { _id: string; name: string; opened?: Date; floors?: { name: string }[]; secret?: string }

const schema = () =>
  new Schema<Place>({ _id: String, name: String, opened: Date, floors: [Object], secret: String })

describe('Collections kept whole', () => {
  const Places = mongoose.model<Place>('KeptPlace', schema())
  const Others = mongoose.model<Place>('KeptOther', schema())
  const Never = mongoose.model<Place>('KeptNever', schema())
  useDatabase()
  after(() => ['KeptPlace', 'KeptOther', 'KeptNever'].forEach((name) => mongoose.deleteModel(name)))
  const places = keptWhole(Places, ['secret'])
  const others = keptWhole(Others)
  const raw = () => mongoose.connection.db!.collection<Place>(Places.collection.collectionName)

  beforeEach(async () => {
    await raw().insertMany([
      { _id: 'b', name: 'Aarhus', opened: new Date('2020-03-01'), secret: 'x' },
      { _id: 'a', name: 'Ærø', floors: [{ name: 'kælder' }] },
    ])
  })

  /** How many questions go to the database meanwhile. */
  async function asking<Value>(work: () => Promise<Value>): Promise<{ value: Value; questions: number }> {
    let questions = 0
    const collections = [Places, Others, Never].map(({ collection }) => collection)
    for (const collection of collections) {
      const asked = collection.aggregate.bind(collection)
      Object.defineProperty(collection, 'aggregate', {
        configurable: true,
        value: (...given: Parameters<typeof asked>) => {
          questions += 1
          return asked(...given)
        },
      })
    }
    try {
      return { value: await work(), questions }
    } finally {
      for (const collection of collections) Reflect.deleteProperty(collection, 'aggregate')
    }
  }

  it('are given in the order of their ids, without the fields that nobody asks for', async () => {
    expect(await places()).to.deep.equal([
      { _id: 'a', name: 'Ærø', floors: [{ name: 'kælder' }] },
      { _id: 'b', name: 'Aarhus', opened: new Date('2020-03-01') },
    ])
  })

  it('are the very same until one of them is another', async () => {
    const first = await places()
    expect(await places()).to.equal(first)
  })

  const changes: [string, () => Promise<unknown>][] = [
    ['changed', () => raw().updateOne({ _id: 'a' }, { $set: { name: 'Samsø' } })],
    ['changed deep inside', () => raw().updateOne({ _id: 'a' }, { $set: { 'floors.0.name': 'loft' } })],
    ['changed in a time', () => raw().updateOne({ _id: 'b' }, { $set: { opened: new Date('2020-03-02') } })],
    ['without a field it had', () => raw().updateOne({ _id: 'b' }, { $unset: { opened: 1 } })],
    ['changed where nobody reads', () => raw().updateOne({ _id: 'b' }, { $set: { secret: 'y' } })],
    ['added', () => raw().insertOne({ _id: 'c', name: 'Vejle' })],
    ['taken away', () => raw().deleteOne({ _id: 'b' })],
    ['all taken away', () => raw().deleteMany({})],
  ]
  for (const [what, change] of changes)
    it(`are read again once one is ${what}, whoever did it`, async () => {
      const first = await places()
      await change()
      const again = await places()
      expect(again).not.to.equal(first)
      const stored = await raw()
        .find({}, { projection: { secret: 0 } })
        .sort({ _id: 1 })
        .toArray()
      expect(again).to.deep.equal(stored)
    })

  it('cannot be changed by one reader for the next', async () => {
    const [place] = await places()
    expect(() => Object.assign(place!, { name: 'x' })).to.throw(TypeError)
    expect(() => Object.assign(place!.floors![0]!, { name: 'x' })).to.throw(TypeError)
  })

  it('are asked about together, in one question', async () => {
    await Promise.all([places(), others()])
    const { value, questions } = await asking(() => Promise.all([places(), others(), places()]))
    expect(questions).to.equal(1)
    expect(value.map((rows) => rows.map(({ _id }) => _id))).to.deep.equal([['a', 'b'], [], ['a', 'b']])
  })

  it('are asked about anew by who asks later', async () => {
    const asked = places()
    await raw().updateOne({ _id: 'a' }, { $set: { name: 'Samsø' } })
    expect((await places())[0]?.name).to.equal('Samsø')
    await asked
  })

  it('may be of a collection that is not there yet', async () => {
    const nothing = { of: Never, stages: [] }
    const found = { of: Places, stages: [{ $match: { _id: 'a' } }, { $project: { name: 1 } }] }
    expect(await Promise.all([askedTogether(nothing), askedTogether(found)])).to.deep.equal([
      [],
      [{ _id: 'a', name: 'Ærø' }],
    ])
  })

  it('tell everyone who asked where the database does not answer', async () => {
    const wrong = { of: Others, stages: [{ $match: { $nonsense: 1 } }] }
    const right = { of: Places, stages: [] }
    const [a, b] = await Promise.allSettled([askedTogether(wrong), askedTogether(right)])
    expect([a.status, b.status]).to.deep.equal(['rejected', 'rejected'])
    expect(await askedTogether(right)).to.have.length(2)
  })
})
