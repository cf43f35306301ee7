import { expect } from 'chai'
import type { Day } from '../../src/base/day.js'
import { linkPath } from '../../src/auth/links.js'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import { ensureVendorLink } from '../../src/auth/links.js'
import {
  findingOf,
  findingsOf,
  findingsOfVendor,
  findingTasks,
  openFinding,
  type NewFinding,
} from '../../src/findings/actions.js'
import { vendorsByIds } from '../../src/register/actions.js'
import { remindOfFindings } from '../../src/findings/timers.js'
import { mailsAbout } from '../../src/mail/actions.js'
import type { Finding } from '../../src/findings/rules.js'
import { useApp } from '../support/app.js'
import { anonymous, organise, password, signedIn, submit, submitFiles } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { aWorld } from '../notices/world.js'

describe('findings', () => {
  const tilsyn = useApp()
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n')

  async function aFinding(changes: Partial<NewFinding> = {}) {
    const world = await aWorld(tilsyn)
    await organise(tilsyn)
    const finding = await openFinding(tilsyn.context(), {
      source: { kind: 'questionnaire', id: 'q1', item: 'S04.02' },
      vendor: world.planned.vendor,
      engagements: [world.planned._id],
      text: { da: 'Adgange gennemgås ikke hvert år.', en: 'Access is not reviewed every year.' },
      severity: 'high',
      owner: {
        kind: 'vendor',
        name: 'Ida Holm',
        email: 'ida@nyborg.example',
        locale: 'da',
        contact: 'c1',
      },
      ...changes,
    })
    return { world, finding }
  }

  const tickedIn = (html: string, name: string) =>
    [...html.matchAll(/<input type="checkbox" id="([^"]+)" name="([^"]+)"[^>]* checked/g)].flatMap(
      ([, id, field]) => (field === name ? [id] : []),
    )

  const subjects = async ({ _id }: Pick<Finding, '_id'>) =>
    (await mailsAbout('finding', [_id])).map(({ kind, to }) => `${kind} ${to.address}`)

  it('are opened once by what finds them, with a due day by severity, and told their owner', async () => {
    const { finding, world } = await aFinding()
    expect(finding).to.deep.include({ reference: 'FI-2026-001', dueOn: '2026-12-23', state: 'open' })
    const again = await openFinding(tilsyn.context(), {
      source: finding.source,
      vendor: world.planned.vendor,
      text: { da: 'a', en: 'b' },
      severity: 'low',
    })
    expect(again.reference).to.equal('FI-2026-001')
    expect(await subjects(finding)).to.deep.equal(['finding-opened ida@nyborg.example'])
    expect(await findingsOf({ kind: 'questionnaire', id: 'q1' })).to.have.length(1)
    expect(await findingsOfVendor(world.planned.vendor)).to.have.length(1)
  })

  it('remind their owner a week before, on the day and a week after, and the DPO after a fortnight; late runs send the last only', async () => {
    const { finding } = await aFinding()
    await addPersonWithPassword(
      tilsyn.context(),
      { email: 'dpo@nordvang.example', name: 'Karen', role: 'dpo', locale: 'da' },
      password,
    )
    const runs: [on: Day, kinds: string[]][] = [
      ['2026-12-15', []],
      ['2026-12-16', ['finding-reminder-before ida@nyborg.example']],
      ['2026-12-16', []],
      // Three days of standing over the day itself.
      ['2026-12-26', ['finding-reminder-today ida@nyborg.example']],
      ['2027-01-07', ['finding-reminder-after ida@nyborg.example', 'finding-escalated dpo@nordvang.example']],
      ['2027-03-01', []],
    ]
    let sent = (await subjects(finding)).length
    for (const [on, kinds] of runs) {
      tilsyn.moveTo(on)
      await remindOfFindings(tilsyn.context())
      const all = await subjects(finding)
      expect(all.slice(sent), on).to.have.members(kinds)
      sent = all.length
    }
  })

  it('remind nobody once reminders are stopped, with the reason on the page', async () => {
    const { finding } = await aFinding()
    const { agent } = await signedIn(tilsyn)
    const page = `/findings/${finding.reference}`
    const none = await submit(agent, page, { reason: '' }, `${page}/stop-reminders`)
    expect(none.status).to.equal(422)
    await submit(agent, page, { reason: 'Agreed on the phone.' }, `${page}/stop-reminders`)
    tilsyn.moveTo('2026-12-23')
    expect(await remindOfFindings(tilsyn.context())).to.deep.equal({ reminded: 0 })
    const { agent: later } = await signedIn(tilsyn)
    expect((await visit(later, page)).text).to.include('Agreed on the phone.')
  })

  it('are answered by the vendor through its link, and closed only with something to show', async () => {
    const { finding, world } = await aFinding()
    const { agent, person } = await signedIn(tilsyn)
    const link = await ensureVendorLink(tilsyn.context(), {
      vendor: world.planned.vendor,
      contact: 'c1',
      about: { kind: 'finding', id: finding._id },
      expiresOn: '2027-06-01',
    })
    const vendor = anonymous(tilsyn)
    await vendor.get(linkPath(link, { key: tilsyn.house.keys.links }))
    const own = `/v/${link._id}/finding`
    const seen = await visit(vendor, own)
    expect(seen.lang).to.equal('da')
    expect(seen.text).to.include('Adgange gennemgås ikke hvert år.').and.include('23. december 2026')
    // Internal words stay inside.
    await submit(
      agent,
      `/findings/${finding.reference}`,
      { text: 'They are slow.' },
      `/findings/${finding.reference}/notes`,
    )
    await submit(
      agent,
      `/findings/${finding.reference}`,
      { text: 'Please send the procedure.', external: 'yes' },
      `/findings/${finding.reference}/notes`,
    )
    const told = await visit(vendor, own)
    expect(told.text).to.include('Please send the procedure.').and.not.include('They are slow.')
    expect(told.text, 'none of our names').to.not.include(person.name)

    const page = `/findings/${finding.reference}`
    const early = await submit(agent, page, { closing: 'Fine.' }, `${page}/close`)
    expect(early.status).to.equal(409)
    expect(early.text).to.include('Nothing shows yet')
    // What was ticked, or not, in one form of the page says nothing about the others.
    expect(tickedIn(early.text, 'external')).to.deep.equal([])
    const empty = await submit(agent, page, { text: '', external: 'yes' }, `${page}/notes`)
    expect(empty.status).to.equal(422)
    expect(tickedIn(inspect(empty.text, 422).html, 'external')).to.deep.equal([
      'field-external',
      'field-close-external',
    ])

    await submit(vendor, own, { question: 'Hvilke systemer?' }, `${own}/questions`)
    expect((await visit(agent, '/')).text).to.include('has asked about the finding')
    const answered = await submitFiles(
      vendor,
      own,
      { text: 'Vi gennemgår dem nu hvert kvartal.' },
      [{ field: 'files', name: 'procedure.pdf', bytes: pdf }],
      `${own}/answer`,
    )
    expect(answered.status, answered.text.slice(0, 500)).to.equal(303)
    const after = await findingOf(finding.reference)
    expect(after).to.deep.include({ state: 'answered', remindOn: null })
    expect(await subjects(finding)).to.include(`finding-answer ${person.email}`)
    const [file] = after.notes[0]?.files ?? []
    expect((await vendor.get(`${own}/files/${file}`)).status).to.equal(200)
    expect((await agent.get(`${page}/files/${file}`)).status).to.equal(200)

    const closed = await submit(agent, page, { closing: 'Procedure read.', external: 'yes' }, `${page}/close`)
    expect(closed.status, closed.text.slice(0, 500)).to.equal(303)
    expect(await findingOf(finding.reference)).to.deep.include({ state: 'closed', running: false })
    expect(await subjects(finding)).to.include('finding-closed ida@nyborg.example')
    expect((await visit(vendor, own)).text).to.include('Procedure read.')
    const late = await submit(
      agent,
      page,
      { again: 'It came back.', againOn: '2027-01-15' },
      `${page}/reopen`,
    )
    expect(late.status).to.equal(303)
    expect(await findingOf(finding.reference)).to.deep.include({
      state: 'open',
      dueOn: '2027-01-15',
      remindOn: '2027-01-08',
    })
  })

  it('change owner: the one before has no way in any more, the new one is told', async () => {
    const { finding, world } = await aFinding()
    const { agent, person } = await signedIn(tilsyn)
    const link = await ensureVendorLink(tilsyn.context(), {
      vendor: world.planned.vendor,
      contact: 'c1',
      about: { kind: 'finding', id: finding._id },
      expiresOn: '2027-06-01',
    })
    const vendor = anonymous(tilsyn)
    await vendor.get(linkPath(link, { key: tilsyn.house.keys.links }))
    await visit(vendor, `/v/${link._id}/finding`)
    const page = `/findings/${finding.reference}`
    const change = { owner: `person:${person._id}`, dueOn: '2026-12-01', severity: 'critical' }
    expect((await submit(agent, page, { ...change, why: '' }, `${page}/change`)).status).to.equal(422)
    expect((await submit(agent, page, { ...change, why: 'Ours.' }, `${page}/change`)).status).to.equal(303)
    expect((await vendor.get(`/v/${link._id}/finding`)).status).to.equal(404)
    expect(await subjects(finding)).to.include(`finding-opened ${person.email}`)
    expect(await findingOf(finding.reference)).to.deep.include({
      severity: 'critical',
      dueOn: '2026-12-01',
      remindOn: '2026-11-24',
    })
  })

  it('are entered by hand, once however often the form is sent, for the vendor or ourselves', async () => {
    const world = await aWorld(tilsyn)
    const { agent } = await signedIn(tilsyn)
    const [vendor] = await vendorsByIds([world.planned.vendor])
    const form = {
      once: 'x',
      vendor: vendor?.reference,
      'what[da]': 'Døren stod åben.',
      'what[en]': 'The door was open.',
      severity: 'critical',
    }
    expect((await submit(agent, '/findings/new', { ...form, severity: '' })).status).to.equal(422)
    const opened = await submit(agent, '/findings/new', form)
    expect(opened.status, opened.text.slice(0, 2000)).to.equal(303)
    await submit(agent, '/findings/new', form)
    const [finding, ...others] = await findingsOfVendor(world.planned.vendor)
    expect(others).to.have.length(0)
    expect(finding).to.deep.include({ dueOn: '2026-12-07', owner: null })
    expect((await visit(agent, `/findings/${finding?.reference}`)).text).to.include(
      'Nobody owns this finding.',
    )
  })

  it('are listed by state, severity and vendor, and stand on the engagement and on the overview', async () => {
    const { finding, world } = await aFinding({ owner: null })
    const { agent } = await signedIn(tilsyn, 'auditor')
    const shown = async (query: string) =>
      (await visit(agent, `/findings${query}`)).text.includes(finding.reference)
    expect(await shown('')).to.equal(true)
    expect(await shown('?state=overdue')).to.equal(false)
    expect(await shown('?severity=low')).to.equal(false)
    expect(await shown('?state=all&q=adgange')).to.equal(true)
    expect(await shown('?state=overdue&state=open')).to.equal(true)
    const csv = await agent.get('/findings/export?format=csv&state=open')
    expect(csv.headers['content-disposition']).to.include('tilsyn-findings-2026-11-23.csv')
    expect(csv.text).to.include(finding.reference).and.to.include('Access is not reviewed every year.')
    expect((await agent.get('/findings/export?format=csv&severity=low')).text).not.to.include('FI-')
    for (const list of ['questionnaires', 'statements'])
      expect((await agent.get(`/${list}/export?format=csv`)).text, list).to.match(/^\ufeff[^\r]+;[^\r]+\r\n$/)
    const { headers } = await submit(
      agent,
      '/findings?severity=high',
      {
        list: 'findings',
        query: 'severity=high',
        name: 'Høje',
      },
      '/views',
    )
    expect((await visit(agent, headers['location'] as string)).text)
      .to.include('Høje')
      .and.to.include(finding.reference)
    expect((await visit(agent, `/engagements/${world.planned.reference}`)).text).to.include(finding.reference)
    expect((await visit(agent, '/')).text).to.include('name an owner for the finding')
    const page = await visit(agent, `/findings/${finding.reference}`)
    expect(page.text, 'an auditor reads').to.not.include('Close the finding')
    tilsyn.moveTo('2026-12-24')
    const { agent: later } = await signedIn(tilsyn)
    expect((await visit(later, '/findings?state=overdue')).text).to.include(finding.reference)
    expect(await findingTasks('2026-12-24')).to.have.length(1)
  })
})
