import { peopleByIds } from '../../auth/actions/people.js'
import type { Task } from '../../base/task.js'
import { allAudits } from '../records/audits.js'
import { anyCopyOf, countCopies } from '../records/copies.js'
import type { Audit } from '../rules/audit.js'
import { signers } from '../rules/sign.js'
import { auditUrl } from '../page/words.js'
import { signedOn } from './declarations.js'

const most = 20_000
const right = { dpo: 'audits:sign-as-dpo', management: 'audits:sign-as-management' } as const
/** A signed one that went to nobody is nobody's news any more after that many years. */
const years = 2

/** Signatures that are waited for, a signed declaration that was sent to nobody, and customers it did not reach. */
export async function declarationTasks(today: string): Promise<Task[]> {
  const from = Number(today.slice(0, 4)) - years
  const audits = (await allAudits()).filter(({ year }) => year >= from)
  const people = await peopleByIds(audits.map(({ lead }) => lead))
  const names = new Map(people.map(({ _id, name }) => [_id, name]))
  const tasks = await Promise.all(
    audits.map(async (audit) => [...signing(audit, names), ...(await sending(audit))]),
  )
  return tasks.flat()
}

function signing(audit: Audit, names: ReadonlyMap<string, string>): Task[] {
  if (audit.state !== 'to-sign') return []
  return signers
    .filter((as) => !audit.signatures.some((signature) => signature.as === as))
    .map((as) => ({
      severity: 'due',
      text: `declaration:task.sign-${as}`,
      facts: { reference: audit.reference, name: names.get(audit.lead) ?? '–' },
      note: null,
      action: 'declaration:task-action.sign',
      url: `${auditUrl(audit)}/sign`,
      post: false,
      on: null,
      needs: right[as],
    }))
}

async function sending(audit: Audit): Promise<Task[]> {
  if (audit.state !== 'signed' || !audit.papers) return []
  const url = `${auditUrl(audit)}/sending`
  const { reference } = audit
  const task = { note: null, post: false, on: signedOn(audit), needs: 'audits:conclude' as const }
  if (!(await anyCopyOf(audit._id)))
    return [
      {
        ...task,
        severity: 'due',
        text: 'declaration:task.not-sent',
        facts: { reference },
        action: 'declaration:task-action.send',
        url: `${url}/new`,
      },
    ]
  const { undelivered } = await countCopies(audit._id, most)
  if (undelivered.count === 0) return []
  return [
    {
      ...task,
      severity: 'due',
      text: 'declaration:task.undelivered',
      facts: { reference, count: undelivered.count },
      action: 'declaration:task-action.see',
      url: `${url}?state=undelivered`,
    },
  ]
}
