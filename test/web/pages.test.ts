import { expect } from 'chai'
import request from 'supertest'
import { storeFile } from '../../src/files/actions.js'
import { largestUpload } from '../../src/web/upload.js'
import { useApp } from '../support/app.js'
import { anonymous, organise, signedIn, submit, submitFiles } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

describe('a page', () => {
  const tilsyn = useApp()

  it('is in the language the browser asks for, or the one chosen for the visit', async () => {
    const agent = anonymous(tilsyn)
    const lang = async (url: string, asks: string) =>
      /<html lang="(..)"/.exec((await agent.get(url).set('Accept-Language', asks)).text)?.[1]
    expect(await lang('/sign-in', 'en-GB,en;q=0.9')).to.equal('en')
    expect(await lang('/sign-in', 'sv,de;q=0.9')).to.equal('da')
    expect(await lang('/sign-in?lang=en', 'da')).to.equal('en')
    expect(await lang('/sign-in', 'da')).to.equal('en')
    expect(await lang('/sign-in?lang=xx', 'da')).to.equal('en')
  })

  it('lets nothing run or load that is not ours, and is kept nowhere', async () => {
    const { headers } = await request(tilsyn.app).get('/sign-in')
    const policy = String(headers['content-security-policy'])
    expect(policy)
      .to.include("default-src 'self'")
      .and.include("frame-ancestors 'none'")
      .and.include("form-action 'self'")
    expect(policy).not.to.match(/unsafe|https?:|\*/)
    expect(headers['cache-control']).to.equal('no-store')
    expect(headers['x-content-type-options']).to.equal('nosniff')
    expect(headers).not.to.have.property('x-powered-by')
  })

  it('has styles and scripts that may be kept for ever, since their address changes with them', async () => {
    const { text } = await request(tilsyn.app).get('/sign-in')
    const addresses = [...text.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, address]) => address ?? '')
    expect(addresses).to.have.length(4)
    for (const address of addresses) {
      expect(address).to.match(/\?v=[0-9a-f]{12}$/)
      const asset = await request(tilsyn.app).get(address)
      expect([asset.status, asset.headers['cache-control']]).to.deep.equal([
        200,
        'public, max-age=31536000, immutable',
      ])
    }
    expect((await request(tilsyn.app).get('/assets/../package.json')).status).to.equal(404)
  })

  it('says on top that nothing leaves the house while no mail server is set up', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/account')).text).to.include('Nothing leaves the house.')
    expect((await visit(tilsyn.app, '/sign-in')).text).not.to.include('forlader huset')
  })

  it('says once what was done', async () => {
    const { agent } = await signedIn(tilsyn, 'administrator')
    const signedOut = await submit(agent, '/account', {}, '/sign-out')
    expect(signedOut.headers['location']).to.equal('/sign-in')
    expect((await visit(agent, '/sign-in?lang=en')).text).to.include('You are signed out.')
    expect((await visit(agent, '/sign-in')).text).not.to.include('You are signed out.')
  })

  it('cannot be made to say what a stranger likes', async () => {
    await organise(tilsyn)
    const forged = encodeURIComponent(JSON.stringify({ text: 'auth:signed-out' }))
    const answer = await request(tilsyn.app).get('/sign-in').set('Cookie', `tilsyn_flash=${forged}`)
    expect(inspect(answer.text, 200).text).not.to.include('logget ud')
  })
})

