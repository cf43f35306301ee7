import { expect } from 'chai'
import { changesIn } from '../../src/web/changes.js'
import {
  inputId,
  inputName,
  isTyped,
  labelMark,
  storedValue,
  typedValue,
  withLabels,
} from '../../src/web/fields.js'
import { navigation, navigationFor } from '../../src/web/navigation.js'

describe('a field', () => {
  for (const [field, name, id] of [
    ['name', 'name', 'field-name'],
    ['name.da', 'name[da]', 'field-name-da'],
    ['lines.0.engagement', 'lines[0][engagement]', 'field-lines-0-engagement'],
  ] as const)
    it(`${field} is the input ${name} with the id ${id}`, () => {
      expect(inputName(field)).to.equal(name)
      expect(inputId(field)).to.equal(id)
    })

  it('shows what was typed, however the form nests it', () => {
    const body = {
      name: { da: 'Drift', en: '' },
      services: ['a', 'b'],
      one: 'a',
      lines: [{ kind: 'addition' }],
    }
    expect(typedValue(body, 'name.da')).to.equal('Drift')
    expect(typedValue(body, 'name.en')).to.equal('')
    expect(typedValue(body, 'name.sv')).to.equal('')
    expect(typedValue(body, 'services')).to.deep.equal(['a', 'b'])
    expect(typedValue(body, 'lines.0.kind')).to.equal('addition')
  })

  it('of another form on the page is not among what was typed, and keeps what is stored', () => {
    const body = { decision: { da: 'x' }, once: 'y' }
    expect(
      ['decision.en', 'once', 'review.da', 'on', 'toString'].map((field) => isTyped(body, field)),
    ).to.deep.equal([true, true, false, false, false])
    expect(isTyped(undefined, 'on')).to.equal(false)
  })

  it('never shows what is behind the form: an inherited property, an object', () => {
    for (const field of ['constructor', '__proto__', 'toString', 'name.length.x'])
      expect(typedValue({ name: 'x' }, field)).to.equal('')
    expect(typedValue({ name: { da: 'x' } }, 'name')).to.equal('')
    expect(typedValue(undefined, 'name')).to.equal('')
    expect(typedValue('text', 'length')).to.equal('')
  })

  it('shows stored values as inputs take them', () => {
    expect([true, false, null, undefined, 0, 30, '2026-11-23'].map(storedValue)).to.deep.equal([
      'yes',
      '',
      '',
      '',
      '0',
      '30',
      '2026-11-23',
    ])
    expect(storedValue(['DK', 'SE'])).to.deep.equal(['DK', 'SE'])
  })

  it('gives its name to the problem summary above it, with nothing of it read as HTML', () => {
    const page = `${labelMark('field-name')}Fill in. ${labelMark('field-gone')}Choose.`
    expect(withLabels(page, new Map([['field-name', 'R&D <b>']]))).to.equal(
      'R&amp;D &lt;b&gt;: Fill in. Choose.',
    )
  })
})

describe('the navigation', () => {
  const everything = () => true

  it('marks where one is, also below', () => {
    const current = (path: string) =>
      navigationFor(path, everything, everything).flatMap(({ links }) =>
        links.filter((link) => link.current).map(({ url }) => url),
      )
    expect(current('/customers')).to.deep.equal(['/customers'])
    expect(current('/customers/C-0001/edit')).to.deep.equal(['/customers'])
    expect(current('/')).to.deep.equal(['/'])
    expect(current('/customers-of-old')).to.deep.equal([])
  })

  it('shows what exists and may be opened only, and no heading without entries', () => {
    expect(navigationFor('/', () => false, everything)).to.deep.equal([])
    const reader = navigationFor('/', everything, (permission) => permission === 'log:read')
    expect(reader).to.deep.equal([
      { text: 'web:nav.evidence', links: [{ text: 'web:nav.log', url: '/log', current: false }] },
    ])
    expect(navigationFor('/', everything, everything)).to.have.length(navigation.length)
  })
})

describe('what a log entry changed', () => {
  it('is told field by field, before and after', () => {
    const facts = {
      before: { period: { length: 30, unit: 'days' }, services: ['a'] },
      after: { period: { length: 60, unit: 'days' }, services: ['a', 'b'] },
    }
    expect(changesIn({ facts, personal: { before: {}, after: { name: 'Bo' } } })).to.deep.equal([
      { field: 'period.length', before: '30', after: '60' },
      { field: 'services', before: 'a', after: 'a, b' },
      { field: 'name', before: '', after: 'Bo' },
    ])
  })

  it('is nothing where the entry holds other facts, or its personal part was erased', () => {
    expect(changesIn({ facts: { customer: 'x' }, personal: null })).to.deep.equal([])
  })
})
