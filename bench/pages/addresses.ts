/** What is asked for: some addresses for each kind of page, so that no page is measured on one record alone. */
import mongoose from 'mongoose'
import { saveCheck } from '../../src/audit-log/records/checks.js'
import { sessionCookie, startSession } from '../../src/auth/actions/sessions.js'
import { keysFrom } from '../../src/auth/keys.js'
import { linkCookie, linkUrl, openByToken } from '../../src/auth/links.js'
import type { Link } from '../../src/auth/records/links.js'
import { sessionSecret } from '../../src/auth/secret.js'
import { addDays, dayOf } from '../../src/base/day.js'
import { makeLog } from '../../src/base/log.js'
import { readConfig } from '../../src/base/config.js'
import { buildHouse } from '../../src/app.js'
import type { Cookies } from './app.js'
import type { World } from './world.js'

/** Paths by the page's name. */
export type Addresses = Record<string, string[]>

const each = 12

export async function addressesFor(
  world: World,
  dataDir: string,
): Promise<{ addresses: Addresses; cookies: Cookies }> {
  const now = new Date()
  const today = dayOf(now, 'Europe/Copenhagen')
  // Otherwise the nightly look at the whole log runs beside the first pages; it is measured by `tilsyn verify-log`.
  await saveCheck({ at: now, sealed: world.log, breaks: 0, first: null })
  const context = { now, today, actor: { kind: 'staff', id: world.person }, locale: 'da' } as const
  const token = await startSession(context, { _id: world.person }, 'bench')
  const links = await linksIn(world, dataDir)
  const references = (prefix: string, count: number) =>
    Array.from(
      { length: each },
      (_, n) => `${prefix}-${String(1 + Math.floor((n * count) / each)).padStart(4, '0')}`,
    )
  const vendors = references('V', world.vendors)
  const engagements = references('E', world.engagements)
  const customers = references('C', world.customers)
  const running = world.noticeReferences.at(-1) ?? ''
  const past = Array.from({ length: each }, (_, n) => addDays(today, -30 * (n + 2)))
  const words = ['backup', 'drift', 'malmø', 'telefoni', 'aarhus', 'hosting']
  const addresses: Addresses = {
    dashboard: ['/'],
    vendors: ['/vendors'],
    'vendors, search': words.map((word) => `/vendors?q=${encodeURIComponent(word)}`),
    vendor: vendors.map((reference) => `/vendors/${reference}`),
    engagement: engagements.map((reference) => `/engagements/${reference}`),
    'engagement, form': engagements.slice(0, 4).map((reference) => `/engagements/${reference}/edit`),
    customers: ['/customers'],
    'customers, search': ['kommune', 'skole 7', 'revision', 'dpo@kunde-7'].map(
      (word) => `/customers?q=${encodeURIComponent(word)}`,
    ),
    customer: customers.slice(1).map((reference) => `/customers/${reference}`),
    'customer with a long history': ['/customers/C-0001'],
    services: ['/services'],
    'list of all, today': ['/register'],
    'list of all, past day': past.map((day) => `/register?on=${day}`),
    'list of a customer, today': customers.map((reference) => `/register?customer=${reference}`),
    'list of a customer, past day': customers.map(
      (reference, n) => `/register?customer=${reference}&on=${past[n]}`,
    ),
    'differences, of a customer': customers.map((reference) => `/register/differences?customer=${reference}`),
    'differences, of all': ['/register/differences'],
    'engagement, new': ['/engagements/new'],
    'correct an approval': customers.map((reference) => `/register/corrections?customer=${reference}`),
    'choices, vendors': words.map((word) => `/choices/vendors?q=${encodeURIComponent(word)}`),
    'choices, engagements': words.map((word) => `/choices/engagements?q=${encodeURIComponent(word)}`),
    'choices, lines of a notice': ['', ...words].map(
      (word) => `/choices/notice-lines?with=addition&q=${encodeURIComponent(word)}`,
    ),
    'choices, customers': ['', 'kommune', 'skole 7'].map(
      (word) => `/choices/customers?q=${encodeURIComponent(word)}`,
    ),
    notices: ['/notices'],
    'notices, search': [...words, running].map((word) => `/notices?q=${encodeURIComponent(word)}`),
    'notices, filtered': [
      '/notices?state=issued&sort=waiting',
      '/notices?waits=objection',
      '/notices?change=addition',
    ],
    notice: world.noticeReferences.map((reference) => `/notices/${reference}`),
    'notice to everybody': [`/notices/${running}`],
    'notice to everybody, search': words.map((word) => `/notices/${running}?q=${encodeURIComponent(word)}`),
    'notice to everybody, phase': [
      `/notices/${running}?phase=running`,
      `/notices/${running}?phase=objecting`,
    ],
    'notice, form': ['/notices/new'],
    'notice, preview': [`/notices/${world.draft}/preview`],
    recipient: customers.map((reference) => `/notices/${running}/recipients/${reference}`),
    objections: ['/objections'],
    'objections, search': ['kommune', 'skole', running].map(
      (word) => `/objections?q=${encodeURIComponent(word)}`,
    ),
    'objections, filtered': ['/objections?state=open&sort=received', '/objections?in-time=no&sort=name'],
    log: ['/log'],
    'log of one kind': ['/log?kind=recipient', '/log?kind=customer', '/log?kind=vendor'],
    mailbox: ['/mailbox'],
    'mailbox, search': ['/mailbox?q=kunde', `/mailbox?q=${running}`],
    'customer’s page': links.map(({ base }) => base),
    'customer’s page, notice': links.map(({ base }) => `${base}/notices/${running}`),
    'customer’s page, list': links.map(({ base }) => `${base}/list`),
    'customer’s page, list, past day': links.map(({ base }, n) => `${base}/list?on=${past[n]}`),
  }
  const cookies: Cookies = [
    ['/', `${sessionCookie}=${token}`],
    ...links.map(({ base, cookie }) => [base, cookie] as [string, string]),
  ]
  return { addresses, cookies }
}

/** Of some recipients of the running notice: the page behind the link in the mail, and the cookie it trades for. */
async function linksIn(world: World, dataDir: string): Promise<{ base: string; cookie: string }[]> {
  const config = readConfig({ DATA_DIR: dataDir })
  const secret = sessionSecret(config)
  const house = buildHouse({ config, clock: () => new Date(), log: makeLog('silent'), secret })
  const step = Math.max(1, Math.floor(world.customers / each))
  const rows = await mongoose.connection
    .collection<{ _id: string }>('recipients')
    .find({ noticeReference: world.noticeReferences.at(-1) ?? '' }, { projection: { _id: 1 } })
    .sort({ _id: 1 })
    .toArray()
  const some = rows.filter((_, n) => n % step === 0).slice(0, each)
  const links = await mongoose.connection
    .collection<Link>('links')
    .find({ 'about.kind': 'recipient', 'about.id': { $in: some.map(({ _id }) => _id) } })
    .toArray()
  return Promise.all(
    links.map(async (link) => {
      const token = linkUrl(link, { key: keysFrom(secret).links, baseUrl: '' }).replace('/l/', '')
      const { cookie } = await openByToken(house, token)
      return { base: `/c/${link._id}`, cookie: `${linkCookie}=${cookie}` }
    }),
  )
}
