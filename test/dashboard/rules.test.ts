import { expect } from 'chai'
import { inOrder, isEmpty, nextStep, type Task } from '../../src/dashboard/rules.js'

const task = (severity: Task['severity'], on: string | null): Task => ({
  severity,
  text: `${severity} ${on}`,
  facts: {},
  note: null,
  action: '',
  url: '/',
  post: false,
  on,
})

describe('the order of tasks', () => {
  it('overdue before blocked before due, and the longest waiting first', () => {
    const sorted = inOrder([
      task('info', '2026-01-01'),
      task('due', '2026-02-02'),
      task('due', '2026-02-01'),
      task('blocked', '2026-03-01'),
      task('overdue', '2026-04-01'),
    ])
    expect(sorted.map(({ text }) => text)).to.deep.equal([
      'overdue 2026-04-01',
      'blocked 2026-03-01',
      'due 2026-02-01',
      'due 2026-02-02',
      'info 2026-01-01',
    ])
  })
})

describe('the first steps', () => {
  it('are services, then vendors, then customers, and none once all are begun', () => {
    expect(isEmpty({ services: 0, engagements: 0, customers: 0 })).to.equal(true)
    expect(nextStep({ services: 0, engagements: 3, customers: 2 })).to.equal('services')
    expect(nextStep({ services: 1, engagements: 0, customers: 2 })).to.equal('engagements')
    expect(nextStep({ services: 1, engagements: 1, customers: 0 })).to.equal('customers')
    expect(nextStep({ services: 1, engagements: 1, customers: 1 })).to.equal(null)
  })
})
