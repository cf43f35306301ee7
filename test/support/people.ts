import request from 'supertest'
import type { Locale } from '../../src/base/context.js'
import { insertStaff } from '../../src/auth/actions/people.js'
import { sessionCookie, startSession } from '../../src/auth/actions/sessions.js'
import { editOrganisation, type OrganisationInput } from '../../src/auth/organisation.js'
import { hashPassword } from '../../src/auth/passwords.js'
import type { Role } from '../../src/auth/permissions.js'
import type { Person } from '../../src/auth/request.js'
import type { Tilsyn } from './app.js'

export const password = 'seven blue bicycles'

export const ourOrganisation: OrganisationInput = {
  name: 'Nordvang Drift A/S',
  registration: { kind: 'CVR', number: '35240136' },
  address: 'Havnegade 12\n5000 Odense C',
  dpo: { name: 'Karen Østergård', email: 'dpo@nordvang.example', phone: '+45 70 10 20 30' },
  locales: ['da', 'en'],
  replyTo: 'varsler@nordvang.example',
}

export type Agent = ReturnType<typeof request.agent>

export type SignedIn = { agent: Agent; person: Person }

/** The organisation is there: most pages name it. */
export async function organise(tilsyn: Tilsyn, changes: Partial<OrganisationInput> = {}): Promise<void> {
  await editOrganisation(tilsyn.context(), { ...ourOrganisation, ...changes })
}

let count = 0
// Once: a hash is meant to take long, and two thousand tests have somebody signed in.
let hashed: Promise<string> | undefined

/** A person of that role with a session of their own; the organisation is made where it is missing. */
export async function signedIn(
  tilsyn: Tilsyn,
  role: Role = 'officer',
  locale: Locale = 'en',
): Promise<SignedIn> {
  await organise(tilsyn)
  const person = await insertStaff(
    tilsyn.context(),
    { email: `${role}-${(count += 1)}@nordvang.example`, name: `Anders ${role}`, role, locale },
    await (hashed ??= hashPassword(password)),
  )
  const token = await startSession(tilsyn.context({ kind: 'staff', id: person._id }), person, 'a test')
  const agent = request.agent(tilsyn.app)
  agent.jar.setCookie(`${sessionCookie}=${token}; Path=/`, '127.0.0.1')
  return { agent, person }
}

export function anonymous(tilsyn: Tilsyn): Agent {
  return request.agent(tilsyn.app)
}

type Fields = Record<string, string | string[] | number | undefined>

/** Opens the page with the form and sends it with the page's token, as a browser would. Names as in the form: 'name[da]'. */
export async function submit(agent: Agent, from: string, fields: Fields, to = from) {
  const body = new URLSearchParams()
  for (const [name, value] of await hiddenIn(agent, from, to)) body.append(name, value)
  for (const [name, value] of Object.entries(fields))
    for (const one of [value ?? []].flat()) body.append(name, String(one))
  return agent.post(to).type('form').send(body.toString())
}

/** As `submit`, for forms with files. */
export async function submitFiles(
  agent: Agent,
  from: string,
  fields: Fields,
  files: { field: string; name: string; bytes: Buffer }[],
  to = from,
) {
  // Before the request is made: it takes along the cookies the agent has by then.
  const hidden = await hiddenIn(agent, from, to)
  const sending = agent.post(to)
  for (const [name, value] of hidden) sending.field(name, value)
  for (const [name, value] of Object.entries(fields))
    for (const one of [value ?? []].flat()) sending.field(name, String(one))
  for (const { field, name, bytes } of files) sending.attach(field, bytes, name)
  return sending
}

/** The page's token, and what the form calls itself where the page has several. */
async function hiddenIn(agent: Agent, page: string, to: string): Promise<[string, string][]> {
  const { status, text } = await agent.get(page).redirects(3)
  const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1]
  if (!token) throw new Error(`${page} (${status}) has no form with a token`)
  const form = text.split(`action="${to}"`)[1]?.split('</form>')[0] ?? ''
  const name = /name="_form" value="([^"]+)"/.exec(form)?.[1]
  return [['_csrf', token], ...(name ? [['_form', name] as [string, string]] : [])]
}
