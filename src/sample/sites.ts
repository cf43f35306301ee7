import type { NewSite } from '../register/actions.js'
import { listFrom, type ServiceKey } from './register.js'

type SampleSite = Omit<NewSite, 'services' | 'sample'> & { services: readonly ServiceKey[] }

const ground = { because: 'Bilag C.5 i databehandleraftalen, version 1.0 (juli 2024)' }
const colocated: readonly ServiceKey[] = ['hosting', 'web-hosting', 'telephony']

/**
 * Where the processor itself processes, as clause C.5 of PowerNet's agreement names it: colocation in two data centres, and
 * its own offices, whose addresses the clause leaves open: that one is invented. What statements the data
 * centres hold it does not say, so the register shows them as missing.
 */
export const sampleSites: readonly SampleSite[] = [
  {
    kind: 'colocation',
    name: 'Albertslund',
    address: 'Herstedvang 8, 2620 Albertslund',
    country: 'DK',
    operator: null,
    services: colocated,
    from: listFrom,
    ground,
  },
  {
    kind: 'colocation',
    name: 'Taastrup',
    address: 'Hørskætten 3, 2630 Taastrup',
    country: 'DK',
    operator: null,
    services: colocated,
    from: listFrom,
    ground,
  },
  {
    kind: 'office',
    name: 'Hovedkontor',
    address: 'Eksempelvej 1, 2605 Brøndby',
    country: 'DK',
    operator: null,
    services: [],
    from: listFrom,
    ground,
  },
]
