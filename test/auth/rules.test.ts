import { expect } from 'chai'
import fc from 'fast-check'
import { allows, permissionsOf, roles } from '../../src/auth/permissions.js'
import { browserName } from '../../src/auth/page.js'
import { changesOf, passwordProblem, safePath, sessionEnd, sessionHolds } from '../../src/auth/rules.js'

const anna = { email: 'anna.kjaersgaard@nordvang.example', name: 'Anna Kjærsgaard' }

describe('a password', () => {
  for (const good of [
    'seven blue bicycles',
    'Xk!9fh2#qLp0',
    'rødgrød med fløde på',
    'annas hund hedder Bodil',
    '🚲🚲🌧️🚲 regn i Odense',
  ])
    it(`may be '${good}'`, () => expect(passwordProblem(good, anna)).to.equal(null))

  for (const [bad, problem] of [
    ['elleve tegn', 'password-too-short'],
    ['🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲', 'password-too-short'], // eleven, though each takes two code units
    ['x'.repeat(201), 'password-too-long'],
    ['Password 1234', 'password-common'],
    ['Kodeord-12345', 'password-common'],
    ['correct horse battery staple', 'password-common'],
    ['aaaaaaaaaaaaaa', 'password-common'],
    ['abcabcabcabcabc', 'password-common'],
    ['123456789012', 'password-common'],
    ['qwertyuiopasdf', 'password-common'],
    ['annakjærsgaard1', 'password-own-name'],
    ['anna.kjaersgaard@nordvang.example', 'password-own-name'],
  ] as const)
    it(`may not be '${bad.slice(0, 40)}': ${problem}`, () =>
      expect(passwordProblem(bad, anna)).to.equal(problem))
})

describe('a session', () => {
  const at = (text: string) => new Date(`2026-11-23T${text}Z`)
  const session = {
    _id: 's',
    person: 'p',
    browser: '',
    startedAt: at('08:00'),
    lastSeenAt: at('08:00'),
    endsAt: sessionEnd(at('08:00')),
  }

  it('holds for eight hours without use', () => {
    expect(sessionHolds(session, at('15:59:59'))).to.equal(true)
    expect(sessionHolds(session, at('16:00:00'))).to.equal(false)
  })

  it('ends after seven days, however busy', () => {
    const busy = { ...session, lastSeenAt: new Date('2026-11-30T07:59:00Z') }
    expect(sessionHolds(busy, new Date('2026-11-30T07:59:59Z'))).to.equal(true)
    expect(sessionHolds(busy, new Date('2026-11-30T08:00:00Z'))).to.equal(false)
  })
})

describe('the way on after sign-in', () => {
  for (const [next, path] of [
    ['/notices/CN-2026-001?tab=2', '/notices/CN-2026-001?tab=2'],
    ['//evil.example/x', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?next=/people', '/'],
    ['/sign-out', '/'],
    ['/language', '/'],
    ['', '/'],
    [undefined, '/'],
    [['/people'], '/'],
  ] as const)
    it(`${JSON.stringify(next)} leads to ${path}`, () => expect(safePath(next)).to.equal(path))

  it('never leads out of the house', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(new URL(safePath(text), 'https://tilsyn.example').host).to.equal('tilsyn.example')
        expect(new URL(safePath(`/${text}`), 'https://tilsyn.example').host).to.equal('tilsyn.example')
      }),
    ))
})

describe('roles', () => {
  it('give an auditor everything to read, and nothing to change but the audit', () => {
    const acts = permissionsOf('auditor').filter((permission) => !permission.endsWith(':read'))
    // A pack of evidence is a copy of what may be read; that it was made is in the log.
    expect(acts.toSorted()).to.deep.equal(['audits:write', 'evidence:make'])
  })

  it('give nobody what the administrator has not, but to sign for themselves', () => {
    expect(roles.filter((role) => allows(role, 'audits:sign-as-dpo'))).to.deep.equal(['dpo'])
    expect(roles.filter((role) => allows(role, 'audits:sign-as-management'))).to.deep.equal(['management'])
    for (const role of roles)
      for (const permission of permissionsOf(role).filter((each) => !each.includes(':sign-')))
        expect(allows('administrator', permission), permission).to.equal(true)
  })

  it('leave people and settings to the administrator', () => {
    const others = roles.filter((role) => role !== 'administrator')
    for (const role of others)
      for (const permission of ['people:write', 'settings:write'] as const)
        expect(allows(role, permission)).to.equal(false)
  })

  it('let a DPO issue what was prepared and settle objections, but not keep the registers', () => {
    expect(allows('dpo', 'notices:issue')).to.equal(true)
    expect(allows('dpo', 'objections:write')).to.equal(true)
    expect(allows('dpo', 'register:write')).to.equal(false)
  })
})

describe('the log of a person', () => {
  const before = {
    _id: 'p',
    email: 'a@x.dk',
    name: 'Anna',
    role: 'officer',
    locale: 'da',
    state: 'active',
  } as const

  it('keeps names and addresses in the part that can be erased', () => {
    expect(changesOf(before, { email: 'b@x.dk', name: 'Anna', role: 'dpo' })).to.deep.equal({
      any: true,
      facts: { before: { role: 'officer' }, after: { role: 'dpo' } },
      personal: { before: { email: 'a@x.dk' }, after: { email: 'b@x.dk' } },
    })
  })

  it('has nothing to say where nothing changed', () =>
    expect(changesOf(before, { name: 'Anna' }).any).to.equal(false))
})

describe('a browser', () => {
  for (const [agent, name] of [
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0',
      'Edge, Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 Version/18.1 Mobile/15E148 Safari/604.1',
      'Safari, iOS',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
    ['curl/8', null],
  ] as const)
    it(`is called ${name}`, () => expect(browserName(agent)).to.equal(name))
})
