import { expect } from 'chai'
import { paper } from '../../bench/statements/paper.js'
import { statementsOfVendor, statementTasks } from '../../src/statements/actions.js'
import { signedIn, submit, submitFiles } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { useDesk, wrongIn } from './desk.js'

describe('a statement that is asked for, or handed in', function () {
  this.timeout(120_000)
  const { journey, desk, pdfOf, entered } = useDesk()

  it('is refused where it is no PDF that opens, and what was typed stays', async () => {
    const locked = await paper([{ title: 'ISAE 3402' }], { password: 'secret' })
    const rows: [string, Buffer, string][] = [
      ['a.zip', Buffer.from('PK\u0003\u0004 report.pdf'), 'is a ZIP archive'],
      ['a.txt', Buffer.from('Our controls are good.'), 'is not a PDF'],
      ['a.pdf', Buffer.from('%PDF-1.7 and nothing more'), 'is damaged'],
      ['locked.pdf', locked, 'protected by a password'],
    ]
    for (const [name, bytes, words] of rows) {
      const { answer } = await entered(bytes, name)
      expect(answer.status, name).to.equal(409)
      expect(inspect(answer.text, 409).text, name).to.include(words)
      expect(answer.text, name).to.include('From their portal').and.include(desk.vendor.reference)
    }
    expect(await statementsOfVendor(desk.vendor._id)).to.deep.equal([])
    const none = await submitFiles(
      desk.agent,
      '/statements/new',
      { vendor: desk.vendor.reference, receivedOn: '2026-11-23' },
      [],
    )
    expect(none.status).to.equal(422)
  })

  it('that was asked for and has not come is reminded of, told to our own people, and may be stopped or withdrawn', async () => {
    await submit(desk.agent, '/statements/request', {
      vendor: desk.vendor.reference,
      what: 'ISAE 3402',
      name: 'Ida Holm',
      email: 'ida@nyborg.example',
      locale: 'en',
      dueOn: '2026-12-21',
      once: 'b',
    })
    await journey.work()
    const count = () => journey.mailbox.mailsFor('ida@nyborg.example').length
    expect(count()).to.equal(1)
    await journey.goTo('2026-12-07')
    await journey.work()
    expect(count()).to.equal(2)
    await journey.goTo('2026-12-24')
    expect(journey.mailbox.mailsFor('ida@nyborg.example').at(-1)?.subject).to.include(
      'The due day has passed',
    )
    await journey.goTo('2027-01-04')
    await journey.work()
    expect(count()).to.equal(4)
    expect(journey.mailbox.mails.some(({ subject }) => subject?.includes('has not sent ISAE 3402'))).to.equal(
      true,
    )
    desk.agent = (await signedIn(journey, 'officer', 'en')).agent
    const url = '/statements/ST-2026-001'
    expect((await visit(desk.agent, url)).text).to.include('Asked for, late')
    await visit(desk.agent, `${url}/ask-again`)
    const again = await submit(desk.agent, `${url}/ask-again`, {
      what: 'ISAE 3402',
      name: 'Ole',
      email: 'ole@nyborg.example',
      locale: 'da',
      dueOn: '2027-02-01',
    })
    expect(again.status, wrongIn(again)).to.equal(303)
    await journey.work()
    expect(journey.mailbox.mailsFor('ole@nyborg.example')).to.have.length(1)
    expect((await submit(desk.agent, url, { because: '' }, `${url}/stop`)).status).to.equal(422)
    expect((await submit(desk.agent, url, { because: 'They answered' }, `${url}/stop`)).status).to.equal(303)
    await journey.goTo('2027-01-18')
    desk.agent = (await signedIn(journey, 'officer', 'en')).agent
    expect(journey.mailbox.mailsFor('ole@nyborg.example')).to.have.length(1)
    expect((await submit(desk.agent, url, { because: 'Not needed' }, `${url}/withdraw`)).status).to.equal(303)
    const { agent: ole, landed } = await journey.open('ole@nyborg.example')
    expect((await visit(ole, landed)).text).to.include('bedes ikke længere om')
  })

  it('is not called asked for when its mail comes back', async () => {
    journey.mailbox.refuse('nobody@nyborg.example', 550)
    await submit(desk.agent, '/statements/request', {
      vendor: desk.vendor.reference,
      what: 'ISAE 3402',
      name: 'Nobody',
      email: 'nobody@nyborg.example',
      locale: 'en',
      dueOn: '2026-12-21',
      once: 'c',
    })
    await journey.work()
    expect((await visit(desk.agent, '/statements/ST-2026-001')).text).to.include('Mail has not arrived')
    expect((await statementTasks(journey.today())).map(({ text }) => text)).to.include(
      'statements:task.not-reached',
    )
  })

  it('counts another kind for a data centre only where the agreement says so, and says where', async () => {
    const bare = await submit(desk.agent, '/statements/settings', {
      cycle: 12,
      issue: 4,
      bridge: 3,
      typeOne: 12,
      equivalents: 'soc-2/2',
    })
    expect(bare.status).to.equal(422)
    const set = await submit(desk.agent, '/statements/settings', {
      cycle: 12,
      issue: 4,
      bridge: 3,
      typeOne: 12,
      equivalents: 'soc-2/2',
      clause: 'C.2, third paragraph',
    })
    expect(set.status, wrongIn(set)).to.equal(303)
    expect((await visit(desk.agent, '/statements/data-centres')).text).to.include(
      'SOC 2 type 2 (C.2, third paragraph)',
    )
    await visit(desk.agent, '/statements/settings')
  })

  it('may be read by an auditor on our side and not changed', async () => {
    const { reference } = await entered(await pdfOf('isae-3402-da'))
    const { agent: auditor } = await signedIn(journey, 'auditor', 'da')
    await visit(auditor, `/statements/${reference}`)
    for (const path of [
      '/statements',
      '/statements/timeline',
      '/statements/data-centres',
      '/statements/settings',
    ])
      await visit(auditor, path)
    expect((await auditor.get(`/statements/${reference}/read`)).status).to.equal(403)
    expect((await auditor.get('/statements/new')).status).to.equal(403)
  })
})
