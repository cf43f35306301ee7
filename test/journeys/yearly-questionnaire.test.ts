import { expect } from 'chai'
import { questionnaireByReference } from '../../src/questionnaires/records/questionnaires.js'
import type { Questionnaire } from '../../src/questionnaires/rules/questionnaire.js'
import { vendorsByIds } from '../../src/register/actions.js'
import { aWorld } from '../notices/world.js'
import { answerAll, askedOf, sendForm } from '../questionnaires/respondents.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { linkIn, useJourney } from './house.js'

describe('a yearly questionnaire, from the first mail to the answers', () => {
  const journey = useJourney()

  it('looks for somebody who can answer, reminds, tells the DPO, and takes the answers when they come', async function () {
    // Three months of mails and timers.
    this.timeout(120_000)
    const { planned } = await aWorld(journey)
    const staff = () => signedIn(journey).then(({ agent }) => agent)
    const dpo = await signedIn(journey, 'dpo', 'da')
    let officer: Agent = await staff()
    const stored = async (reference: string): Promise<Questionnaire> => {
      const found = await questionnaireByReference(reference)
      if (!found) throw new Error('no questionnaire')
      return found
    }

    // Their data protection contact has left: nothing is called sent, and somebody is told.
    journey.mailbox.refuse('ida@nyborg.example', 550)
    const { questionnaire } = await askedOf(journey, planned)
    const { reference } = questionnaire
    const url = `/questionnaires/${reference}`
    await journey.work()
    expect(await stored(reference)).to.deep.include({ delivery: 'refused', arrivedAt: null })
    expect((await visit(officer, '/')).text).to.include(`${reference} has not reached Nyborg Backup ApS`)

    // Weeks pass; nobody can be reminded of what never came.
    await journey.goTo('2026-12-01')
    expect(journey.mailbox.mails).to.deep.equal([])
    officer = await staff()
    const [vendor] = await vendorsByIds([planned.vendor])
    expect(vendor?.contacts.map(({ email }) => email)).to.deep.equal(['ida@nyborg.example'])
    await submit(
      officer,
      url,
      {
        contact: 'other',
        name: 'Ole Lund',
        email: 'ole@nyborg.example',
        locale: 'da',
        ownerBecause: 'Ida er fratrådt',
      },
      `${url}/owner`,
    )
    await journey.work()
    const inbox = () => journey.mailbox.mailsFor('ole@nyborg.example')
    expect(inbox()).to.have.length(1)
    expect(inbox()[0]?.text).to.include('15. januar 2027')
    expect((await stored(reference)).arrivedAt).to.be.instanceOf(Date)

    // Due on 15 January: reminded fourteen and three days before, once each, and none twice for a second run.
    await journey.goTo('2026-12-31')
    expect(inbox()).to.have.length(1)
    await journey.goTo('2027-01-01')
    await journey.work()
    expect(inbox().at(-1)?.subject).to.include('14 dage tilbage')
    await journey.goTo('2027-01-12')
    expect(inbox()).to.have.length(3)
    expect(inbox().at(-1)?.subject).to.include('3 dage tilbage')

    // Half answered, then silence: over the date, and at last the data protection officer.
    const opened = await journey.open('ole@nyborg.example')
    const base = /^\/v\/[^/]+/.exec(opened.landed)?.[0] ?? ''
    expect((await visit(opened.agent, base)).text).to.include(reference)
    await journey.goTo('2027-01-18')
    expect(inbox().at(-1)?.subject).to.include('overskredet med 3 dage')
    officer = await staff()
    expect((await visit(officer, '/')).text).to.include(`Nyborg Backup ApS has not answered ${reference}`)
    const told = () => journey.mailbox.mailsFor(dpo.person.email)
    expect(told()).to.deep.equal([])
    await journey.goTo('2027-01-29')
    expect(told().map(({ subject }) => subject)).to.deep.equal([
      `Nyborg Backup ApS har ikke besvaret spørgeskemaet (${reference})`,
    ])
    expect(inbox().at(-1)?.subject).to.include('overskredet med 14 dage')
    await journey.goTo('2027-02-10')
    expect([inbox().length, told().length]).to.deep.equal([5, 1])

    // The link in the first mail still opens; the answers are late, and taken.
    const again = await journey.open('ole@nyborg.example')
    await answerAll(journey, questionnaire)
    const sending = await sendForm(again, `${base}/submit`, {
      name: 'Ole Lund',
      title: 'Direktør',
      confirmed: 'yes',
    })
    expect(sending.status, sending.text.slice(0, 400)).to.equal(303)
    await journey.work()
    expect((await stored(reference)).state).to.equal('submitted')
    expect(inbox().at(-1)?.subject).to.include('Kvittering')
    officer = await staff()
    const tasks = await visit(officer, '/')
    expect(tasks.text).to.include(`Nyborg Backup ApS has answered ${reference}`)
    expect(tasks.text).not.to.include('has not answered')

    // Answered is answered: no reminder follows.
    const mails = inbox().length
    await journey.goTo('2027-03-15')
    expect([inbox().length, told().length]).to.deep.equal([mails, 1])
    expect(linkIn(inbox()[0])).to.match(/^\/l\//)
  })

  it('sends one reminder, the newest, after the house stood still for weeks', async () => {
    const { planned } = await aWorld(journey)
    await askedOf(journey, planned)
    await journey.work()
    await journey.goTo('2027-01-20')
    const mails = journey.mailbox.mailsFor('ida@nyborg.example')
    expect(mails.map(({ subject }) => subject).slice(1)).to.have.length(1)
    expect(mails.at(-1)?.subject).to.include('overskredet med 5 dage')
  })
})
