import { createService } from '../../src/register/actions.js'
import type { Service } from '../../src/register/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, type Agent } from '../support/people.js'
import { officer } from './builders.js'

export const typed = {
  name: 'Ny Kunde ApS',
  registrationKind: 'CVR',
  from: '2026-11-01',
  dpaVersion: '1.0',
  authorisation: 'general',
  noticeLength: '45',
  noticeUnit: 'days',
  objectionUntil: 'use',
  counts: 'arrival',
  transferKind: 'scc-only',
  breachHours: '24',
  'contact[name]': 'Nina Ny',
  'contact[email]': 'nina@ny.example',
  'contact[locale]': 'da',
  'contact[dataProtection]': 'yes',
}

/** An officer, and a service to sell. */
export function customersDesk() {
  const tilsyn = useApp()
  let agent: Agent
  let hosting: Service

  beforeEach(async () => {
    agent = (await signedIn(tilsyn)).agent
    hosting = await createService(officer, { name: { da: 'Hosting', en: 'Hosting' }, order: 1 })
  })
  return {
    tilsyn,
    get agent() {
      return agent
    },
    get hosting() {
      return hosting
    },
  }
}
