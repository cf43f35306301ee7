import { expect } from 'chai'
import { linkPath, linksFor } from '../../src/auth/links.js'
import { findingsOf } from '../../src/findings/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { useApp } from '../support/app.js'
import { anonymous, signedIn, submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aWorld, customersOf } from '../notices/world.js'
import { answer, aQuestionnaire, handedIn, stored } from '../questionnaires/reviews.js'

/** C.8: the answers come back, are sent back in part, come again, and are concluded with a finding that is put right. */
describe('a questionnaire is sent back and concluded', () => {
  const tilsyn = useApp()

  it('with only the open item asked again, and the finding followed to its end', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    const asked = await aQuestionnaire(tilsyn, world.planned)
    await answer(tilsyn, asked, { 'S03.01': 'no', 'S03.02': 'n' })
    await handedIn(tilsyn, asked)
    const { agent } = await signedIn(tilsyn)
    const review = `/questionnaires/${asked.reference}/review`

    // The reviewer accepts one answer and opens another.
    const section = `${review}/sections/S03`
    await submit(agent, section, {
      S03_01__verdict: 'open',
      S03_01__external: 'Gælder det alle medarbejdere?',
      S03_01__internal: 'De plejer at skrive nej.',
      S03_01__seen: 0,
      S03_01__answer: 1,
      S03_02__verdict: 'accepted',
      S03_02__seen: 0,
      S03_02__answer: 1,
    })
    await submit(
      agent,
      review,
      { dueOn: '2026-12-07', version: (await stored(asked.reference)).version },
      `${review}/send-back`,
    )
    expect(await stored(asked.reference)).to.deep.include({ state: 'asked', round: 2, open: ['S03.01'] })

    // The respondent sees the one item, with our words for them and none of those for us.
    const vendor = await respondent(asked._id)
    const page = await visit(vendor.agent, `/v/${vendor.link}/sections/S03`)
    expect(page.text).to.include('Gælder det alle medarbejdere?').and.not.include('De plejer at skrive nej.')

    // It answers, and hands in again.
    const back = await stored(asked.reference)
    await answer(tilsyn, back, { 'S03.01': 'partly' })
    await handedIn(tilsyn, back)
    expect((await visit(agent, section)).text).to.include('Judge it again')

    // Concluded, with what is still wanting as a finding at the vendor.
    const html = (await agent.get(review)).text
    const keys = [...html.matchAll(/name="([A-Z0-9_]+)__take" value="take"/g)].map(([, key]) => key ?? '')
    expect(keys).to.include('S03_02')
    const owner = /<option value="(vendor:[^"]+)"/.exec(html)?.[1] ?? ''
    const left = keys.flatMap((key): [string, string][] => [
      [`${key}__take`, 'leave'],
      [`${key}__because`, 'Accepteret tidligere.'],
    ])
    const concluded = await submit(
      agent,
      review,
      {
        ...Object.fromEntries(left),
        S03_02__take: 'take',
        S03_02__owner: owner,
        S03_02__dueOn: '2026-12-31',
        band: /name="band" value="([a-z_]+)" checked/.exec(html)?.[1] ?? '',
        reason: 'Som aftalt.',
        external: 'Tak for svarene.',
        internal: '',
        version: (await stored(asked.reference)).version,
      },
      `${review}/conclude`,
    )
    expect(concluded.status, concluded.text.slice(0, 2000)).to.equal(303)
    const [finding] = await findingsOf({ kind: 'questionnaire', id: asked._id })
    expect(finding).to.deep.include({ state: 'open', dueOn: '2026-12-31' })
    expect((await mailsAbout('finding', [finding?._id ?? ''])).map(({ to }) => to.address)).to.deep.equal([
      'ida@nyborg.example',
    ])
    const kinds = (await mailsAbout('questionnaire', [asked._id])).map(({ kind }) => kind)
    expect(kinds).to.include.members(['questionnaire-sent-back', 'questionnaire-concluded'])

    // The vendor puts it right by its own link; the reviewer closes it.
    const [link] = await linksFor('finding', finding?._id ?? '')
    if (!link) throw new Error('nobody was sent a link')
    const contact = anonymous(tilsyn)
    await contact.get(linkPath(link, { key: tilsyn.house.keys.links }))
    const own = `/v/${link._id}/finding`
    await submit(contact, own, { text: 'Alle har nu skrevet under.' }, `${own}/answer`)
    const at = `/findings/${finding?.reference}`
    expect((await visit(agent, at)).text).to.include('Alle har nu skrevet under.')
    await submit(agent, at, { closing: 'Set ved besøg.', elsewhere: 'yes' }, `${at}/close`)
    expect((await findingsOf({ kind: 'questionnaire', id: asked._id }))[0]?.state).to.equal('closed')
  })

  async function respondent(questionnaire: string): Promise<{ agent: Agent; link: string }> {
    const [link] = await linksFor('questionnaire', questionnaire)
    if (!link) throw new Error('nobody was sent a link')
    const agent = anonymous(tilsyn)
    await agent.get(linkPath(link, { key: tilsyn.house.keys.links }))
    return { agent, link: link._id }
  }
})
