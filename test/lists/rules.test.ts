import { expect } from 'chai'
import {
  addressOf,
  pairsOf,
  readListQuery,
  storedQuery,
  withoutValue,
  type ListShape,
} from '../../src/lists/rules.js'

const shape: ListShape = {
  name: 'vendors',
  filters: ['country', 'role'],
  sorts: ['name', 'changed'],
  columns: [
    { name: 'number', usual: true },
    { name: 'address', usual: false },
  ],
}
const read = (address: string) => {
  const given = new URLSearchParams(address)
  return readListQuery(
    shape,
    Object.fromEntries([...new Set(given.keys())].map((name) => [name, given.getAll(name)])),
  )
}

describe('The address of a list', () => {
  it('says all that was asked, and nothing that is usual', () => {
    expect(addressOf(shape, read(''))).to.equal('/vendors')
    expect(addressOf(shape, read('q=&country=&sort=name&columns=name,number'))).to.equal('/vendors')
    const whole = 'q=m%C3%B8ller&country=IN&country=US&role=own-vendor&sort=changed&columns=name,address'
    expect(addressOf(shape, read(whole))).to.equal(`/vendors?${whole}`)
  })

  const odd: [string, string, string][] = [
    ['a filter that no longer exists', 'colour=blue&country=IN', '/vendors?country=IN'],
    ['a sort that no longer exists', 'sort=size', '/vendors'],
    ['a column that no longer exists', 'columns=name,weight,address', '/vendors?columns=name,address'],
    ['the same value twice', 'country=IN&country=IN,US', '/vendors?country=IN&country=US'],
    ['a search given twice', 'q=a&q=b', '/vendors?q=a'],
    ['nothing but the name', 'columns=name', '/vendors?columns=name'],
  ]
  for (const [what, given, expected] of odd)
    it(`still opens with ${what}`, () => expect(addressOf(shape, read(given))).to.equal(expected))

  it('is no way to put an operator into a query', () => {
    expect(readListQuery(shape, { country: { $gt: '' }, q: { $ne: 1 }, sort: ['changed'] })).to.include({
      q: '',
    })
    expect(readListQuery(shape, { country: { $gt: '' } }).filters).to.deep.equal({})
  })

  it('leaves the page behind when something else is asked', () => {
    const second = read('country=IN&page=abc')
    expect(addressOf(shape, second)).to.equal('/vendors?country=IN')
    expect(addressOf(shape, second, withoutValue(second, 'country', 'IN'))).to.equal('/vendors')
    expect(pairsOf(shape, second)).to.deep.include(['page', 'abc'])
  })

  it('is kept in a view without the page, the selection and the view it came from', () => {
    expect(storedQuery(shape, read('q=a&page=x&ids=V-0001&view=7'))).to.equal('q=a')
  })

  it('takes no more than 500 in a selection', () => {
    const ids = Array.from({ length: 700 }, (_, place) => `V-${place}`)
    expect(readListQuery(shape, { ids }).ids).to.have.length(500)
  })
})
