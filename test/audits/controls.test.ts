import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { parse } from 'yaml'

type Both = { da: string; en: string }
type Control = {
  id: string
  area: string
  text: Both
  evidence: Both
  sources: string[]
  methods: string[]
  records?: string[]
}
type ControlSet = {
  id: string
  version: string
  title: Both
  areas: { id: string; title: Both }[]
  controls: Control[]
}

const folder = new URL('../../src/audits/controls/', import.meta.url)
const files = readdirSync(folder)

describe('The controls of the yearly internal audit', () => {
  for (const file of files) {
    const set = parse(readFileSync(new URL(file, folder), 'utf8')) as ControlSet

    it(`${file}: is named after its id and version`, () => {
      expect(file).to.equal(`${set.id}.${set.version}.yaml`)
    })

    it(`${file}: covers areas A to I of the Danish ISAE 3000 statement and the measures of C.2 (domain 6)`, () => {
      const areas = new Set(set.controls.map(({ area }) => area))
      expect([...areas].join('')).to.equal('ABCDEFGHIK')
      expect(set.areas.map(({ id }) => id).join('')).to.equal('ABCDEFGHIK')
    })

    it(`${file}: says each control once, in both languages, with its source, its tests and the evidence expected`, () => {
      const ids = set.controls.map(({ id }) => id)
      expect(new Set(ids).size).to.equal(ids.length)
      const methods = ['inquiry', 'inspection', 'observation', 're-performance']
      const lacking = set.controls.filter(
        ({ id, area, text, evidence, sources, methods: tested }) =>
          !id.startsWith(`${area}.`) ||
          [text.da, text.en, evidence.da, evidence.en].some((words) => !words || words.length < 5) ||
          sources.length === 0 ||
          tested.length === 0 ||
          tested.some((method) => !methods.includes(method)),
      )
      expect(lacking.map(({ id }) => id)).to.deep.equal([])
    })
  }
})
