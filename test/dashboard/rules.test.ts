import { expect } from 'chai'
import type { Role } from '../../src/auth/permissions.js'
import { inOrder, isEmpty, nextStep, sharedOut, type Task } from '../../src/dashboard/rules.js'

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

describe('a task is for those who may do it', () => {
  const rows: [needs: Task['needs'], role: Role, own: boolean, why: string][] = [
    ['audits:sign-as-dpo', 'dpo', true, 'the DPO signs the declaration (C.7)'],
    ['audits:sign-as-dpo', 'officer', false, 'nobody signs for the DPO'],
    ['audits:sign-as-dpo', 'administrator', false, 'nor does who may everything else'],
    ['audits:sign-as-management', 'management', true, 'management signs as the second'],
    ['audits:sign-as-management', 'dpo', false, 'two people sign'],
    ['notices:issue', 'dpo', true, 'a DPO may send what an officer prepared'],
    ['notices:write', 'dpo', false, 'Art. 38(6): a DPO advises, and does not keep the registers'],
    ['audits:write', 'auditor', true, 'an auditor tests controls'],
    ['breaches:write', 'auditor', false, 'and does nothing else'],
    [undefined, 'auditor', true, 'what names nothing is for everybody'],
  ]
  for (const [needs, role, own, why] of rows)
    it(`${needs ?? 'nothing'}, ${role}: ${why}`, () => {
      const one = { ...task('due', null), ...(needs ? { needs } : {}) }
      expect(sharedOut([one], role)).to.deep.equal(
        own ? { own: [one], others: [] } : { own: [], others: [one] },
      )
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
