import { createHash } from 'node:crypto'
import { expect } from 'chai'
import request from 'supertest'
import { editOrganisation, organisation } from '../../src/auth/organisation.js'
import { subscriberByEmail } from '../../src/public-list/records/subscribers.js'
import { correctVendor, vendorsByIds } from '../../src/register/actions.js'
import { verifyLog } from '../../src/audit-log/verify.js'
import { sealEntries } from '../../src/audit-log/timers.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aWorld, anEngagement, customersOf } from '../notices/world.js'
import { approve } from '../../src/register/actions.js'
import { publicList } from './house.js'

describe('The public list', function () {
  const { tilsyn, open, timer, aPublicList, rename } = publicList()

  it('is off until somebody switches it on, and shows first what anyone would read', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{ name: 'Bakkeby Kommune' }])
    for (const url of [
      '',
      '.json',
      '/feed.atom',
      '/archive',
      '/archive/2026-11-23',
      '/subscribe',
      '/agreement.pdf',
    ]) {
      const answer = await open(`/sub-processors${url}`)
      expect(answer.status, url).to.equal(404)
      expect(answer.headers['cache-control']).to.equal('no-store')
    }
    const { agent } = await signedIn(tilsyn)
    const preview = await visit(agent, '/public-list/preview')
    expect(preview.text)
      .to.contain('Gammelby Drift ApS')
      .and.not.contain('Nyborg Backup')
      .and.not.contain('Ida Holm')
    expect((await visit(agent, '/public-list')).text)
      .to.contain('off')
      .and.contain('1 sub-processor')
    await visit(agent, '/public-list/choices')
    const auditor = await signedIn(tilsyn, 'auditor')
    expect((await auditor.agent.get('/public-list')).status).to.equal(403)
  })

  it('is read by anyone without a session, in both languages, and kept on the way', async () => {
    const world = await aPublicList()
    const first = await open('/sub-processors').set('Accept-Language', 'en')
    expect(first.status).to.equal(200)
    const { headers, text } = first
    expect(headers['set-cookie']).to.equal(undefined)
    expect(headers).to.include({ 'cache-control': 'public, max-age=300', vary: 'Accept-Language' })
    expect(text).to.contain('<html lang="en">').and.contain('Gammelby Drift ApS').and.contain('CVR 29403473')
    expect(text)
      .to.contain('dpo@nordvang.example')
      .and.contain('They are no notice under the data processing agreement')
    expect(text).not.to.contain('Ida Holm')
    expect((await open('/sub-processors')).text).to.contain('<html lang="da">')
    expect((await open('/sub-processors?lang=en&country=DK&service=Hosting&q=gammelby')).text).to.contain(
      '1 of 1 match',
    )
    expect((await open('/sub-processors?country=SE')).text).to.contain('Ingen passer til søgningen')
    const same = (tag: string | undefined) =>
      open('/sub-processors')
        .set('Accept-Language', 'en')
        .set('If-None-Match', tag ?? '')
    expect((await same(headers['etag'])).status).to.equal(304)
    expect(headers['content-language']).to.equal('en')
    for (const url of [
      '',
      '.json',
      '/feed.atom',
      '/archive',
      '/archive/2026-11-23',
      '/archive/2026-11-23.json',
    ]) {
      const address = `/sub-processors${url}`
      const [head, got] = [await request(tilsyn.app).head(address), await open(address)]
      expect([head.status, head.text], url).to.deep.equal([200, undefined])
      for (const name of ['etag', 'last-modified', 'cache-control', 'vary', 'content-type'])
        expect(head.headers[name], `${url} ${name}`).to.be.a('string').and.equal(got.headers[name])
      const again = await open(address).set('If-None-Match', got.headers['etag'] ?? '')
      expect([again.status, again.text], url).to.deep.equal([304, ''])
    }
    expect(
      (await open('/sub-processors.json').set('If-Modified-Since', headers['last-modified'] ?? '')).status,
    ).to.equal(304)
    tilsyn.moveTo('2026-11-24')
    await rename(world, 'Nybynavn ApS')
    await timer('publish')
    expect((await same(headers['etag'])).status).to.equal(200)
    // Whom to ask stands on it, too: a reader who only knows the time is told of another one.
    const known = (await open('/sub-processors.json')).headers['last-modified'] ?? ''
    const since = () => open('/sub-processors.json').set('If-Modified-Since', known)
    expect((await since()).status).to.equal(304)
    tilsyn.moveTo('2026-11-25')
    const { _id, sampleSince: _since, ...house } = (await organisation())!
    await editOrganisation(tilsyn.context(), { ...house, dpo: { ...house.dpo, name: 'Ny Rådgiver' } })
    expect((await since()).text).to.contain('Ny Rådgiver')
  })

  it('is open to search engines, a search in it and all else of the house are not', async () => {
    const robots = async () => (await open('/robots.txt')).text
    expect(await robots()).to.equal('User-agent: *\nDisallow: /\n')
    await aPublicList()
    expect(await robots())
      .to.contain('Allow: /sub-processors\n')
      .and.match(/Disallow: \/\n$/)
    const listed = (await open('/sub-processors?lang=en')).text
    expect(listed)
      .to.contain('<link rel="canonical" href="http://tilsyn.test/sub-processors?lang=en">')
      .and.contain('hreflang="da" href="http://tilsyn.test/sub-processors?lang=da"')
      .and.not.contain('noindex')
    for (const url of ['?q=gammelby', '/subscribe', '/archive?page=x'])
      expect((await open(`/sub-processors${url}`)).text, url).to.contain('noindex')
  })

  it('keeps each edition as it was, and says what differs', async () => {
    const world = await aPublicList()
    const before = await open('/sub-processors/archive/2026-11-23?lang=en')
    expect(before.status).to.equal(200)
    tilsyn.moveTo('2026-11-25')
    await rename(world, 'Nybynavn ApS')
    const added = await anEngagement(tilsyn, 'Cykelby Support A/S', [world.hosting._id])
    const [customer] = await customersOf(tilsyn, world, [{ name: 'Sundby Skole' }])
    await approve(tilsyn.context(), [
      { customer: customer!._id, engagement: added._id, from: '2026-11-01', notice: null, kind: 'baseline' },
    ])
    expect(await timer('publish')).to.deep.equal({ published: 1 })
    expect(await timer('publish')).to.deep.equal({ published: 0 })

    const again = await open('/sub-processors/archive/2026-11-23?lang=en')
    const content = (html: string) => /<h2 id="whole">[\s\S]*<\/main>/.exec(html)?.[0]
    expect(content(again.text)).to.equal(content(before.text))
    expect(again.headers['last-modified']).to.equal(before.headers['last-modified'])
    expect((await open('/sub-processors')).text)
      .to.contain('Nybynavn ApS')
      .and.not.contain('Gammelby')

    // Anyone can compare the fingerprint with what it is of.
    const bytes = async (edition: string) => (await open(`/sub-processors/archive/${edition}.json`)).text
    const printed = (html: string) => /<code class="hash">(\w+)</.exec(html)?.[1]
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
    expect(sha256(await bytes('2026-11-23')))
      .to.equal(printed(before.text))
      .and.equal(printed(again.text))
    expect(sha256(await bytes('2026-11-25'))).not.to.equal(printed(before.text))
    expect((await open('/sub-processors/archive/2026-11-24.json')).status).to.equal(404)

    const archive = (await open('/sub-processors/archive?lang=en')).text
    expect(archive)
      .to.contain('Cykelby Support A/S was added')
      .and.contain('name from Gammelby Drift ApS to Nybynavn ApS')
    // A day between two editions leads to the one that counted; a day to come is not known yet.
    const between = await open('/sub-processors/archive/2026-11-24')
    expect([between.status, between.headers['location']]).to.deep.equal([
      303,
      '/sub-processors/archive/2026-11-23',
    ])
    for (const day of ['2026-11-26', '2026-11-01', 'nothing', '2026-13-45'])
      expect((await open(`/sub-processors/archive/${day}`)).status, day).to.equal(404)

    const feed = await open('/sub-processors/feed.atom?lang=da')
    expect(feed.headers['content-type']).to.equal('application/atom+xml; charset=utf-8')
    expect(feed.text.match(/<entry>/g)).to.have.length(2)
    expect(feed.text).to.contain(
      '<link rel="self" type="application/atom+xml" href="http://tilsyn.test/sub-processors/feed.atom?lang=da"/>',
    )

    const { body } = await open('/sub-processors.json')
    expect(body.shape).to.equal('tilsyn-public-list/1')
    expect(body.subProcessors).to.have.length(2)
    expect(body.edition).to.include({ id: '2026-11-25', number: 2, day: '2026-11-25' })
    expect(body.sample).to.equal(false)
    expect(body.edition.contentUrl).to.equal('http://tilsyn.test/sub-processors/archive/2026-11-25.json')
    // Nothing of a customer, nor of a vendor's people.
    const everything = `${JSON.stringify(body)}${feed.text}${archive}${await bytes('2026-11-25')}`
    for (const name of ['Bakkeby', 'Sundby', 'Ida Holm']) expect(everything).not.to.contain(name)
    await sealEntries()
    expect((await verifyLog()).breaks).to.deep.equal([])
  })

  it('leaves the name out where that was chosen, and publishes a correction as an edition of its own', async () => {
    const world = await aPublicList()
    await submit(world.agent, '/public-list/choices', { shown: [world.old._id], unnamed: [world.old._id] })
    const { text } = await open('/sub-processors?lang=en')
    expect(text).not.to.contain('Gammelby').and.not.contain('29403473')
    expect(text).to.contain(`Sub-processor without name (${world.old.reference})`)
    expect((await open('/sub-processors.json')).body.subProcessors[0].name).to.equal(null)
    const wrong = await submit(
      world.agent,
      '/public-list',
      { edition: '2026-11-23' },
      '/public-list/correction',
    )
    expect(wrong.status).to.equal(422)
    const note = { 'note[da]': 'Landet var forkert.', 'note[en]': 'The country was wrong.' }
    const done = await submit(
      world.agent,
      '/public-list',
      { edition: '2026-11-23', ...note },
      '/public-list/correction',
    )
    expect(done.status).to.equal(303)
    const edition = await open('/sub-processors/archive/2026-11-23-3?lang=en')
    expect(edition.text).to.contain(
      'Corrects errors in the edition of 23 November 2026. The country was wrong.',
    )
    expect((await visit(world.agent, '/public-list')).text).to.contain('The country was wrong.')
  })

  it('says by itself that an edition was wrong, where the register was corrected since', async () => {
    const world = await aPublicList()
    tilsyn.moveTo('2026-11-24')
    const [vendor] = await vendorsByIds([world.old.vendor])
    const right = { ...vendor!, name: 'Gammelbye Drift ApS' }
    const ground = { because: 'Stavefejl', wronglyRecorded: false }
    await correctVendor(
      tilsyn.context(),
      vendor!,
      right,
      { from: '2026-11-01', to: null },
      ground,
      async () => [],
    )
    await timer('publish')
    const { text } = await open('/sub-processors/archive/2026-11-24?lang=en')
    expect(text).to.contain('Corrects an error in the edition of 23 November 2026.')
    await rename(world, 'Gammelby Drift 2 ApS')
    await timer('publish')
    expect((await open('/sub-processors/archive/2026-11-24-2?lang=en')).text).not.to.contain('Corrects')
  })
})

describe('The public list of a house without a mail server', () => {
  const tilsyn = useApp()

  it('promises no mail: it offers the feed, and takes no address', async () => {
    await aWorld(tilsyn)
    const { agent } = await signedIn(tilsyn)
    await submit(agent, '/public-list', {}, '/public-list/on')
    const open = async (url: string) => (await request(tilsyn.app).get(url)).text
    expect(await open('/sub-processors?lang=en')).not.to.contain('/sub-processors/subscribe')
    expect(await open('/sub-processors/subscribe?lang=en'))
      .to.contain('No mails can be sent from here')
      .and.contain('/sub-processors/feed.atom')
      .and.not.contain('<form')
    const asked = await request(tilsyn.app)
      .post('/sub-processors/subscribe')
      .type('form')
      .send({ email: 'reader@press.example', locale: 'en' })
    expect([asked.status, asked.text.includes('Ingen')]).to.deep.equal([409, false])
    expect(await subscriberByEmail('reader@press.example')).to.equal(null)
    expect((await visit(agent, '/public-list')).text).to.contain('No mail server is set up')
  })
})
