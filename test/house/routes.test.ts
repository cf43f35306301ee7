import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { buildApp, buildHouse } from '../../src/app.js'
import { makeLog } from '../../src/base/log.js'
import { routesOf } from '../../src/web/routes-of.js'
import { testConfig } from '../support/app.js'

const house = buildHouse({
  config: testConfig,
  clock: () => new Date('2026-11-23T09:00:00Z'),
  log: makeLog('silent'),
  secret: 'a secret of sufficient length for this',
})
const routes = routesOf(buildApp(house))

describe('every route', () => {
  it('names who may come in, before anything else is done', () => {
    const unguarded = routes.filter(({ guard, at }) => guard === undefined || at !== 0)
    expect(unguarded.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([])
    expect(routes.length).to.be.greaterThan(20)
  })

  it('is for reading or for doing: nothing but GET and POST', () => {
    expect(routes.filter(({ method }) => !['get', 'post'].includes(method))).to.deep.equal([])
  })

  it('that does something asks for more than to read', () => {
    const lenient = routes
      .filter(({ method, guard }) => method === 'post' && guard?.endsWith(':read'))
      .map(({ path }) => path)
    // Looks the chain over and notes the result, which the timer does every night. All data leave by a form, since the password is
    // asked for again; only administrators may read them at all.
    expect(lenient).to.have.members(['/log/check', '/whole-data'])
  })

  it('under /c/ is for the customer who came by the link, and no other is', () => {
    const wrong = routes.filter(({ path, guard }) => path.startsWith('/c/') !== (guard === 'link'))
    expect(wrong.map(({ path }) => path)).to.deep.equal([])
  })

  it('under /v/ is for the vendor who came by the link, and no other is', () => {
    const wrong = routes.filter(({ path, guard }) => path.startsWith('/v/') !== (guard === 'vendor-link'))
    expect(wrong.map(({ path }) => path)).to.deep.equal([])
  })

  it('open to everyone is one of these', () => {
    const open = routes
      .filter(({ guard }) => guard === 'everyone')
      .map(({ method, path }) => `${method} ${path}`)
    expect(open.toSorted()).to.deep.equal([
      'get /calendar/:token.ics',
      'get /health',
      'get /l/:token',
      'get /maps/europe.svg',
      'get /maps/world.svg',
      'get /password/:token',
      'get /robots.txt',
      'get /set-up/:token',
      'get /sign-in',
      'get /sign-in/code',
      'get /sub-processors',
      'get /sub-processors.json',
      'get /sub-processors/agreement.pdf',
      'get /sub-processors/archive',
      'get /sub-processors/archive/:edition',
      'get /sub-processors/archive/:edition.json',
      'get /sub-processors/feed.atom',
      'get /sub-processors/subscribe',
      'get /sub-processors/subscribed',
      'get /sub-processors/subscription/:token',
      'post /password/:token',
      'post /set-up/:token',
      'post /sign-in',
      'post /sign-in/code',
      'post /sign-out',
      'post /sub-processors/subscribe',
      'post /sub-processors/subscription/:token',
      'post /sub-processors/subscription/:token/confirm',
    ])
  })
})

describe('addresses that were given out', () => {
  const kept = readFileSync(new URL('./urls.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
  const now = [...new Set(routes.map(({ method, path }) => `${method} ${path}`))].toSorted()

  it('still work: none has vanished', () => {
    expect(kept.filter((url) => !now.includes(url))).to.deep.equal([])
  })

  it('are all kept in urls.txt (add new ones; a removed one needs a redirect)', () => {
    expect(now.filter((url) => !kept.includes(url))).to.deep.equal([])
  })
})
