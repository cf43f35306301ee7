import { expect } from 'chai'
import {
  controlFaults,
  controlsFolder,
  readControlFolder,
  readControlText,
} from '../../src/audits/reading/files.js'

const whole = `id: internal-audit
version: '2026.1'
title: { da: T, en: T }
areas:
  - id: A
    title: { da: T, en: T }
controls:
  - id: A.1
    area: A
    text: { da: T, en: T }
    sources: [GDPR 28]
    methods: [inquiry]
    evidence: { da: E, en: E }
`

describe('The controls of the yearly audit', () => {
  it('are read without a fault as they are shipped: areas A to I (ISAE 3000) and the measures of C.2', () => {
    const files = readControlFolder(controlsFolder)
    expect(controlFaults(files)).to.deep.equal([])
    const set = files.at(-1)?.set
    expect(set?.areas.map(({ id }) => id).join('')).to.equal('ABCDEFGHIK')
    expect(set?.controls.filter(({ area }) => area === 'B')).to.have.length(15)
    expect(set?.controls.filter(({ area }) => area === 'K')).to.have.length(24)
    expect(set?.controls.map(({ id }) => id)).to.include.members(['E.2', 'F.1', 'F.6', 'G.3', 'I.3'])
  })

  const broken: [string, string, string, RegExp][] = [
    ['a text in one language only', 'text: { da: T, en: T }', 'text: { da: T }', /^10: missing translation/],
    ['an area that is not there', 'area: A', 'area: B', /^8: .*begin with its area|unknown area "B"/],
    ['an id of another area', 'id: A.1', 'id: B.1', /^8: the id of control B.1 must begin with its area/],
    [
      'a way of testing nobody knows',
      '[inquiry]',
      '[guess]',
      /^12: methods of control A.1 must be one of inquiry/,
    ],
    ['no law or clause', 'sources: [GDPR 28]', 'sources: []', /no sources: say which law or clause/],
    [
      'a key that is a slip of the hand',
      'evidence:',
      'evidense:',
      /unknown key "evidense".*did you mean "evidence"/,
    ],
    ['what is no YAML', 'areas:', 'areas: [', /^\d+: /],
  ]
  for (const [what, from, to, reason] of broken)
    it(`are not used with ${what}: line and reason are told`, () => {
      const { set, faults } = readControlText(whole.replace(from, to))
      expect(set).to.equal(null)
      expect(faults.map(({ line, reason: why }) => `${line}: ${why}`).join('\n')).to.match(reason)
    })

  it('are used where they are whole', () => {
    expect(readControlText(whole).faults).to.deep.equal([])
  })
})
