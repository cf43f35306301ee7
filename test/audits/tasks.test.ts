import { expect } from 'chai'
import { auditTasksOf } from '../../src/audits/page/tasks.js'
import { anAudit, aTest } from './builders.js'

const open = { audit: anAudit(), tests: [aTest('A.1'), aTest('A.2', { result: null })] }
const told = (today: string, begun: boolean, audits = [open]) =>
  auditTasksOf(audits, { today, begun }).map(({ text, severity, facts }) =>
    `${severity} ${text} ${facts['count'] ?? ''}`.trim(),
  )

describe('What the overview says of the yearly audit (DPA C.7)', () => {
  it('is nothing before the first of October while none has begun', () => {
    expect(told('2026-09-30', false, [])).to.deep.equal([])
  })

  it('is from the first of October on that none has begun', () => {
    expect(told('2026-10-01', false, [])).to.deep.equal(['due audits:task.begin'])
    expect(told('2026-10-01', true, [])).to.deep.equal([])
  })

  it('is near the end of the period which controls nobody has tested, and late once it has ended', () => {
    expect(told('2026-10-31', true)).to.deep.equal([])
    expect(told('2026-11-01', true)).to.deep.equal(['due audits:task.test 1'])
    expect(told('2026-12-31', true)).to.deep.equal(['due audits:task.test 1'])
    expect(told('2027-01-01', true)).to.deep.equal(['overdue audits:task.test 1'])
  })

  it('is nothing of controls once all have a result, or the audit is frozen', () => {
    expect(told('2026-12-31', true, [{ ...open, tests: [aTest('A.1')] }])).to.deep.equal([])
    expect(told('2026-12-31', true, [{ ...open, audit: anAudit({ state: 'to-sign' }) }])).to.deep.equal([])
  })
})
