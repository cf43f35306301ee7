import type { Bilingual } from '../../base/context.js'
import type { Method } from './audit.js'

export type Area = { id: string; title: Bilingual }

export type Control = {
  /** 'B.3' */
  id: string
  area: string
  text: Bilingual
  /** The law or clause. */
  sources: string[]
  /** How it can be tested. */
  methods: Method[]
  /** What one would expect to see. */
  evidence: Bilingual
  /** The rooms whose records fill it in, such as `notices`; none where somebody has to look. */
  records?: string[]
}

/** A version of the controls, from `src/audits/controls/*.yaml`. A year that has begun keeps its version. */
export type ControlSet = {
  id: string
  version: string
  title: Bilingual
  areas: Area[]
  controls: Control[]
}
