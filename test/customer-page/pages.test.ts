import { expect } from 'chai'
import mongoose from 'mongoose'
import { mailsAbout } from '../../src/mail/actions.js'
import { recipientById } from '../../src/notices/actions.js'
import { objectionsOfRecipient } from '../../src/objections/actions.js'
import { submit } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { readerOf } from './reader.js'

describe("the customer's page", () => {
  const here = readerOf()
  const { tilsyn, begin, linkFor, open, recipient, noticePage, object } = here

  /** Everything that is stored, so that two moments can be compared. */
  async function everything(): Promise<Record<string, unknown[]>> {
    const collections = (await mongoose.connection.db?.collections()) ?? []
    const all = await Promise.all(
      collections.map(
        async (each) => [each.collectionName, await each.find({}).sort({ _id: 1 }).toArray()] as const,
      ),
    )
    return Object.fromEntries(all.filter(([, rows]) => rows.length > 0))
  }

  it('says first what the reader must do, in its language, and then the change, dates and how to object', async () => {
    await begin()
    const start = await visit(here.reader, here.base)
    expect(start.lang).to.equal('da')
    expect(start.text).to.contain(
      'I skal ikke gøre noget, medmindre I vil gøre indsigelse. Sidste dag: mandag den 28. december 2026.',
    )
    const page = await visit(here.reader, noticePage())
    for (const said of [
      'Nyborg Backup ApS',
      'CVR 29403473',
      'Havnegade 3, 5800 Nyborg',
      'Backup af kundernes servere',
      'Vi samler backup ét sted.',
      'mandag den 28. december 2026',
      'Bekræft modtagelsen',
      'Gør indsigelse',
      'Karen Østergård',
    ])
      expect(page.text).to.contain(said)
    expect(page.html).not.to.contain('class="navigation"')
    const english = await visit(here.reader, `${noticePage()}?lang=en`)
    expect(english.text).to.contain(
      'You need do nothing unless you object. Last day: Monday 28 December 2026.',
    )
    expect((await visit(here.reader, here.base)).lang, 'the choice is kept').to.equal('en')
  })

  it('opening any page, and the link again, changes nothing', async () => {
    await begin()
    await object({ reasons: 'Nej tak' })
    const [objection] = await objectionsOfRecipient(recipient())
    const before = await everything()
    const pages = [
      here.base,
      `${here.base}/`,
      noticePage(),
      `${noticePage()}/object`,
      `${noticePage()}/notice.pdf`,
      `${noticePage()}/calendar.ics`,
      `${here.base}/objections/${objection?.reference}`,
      `${here.base}/objections/${objection?.reference}/files/${objection?.files[0]}`,
      `${here.base}/list`,
      `${here.base}/list?on=2026-02-01`,
    ]
    for (const page of pages) expect((await here.reader.get(page)).status, page).to.equal(200)
    for (const page of pages) await here.reader.head(page)
    await open(here.link)
    expect(await everything()).to.deep.equal(before)
  })

  it('nothing of another customer stands on any page', async () => {
    await begin()
    await object()
    const [objection] = await objectionsOfRecipient(recipient())
    for (const page of [
      here.base,
      noticePage(),
      `${noticePage()}/object`,
      `${here.base}/objections/${objection?.reference}`,
      `${here.base}/list`,
    ]) {
      const { html } = await visit(here.reader, page)
      for (const theirs of [
        here.neighbour.name,
        here.neighbour._id,
        here.neighbour.reference,
        here.neighbour.contacts[0]?.email ?? '',
      ])
        expect(html, page).not.to.contain(theirs)
    }
    const theirs = await open(await linkFor(here.neighbour))
    const theirBase = `/c/${(await linkFor(here.neighbour))._id}`
    expect((await theirs.get(`${theirBase}/objections/${objection?.reference}`)).status).to.equal(404)
    expect(
      (await theirs.get(`${theirBase}/objections/${objection?.reference}/files/${objection?.files[0]}`))
        .status,
    ).to.equal(404)
    expect((await theirs.get(noticePage())).status, "another's address with one's own cookie").to.equal(404)
  })

  it('receipt is confirmed by a form, once', async () => {
    await begin()
    const confirm = () => submit(here.reader, noticePage(), {}, `${noticePage()}/receipt`)
    expect((await confirm()).status).to.equal(303)
    const first = (await recipientById(recipient()))?.receipt
    tilsyn.moveTo('2026-11-24T12:00:00Z')
    expect(
      (await submit(here.reader, `${noticePage()}/object`, {}, `${noticePage()}/receipt`)).status,
    ).to.equal(303)
    expect((await recipientById(recipient()))?.receipt).to.deep.equal(first)
    expect((await visit(here.reader, noticePage())).text).to.contain('Modtagelsen er bekræftet 24. nov. 2026')
  })

  it('without the token of a page of ours nothing is taken', async () => {
    await begin()
    for (const path of ['receipt', 'object'])
      expect((await here.reader.post(`${noticePage()}/${path}`).type('form').send('')).status).to.equal(403)
    expect((await recipientById(recipient()))?.receipt).to.equal(null)
    expect(await objectionsOfRecipient(recipient())).to.deep.equal([])
  })

  it('an objection without reasons is taken; the page says what happens next; a double click is one', async () => {
    await begin()
    const [first, second] = await Promise.all([object({}, []), object({}, [])])
    expect([first.status, second.status]).to.deep.equal([303, 303])
    expect(first.headers['location']).to.equal(second.headers['location'])
    const page = await visit(here.reader, first.headers['location'] ?? '')
    expect(page.text).to.contain('Vi vurderer den og svarer jer senest 1. december 2026.')
    expect(page.text).to.contain('Indtil den er afsluttet, bruges ændringen ikke for jer.')
    expect((await visit(here.reader, noticePage())).text).to.contain('I har gjort indsigelse')
    expect((await visit(here.reader, `${noticePage()}/object`)).html, 'no second form').not.to.contain(
      '<textarea',
    )
    const [objection] = await objectionsOfRecipient(recipient())
    expect((await mailsAbout('objection', [objection?._id ?? ''])).map(({ kind }) => kind)).to.deep.equal([
      'objection-receipt',
    ])
  })

  it('a file too long in kind or text is told, and what was typed is kept', async () => {
    await begin()
    const answer = await object({ reasons: 'x'.repeat(5001) }, [])
    expect(answer.status).to.equal(422)
    expect(inspect(answer.text, 422).text).to.contain('5000 tegn')
    const strange = await object({ reasons: 'Behold mig' }, [
      { field: 'files', name: 'fil.exe', bytes: Buffer.from('MZ\u0000\u0001') },
    ])
    expect(strange.status).to.equal(409)
    expect(strange.text).to.contain('Behold mig')
    expect(await objectionsOfRecipient(recipient())).to.deep.equal([])
  })
})
