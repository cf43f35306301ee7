import { expect } from 'chai'
import request from 'supertest'
import { makeSender } from '../../src/mail/sender.js'
import { makeLog } from '../../src/base/log.js'
import { makeTransport } from '../../src/mail/transport.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { Mails } from '../../src/mail/records/mails.js'
import {
  askToSubscribe,
  subscriptionPath,
  subscriptionUrls,
} from '../../src/public-list/actions/subscribers.js'
import { subscriberByEmail } from '../../src/public-list/records/subscribers.js'
import { useMailbox } from '../support/mailbox.js'
import { signedIn, submit, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'
import { publicList } from './house.js'

describe('The public list, told to who asked for it', function () {
  const { tilsyn, open, timer, aPublicList, rename } = publicList()

  const mailbox = useMailbox()

  const send = async () =>
    makeSender({
      transport: makeTransport({ smtpUrl: mailbox.url }),
      clock: tilsyn.now,
      log: makeLog('silent'),
      from: tilsyn.house.config.mailFrom,
      baseUrl: tilsyn.house.config.baseUrl,
      liveLinks: subscriptionUrls(tilsyn.house),
    }).sendDue()

  it('hands out the agreement, which has to be a PDF', async () => {
    const { agent } = await aPublicList()
    const give = (bytes: string, name: string) =>
      submitFiles(
        agent,
        '/public-list',
        {},
        [{ field: 'agreement-da', name, bytes: Buffer.from(bytes) }],
        '/public-list/look',
      )
    expect((await give('just words', 'aftale.txt')).status).to.equal(409)
    expect((await open('/sub-processors/agreement.pdf')).status).to.equal(404)
    expect((await give('%PDF-1.7\n%âãÏÓ\naftale\n%%EOF\n', 'aftale.pdf')).status).to.equal(303)
    const file = await open('/sub-processors/agreement.pdf?lang=en')
    expect([file.status, file.headers['content-type']]).to.deep.equal([200, 'application/pdf'])
    expect(
      (await open('/sub-processors/agreement.pdf').set('If-None-Match', file.headers['etag'] ?? '')).status,
    ).to.equal(304)
    expect((await open('/sub-processors?lang=en')).text).to.contain('/sub-processors/agreement.pdf?lang=en')
    const off = await submit(agent, '/public-list', {}, '/public-list/off')
    expect(off.status).to.equal(303)
    expect((await open('/sub-processors')).status).to.equal(404)
  })

  it('tells those who asked and confirmed, once an edition, until one click ends it', async () => {
    const world = await aPublicList()
    const ask = (email: string) =>
      request(tilsyn.app).post('/sub-processors/subscribe').type('form').send({ email, locale: 'en' })
    expect((await ask('no address')).status).to.equal(422)
    const first = await ask('Reader@Press.example')
    const second = await ask('reader@press.example')
    expect([first.status, first.headers['location']]).to.deep.equal([
      second.status,
      second.headers['location'],
    ])
    expect((await open(first.headers['location'] ?? '')).status).to.equal(200)
    await send()
    const [mail, more] = mailbox.mailsFor('reader@press.example')
    expect(more).to.equal(undefined)
    const path =
      /http:\/\/tilsyn\.test(\/sub-processors\/subscription\/[\w.-]+)/.exec(mail?.text ?? '')?.[1] ?? ''

    // A scanner that opens every link confirms nothing.
    expect((await open(path)).text)
      .to.contain('Confirm your address')
      .and.contain('reader@press.example')
    await rename(world, 'Nybynavn ApS')
    tilsyn.moveTo('2026-11-24')
    await timer('publish')
    await timer('tell-subscribers')
    await send()
    expect(mailbox.mailsFor('reader@press.example')).to.have.length(1)
    expect((await request(tilsyn.app).post(`${path}/confirm`)).text).to.contain('Your address is confirmed')
    expect((await visit((await signedIn(tilsyn)).agent, '/public-list')).text).to.contain(
      '1 confirmed address.',
    )

    tilsyn.moveTo('2026-11-25')
    await rename(world, 'Tredjeby ApS')
    await timer('publish')
    expect(await timer('tell-subscribers')).to.deep.equal({ told: 1 })
    expect(await timer('tell-subscribers')).to.deep.equal({ told: 0 })
    await send()
    const told = mailbox.mailsFor('reader@press.example')[1]
    expect(told?.text).to.contain('name from Nybynavn ApS to Tredjeby ApS').and.contain('They are no notice')
    const header = (name: string) => told?.headers.find(({ key }) => key === name)?.value
    expect(header('list-unsubscribe')).to.equal(`<http://tilsyn.test${path}>`)
    expect(header('list-unsubscribe-post')).to.equal('List-Unsubscribe=One-Click')
    // The customer's contact is told nothing by this: it gets notices.
    expect(mailbox.mails.map((each) => each.for)).to.deep.equal([
      'reader@press.example',
      'reader@press.example',
    ])

    // As a mail program does it: no cookie, no token of a page, a multipart form.
    const click = await request(tilsyn.app).post(path).field('List-Unsubscribe', 'One-Click')
    expect([click.status, click.text.includes('You are unsubscribed')]).to.deep.equal([200, true])
    expect((await request(tilsyn.app).post(path)).status).to.equal(200)
    expect((await open(`${path}?lang=en`)).text).to.contain('No subscription')
    // The page says that the address is deleted: the mails to it are, too.
    expect(await Mails.countDocuments({})).to.equal(0)
    expect((await visit((await signedIn(tilsyn)).agent, '/public-list')).text).to.contain(
      '0 confirmed addresses.',
    )
    await rename(world, 'Fjerdeby ApS')
    tilsyn.moveTo('2026-11-26')
    await timer('publish')
    expect(await timer('tell-subscribers')).to.deep.equal({ told: 0 })
  })

  it('keeps courtesy apart from notices: a contact who unsubscribes is still told what the agreement owes', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{ emails: ['ida@bakkeby.example'] }])
    const { agent } = await signedIn(tilsyn)
    await submit(agent, '/public-list', {}, '/public-list/on')
    await askToSubscribe(tilsyn.context(), { email: 'ida@bakkeby.example', locale: 'da' })
    const subscriber = await subscriberByEmail('ida@bakkeby.example')
    await request(tilsyn.app).post(subscriptionPath(tilsyn.house, subscriber?._id ?? ''))
    expect(await subscriberByEmail('ida@bakkeby.example')).to.equal(null)
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const announced = await mailsAbout('recipient', [`${notice._id}/${customer?._id}`])
    expect(announced.map(({ to, kind }) => [to.address, kind])).to.deep.equal([
      ['ida@bakkeby.example', 'notice-announcement'],
    ])
  })

  it('forgets who has not confirmed after seven days, and whom staff are asked to forget', async () => {
    const { agent } = await aPublicList()
    const ask = (email: string) =>
      request(tilsyn.app).post('/sub-processors/subscribe').type('form').send({ email, locale: 'da' })
    await ask('a@press.example')
    await ask('b@press.example')
    const removed = await submit(
      agent,
      '/public-list',
      { email: 'A@press.example' },
      '/public-list/subscribers/remove',
    )
    expect(removed.status).to.equal(303)
    expect((await visit(agent, '/public-list')).text).to.contain('1 is waiting to be confirmed')
    expect(await timer('forget-unconfirmed')).to.deep.equal({ forgotten: 0 })
    tilsyn.moveTo('2026-12-01')
    expect(await timer('forget-unconfirmed')).to.deep.equal({ forgotten: 1 })
    expect(await timer('forget-unconfirmed')).to.deep.equal({ forgotten: 0 })
    for (let tries = 0; tries < 10; tries += 1) await ask('c@press.example')
    const many = await ask('c@press.example')
    expect(many.status).to.equal(429)
    expect(many.headers['retry-after']).to.match(/^\d+$/)
  })
})
