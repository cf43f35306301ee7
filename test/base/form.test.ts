import { expect } from 'chai'
import { z } from 'zod'
import {
  bilingual,
  choice,
  email,
  listOf,
  optionalText,
  readForm,
  text,
  ticked,
} from '../../src/base/form.js'

const schema = z.object({
  name: text(5),
  why: bilingual(),
  mail: email(),
  mode: choice(['notice', 'approval']),
  note: optionalText(),
  together: ticked(),
  countries: listOf(text(2)),
})
const right = { name: ' Æble ', why: { da: 'a', en: 'b' }, mail: 'DPO@Example.dk', mode: 'notice' }

describe('a form', () => {
  it('gives cleaned values', () => {
    expect(readForm(schema, { ...right, together: 'on', countries: 'DK' }).input).to.deep.equal({
      name: 'Æble',
      why: { da: 'a', en: 'b' },
      mail: 'dpo@example.dk',
      mode: 'notice',
      note: undefined,
      together: true,
      countries: ['DK'],
    })
  })

  it('names every wrong field once, with a text key and its facts', () => {
    const { problems } = readForm(schema, {
      name: 'too long a name',
      why: { da: ' ' },
      mail: 'x',
      mode: 'x',
      countries: [''],
    })
    expect(problems).to.deep.include({ field: 'name', text: 'too-long', facts: { most: '5' } })
    expect(problems?.map(({ field, text: key }) => `${field} ${key}`)).to.have.members([
      'name too-long',
      'why.da required',
      'why.en required',
      'mail not-an-email',
      'mode choose-one',
      'countries.0 required',
    ])
  })

  it('survives a body that is no form at all', () => {
    expect(readForm(schema, undefined).problems).to.not.equal(undefined)
    expect(
      readForm(schema, { name: { $gt: '' }, why: [], mail: ['a@b.dk'], countries: { a: 1 } }).problems,
    ).to.not.equal(undefined)
  })

  it('keeps æ, ø, å and script marks as they were typed', () => {
    expect(readForm(z.object({ a: text() }), { a: '<script>æøå' }).input).to.deep.equal({ a: '<script>æøå' })
  })
})