describe('what goes wrong', () => {
  const tilsyn = useApp()

  it('is not here: 404, signed in or not', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/nowhere', 404)).h1).to.equal('This page is not here')
    expect((await visit(tilsyn.app, '/nowhere', 404)).h1).to.equal('Siden findes ikke')
    await visit(agent, '/files/nothing', 404)
  })

  it('cannot be read: 400, whatever the address holds', async () => {
    expect((await visit(tilsyn.app, '/l/%zz', 400)).h1).to.equal('Det kunne ikke læses')
    for (const odd of [
      '/%zz',
      '/l/%00',
      '/c/%2e%2e/',
      '/?next=%ff',
      '/sign-in?next[]=x',
      '/sign-in?lang=da&lang=en',
      '/people/%F0%9F%9A%B2',
    ])
      expect((await anonymous(tilsyn).get(odd)).status, odd).to.be.within(200, 499)
  })

  it('is more than a form may hold: 413', async () => {
    const answer = await submit(anonymous(tilsyn), '/sign-in', {
      email: 'x'.repeat(1_100_000),
      password: 'x',
    }).catch(() => null)
    await organise(tilsyn)
    expect(answer).to.equal(null) // there is no form before the set-up
    const { agent } = await signedIn(tilsyn)
    const large = await submit(
      agent,
      '/account',
      { present: 'x'.repeat(1_100_000), password: 'x' },
      '/account/password',
    )
    expect(large.status).to.equal(413)
    expect(inspect(large.text, 413).text).to.include('A file may be up to 25 MB')
  })

  it('is a file beyond the limit: 413, and what was written beside it stands there to be copied', async () => {
    const { agent } = await signedIn(tilsyn)
    const answer = await submitFiles(
      agent,
      '/account',
      { reasons: 'Vi kan ikke se, hvor sikkerhedskopien ligger.', year: '2026' },
      [{ field: 'files', name: 'stor.pdf', bytes: Buffer.alloc(largestUpload + 1) }],
      '/objections/new',
    )
    expect(answer.status).to.equal(413)
    const page = inspect(answer.text, 413)
    expect(page.text).to.include('A file may be up to 25 MB').and.include('Vi kan ikke se, hvor')
    expect(page.text).not.to.include('2026 ')
  })

  it('is ours: 500 with an incident number, which is all the reader and the log have in common', async () => {
    const { agent } = await signedIn(tilsyn)
    const lines: Record<string, unknown>[] = []
    const { log, clock } = tilsyn.house
    tilsyn.house.log = { error: (facts: Record<string, unknown>) => lines.push(facts) } as never
    tilsyn.house.clock = () => {
      throw Object.assign(new Error('secret name in a message'), { name: 'MongoServerError' })
    }
    try {
      const answer = await agent.get('/account?email=a@x.dk')
      expect(answer.status).to.equal(500)
      const incident = /<code>([0-9a-z]{8})<\/code>/.exec(answer.text)?.[1]
      expect(lines[0]).to.include({ incident, error: 'MongoServerError', method: 'GET' })
      expect(JSON.stringify(lines)).not.to.include('secret name').and.not.include('a@x.dk')
      expect(answer.text).not.to.include('MongoServerError').and.not.include('secret name')
    } finally {
      Object.assign(tilsyn.house, { log, clock })
    }
  })
})

describe('a form', () => {
  const tilsyn = useApp()

  it('is taken only from a page of ours, opened in the same sign-in', async () => {
    const { agent } = await signedIn(tilsyn, 'administrator')
    const other = await signedIn(tilsyn, 'administrator')
    const bare = await agent.post('/people').type('form').send({ name: 'Bo' })
    expect(bare.status).to.equal(403)
    expect(inspect(bare.text, 403).text).to.include('Nothing has been saved')

    const token = /name="_csrf" value="([^"]+)"/.exec((await other.agent.get('/account')).text)?.[1] ?? ''
    expect((await agent.post('/people').type('form').send({ _csrf: token })).status).to.equal(403)
  })

  it('cannot slip past that as a multipart form', async () => {
    const { agent } = await signedIn(tilsyn, 'administrator')
    for (const [url, fields] of [
      ['/people', { name: 'Bo', email: 'bo@x.dk', role: 'auditor', locale: 'da' }],
      ['/language', { locale: 'da', next: '/' }],
      ['/sign-out', {}],
    ] as const) {
      const sending = agent.post(url).field('x', 'y')
      for (const [name, value] of Object.entries(fields)) sending.field(name, value)
      expect((await sending).status, url).to.be.oneOf([403, 422])
    }
    expect((await visit(agent, '/people')).text).not.to.include('bo@x.dk')
  })

  it('stays good in two windows of one browser, and beside a customer page open in a third', async () => {
    const { agent } = await signedIn(tilsyn)
    const tokens = []
    for (let count = 0; count < 2; count++)
      tokens.push(/name="_csrf" value="([^"]+)"/.exec((await agent.get('/account')).text)?.[1])
    await agent.get('/c/0000000000aaaaaaaaaa/')
    const answer = await agent
      .post('/language')
      .type('form')
      .send({ _csrf: tokens[0], locale: 'da', next: '/account' })
    expect(answer.status).to.equal(303)
  })
})

describe('a stored file', () => {
  const tilsyn = useApp()

  it('is handed out to staff as a download that cannot run', async () => {
    const { agent } = await signedIn(tilsyn, 'auditor')
    const bytes = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
    const file = await storeFile(tilsyn.context(), {
      name: 'Aftale æøå.pdf',
      bytes,
      about: { kind: 'vendor', id: 'v' },
    })
    const answer = await agent.get(`/files/${file._id}`).buffer(true)
    expect(answer.status).to.equal(200)
    expect(answer.headers['content-type']).to.equal('application/pdf')
    expect(answer.headers['content-disposition']).to.match(
      /^attachment;.*filename\*=UTF-8''Aftale%20%C3%A6%C3%B8%C3%A5\.pdf/,
    )
    expect(answer.headers['content-security-policy']).to.include('sandbox')
    expect(Number(answer.headers['content-length'])).to.equal(bytes.length)
    expect((await request(tilsyn.app).get(`/files/${file._id}`)).status).to.equal(303)
  })
})

describe('health', () => {
  const tilsyn = useApp()
  it('is answered to whatever watches the process', async () => {
    expect((await request(tilsyn.app).get('/health')).text).to.equal('ok')
  })
})
