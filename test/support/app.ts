import { tmpdir } from 'node:os'
import type { Express } from 'express'
import type { Actor, Context } from '../../src/base/context.js'
import { dayOf, instantAt, isDay, type Day } from '../../src/base/day.js'
import { makeLog } from '../../src/base/log.js'
import type { Config } from '../../src/base/config.js'
import { makeLimits } from '../../src/auth/limits.js'
import type { House } from '../../src/auth/request.js'
import { buildApp, buildHouse } from '../../src/app.js'
import { useDatabase } from './database.js'

/** A Monday morning with nothing about it. */
export const usualNow = '2026-11-23T09:00:00Z'

export const testConfig: Config = {
  port: 0,
  host: '127.0.0.1',
  baseUrl: 'http://tilsyn.test',
  trustProxy: false,
  dataDir: tmpdir(),
  mongodbUri: undefined,
  smtpUrl: undefined,
  mailFrom: 'Tilsyn <tilsyn@processor.example>',
  mailRate: 0,
  zone: 'Europe/Copenhagen',
  sessionSecret: 'a secret for tests, of sufficient length',
  logLevel: 'silent',
}

export type Tilsyn = {
  app: Express
  house: House
  /** Moves the clock: to an instant, or to a day at 10:00 in Copenhagen. */
  moveTo: (moment: Date | Day | (string & {})) => void
  now: () => Date
  today: () => Day
  /** For calling actions: at this moment, by the system unless told otherwise. */
  context: (actor?: Actor, locale?: Context['locale']) => Context
}

/**
 * Inside `describe`: the real application over the test database, with a clock that stands still. Every test begins with an
 * empty database, `usualNow` and fresh limits.
 */
export function useApp(config: Partial<Config> = {}): Tilsyn {
  useDatabase()
  let now = new Date(usualNow)
  const whole = { ...testConfig, ...config }
  const house = buildHouse({
    config: whole,
    clock: () => new Date(now),
    log: makeLog(process.env['TEST_LOG_LEVEL'] ?? whole.logLevel),
    secret: whole.sessionSecret ?? testConfig.sessionSecret ?? '',
  })
  beforeEach('set the clock', () => {
    now = new Date(usualNow)
    house.limits = makeLimits(house)
  })
  return {
    app: buildApp(house),
    house,
    moveTo: (moment) => {
      now = isDay(moment) ? instantAt(moment, '10:00', whole.zone) : new Date(moment)
    },
    now: () => new Date(now),
    today: () => dayOf(now, whole.zone),
    context: (actor = { kind: 'system', id: 'test' }, locale = 'da') => ({
      now: new Date(now),
      today: dayOf(now, whole.zone),
      actor,
      locale,
    }),
  }
}
