import { expect } from 'chai'
import { upstreamOf } from '../../src/upstream/actions.js'
import { paper, scanned } from '../../bench/statements/paper.js'
import { useApp } from '../support/app.js'
import { signedIn, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { anEngagement, aWorld } from '../notices/world.js'

const letter = [
  { text: 'Svendborg Lager ApS, 20. november 2026' },
  { heading: 'Varsel om ny underdatabehandler' },
  {
    text: 'Vi tager fra den 15. januar 2027 en ny underdatabehandler i brug til opbevaring af sikkerhedskopier. Som vores kunde kan du gøre ind-\nsigelse mod ændringen indtil den 20. december 2026. Skriv til privacy@nyborg.example.',
  },
]

describe('a sub-processor’s letter', () => {
  const tilsyn = useApp()

  async function received(name: string, bytes: Buffer, text = '') {
    const world = await aWorld(tilsyn)
    await anEngagement(tilsyn, 'Svendborg Lager ApS', [world.hosting._id])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const fields = { receivedOn: '2026-11-23', once: 'a', text, from: '', subject: '' }
    const answer = await submitFiles(agent, '/upstream/new', fields, [{ field: 'file', name, bytes }])
    expect(answer.status, answer.text.slice(0, 400)).to.equal(303)
    const edit = String(answer.headers['location'])
    return { agent, edit, notice: await upstreamOf(edit.split('/')[2] ?? '') }
  }

  it('that comes as a PDF is read like a mail, and confirmed by a person', async () => {
    const { agent, edit, notice } = await received('varsel.pdf', await paper(letter))
    expect(notice).to.deep.include({ startsOn: '2027-01-15', objectUntil: '2026-12-20', state: 'received' })
    expect(notice.kinds).to.deep.equal(['addition'])
    // Parted at the end of a line, and one word all the same.
    expect(notice.text).to.include('gøre indsigelse mod ændringen')
    const page = await visit(agent, edit)
    expect(page.text).to.include('limit to object').and.include('indtil den 20. december 2026')
  })

  it('that is attached to a mail which says nothing itself is read with the mail', async () => {
    const pdf = (await paper(letter)).toString('base64').replaceAll(/(.{76})/g, '$1\r\n')
    const mail = [
      'From: Privacy Team <privacy@nyborg.example>',
      'Subject: Varsel',
      'Date: Fri, 20 Nov 2026 08:00:00 +0100',
      'Content-Type: multipart/mixed; boundary="part"',
      '',
      '--part',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Se det vedhæftede brev.',
      '--part',
      'Content-Type: application/pdf; name="varsel.pdf"',
      'Content-Disposition: attachment; filename="varsel.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      pdf,
      '--part--',
      '',
    ].join('\r\n')
    const { notice } = await received('varsel.eml', Buffer.from(mail))
    expect(notice.text).to.match(/^Se det vedhæftede brev\./)
    expect(notice).to.deep.include({ startsOn: '2027-01-15', objectUntil: '2026-12-20' })
  })

  it('that is only a picture is kept, with what was typed beside it', async () => {
    const { notice } = await received('scan.pdf', await scanned(), 'Effective as of 1 March 2027.')
    expect(notice).to.deep.include({ text: 'Effective as of 1 March 2027.', startsOn: '2027-03-01' })
    expect(notice.file).to.be.a('string')
  })
})
