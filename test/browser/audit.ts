import type { Context } from '../../src/base/context.js'
import { auditAtWork, auditsList, testOf } from '../../src/audits/actions/read.js'
import { saveRevisited } from '../../src/audits/actions/revisited.js'
import { saveTest } from '../../src/audits/actions/testing.js'
import { marksOf } from '../../src/audits/rules/merge.js'
import { textsOfRevisited } from '../../src/audits/rules/revisited.js'
import { textsOfTest } from '../../src/audits/rules/testing.js'

/** The sample's audit, with a control that has a file, and an incident. */
export async function auditInTown(officer: Context): Promise<Record<string, Record<string, string>>> {
  const [audit] = await auditsList()
  if (!audit) throw new Error('the sample has an audit')
  const { reference } = audit
  const control = 'B.10'
  const file = { name: 'testmiljoer.txt', bytes: Buffer.from('Udtræk den 12. oktober.') }
  const typed = textsOfTest(await testOf(audit, control))
  await saveTest(officer, reference, control, { typed, marks: marksOf(typed), files: [file] })
  const texts = textsOfRevisited({
    what: { da: 'Nedbrud i telefonien', en: 'Outage of telephony' },
    on: officer.today,
    text: { da: 'Eksempel: ingen data gik tabt.', en: 'Example: no data were lost.' },
    reference: null,
  })
  const id = 'abcdefghijkmnpqrst'
  const saved = await saveRevisited(officer, reference, 'incidents', {
    id,
    typed: texts,
    marks: '',
    files: [file],
  })
  const { files } = (await auditAtWork(reference)).tests.find((test) => test.control === control) ?? {}
  return {
    '/audits/': { reference, control, file: files?.[0] ?? '', kind: 'incidents', id },
    '/audits/:reference/files/': { file: saved.audit.incidents[0]?.files[0] ?? '' },
  }
}
