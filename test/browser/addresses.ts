/** An address to open for every page the application has. */
import { giveCode } from '../../src/auth/actions/codes.js'
import { addPerson } from '../../src/auth/actions/people.js'
import { linksFor } from '../../src/auth/links.js'
import type { Context } from '../../src/base/context.js'
import type { Recipient } from '../../src/notices/actions.js'
import { customersByIds, editGeneral } from '../../src/customers/actions.js'
import { saveView } from '../../src/lists/actions.js'
import { papersOf } from '../../src/notices/records/papers.js'
import { routesOf, type RouteEntry } from '../../src/web/routes-of.js'
import type { Tilsyn } from '../support/app.js'
import { signedIn, submitFiles } from '../support/people.js'
import { askingInTown } from './asking.js'
import { auditInTown } from './audit.js'
import { declarationInTown } from './declaration.js'
import { breachInTown } from './breach.js'
import { contractInTown } from './contract.js'
import { departureInTown, folderInTown } from './departure.js'
import { draftSetInTown } from './question-set.js'
import { publicListInTown } from './public-list.js'
import { replyInTown } from './reply.js'
import { statementInTown } from './statement.js'
import { upstreamInTown, useCaseInTown } from './upstream.js'
import { questionnaireInTown } from './respondent.js'
import { requestsInTown } from './requests.js'
import { findingInTown, reviewInTown } from './review.js'
import { supervisionInTown } from './supervision.js'
import { linkTo, mailTo, settledRecipient, type Town } from './town.js'

export type Address = Pick<RouteEntry, 'guard'> & { path: string; name: string }

/** What stands in an address where its route has a parameter, by the beginning of the route; `query` is what follows it. */
type Examples = Record<string, Record<string, string>>

/** Pages that are there once only have a test of their own. */
const once = /^\/((l|set-up)\/|sign-in\/code$|account\/second-factor\/set-up$)/

/**
 * One for each GET route, read from the application itself, and some more for pages that look different with other things on them.
 * A new page below a known one needs no line here; for anything else it says what is missing.
 */
export async function addressesOf(tilsyn: Tilsyn, town: Town): Promise<Address[]> {
  const routes = routesOf(tilsyn.app).filter(({ method, path }) => method === 'get' && !once.test(path))
  const examples = await examplesIn(tilsyn, town)
  if (routes.some(({ path }) => path.startsWith('/imports/:id')))
    examples['/imports/'] = { id: await imported(tilsyn), row: '3' }
  const each = routes.map((route) => addressOf(route, filled(route.path, examples)))
  const others = more(town).map(([route, path]) => {
    const found = routes.find((known) => known.path === route)
    if (!found) throw new Error(`no route ${route} any more`)
    return addressOf(found, path)
  })
  return [...each, ...others]
}

/** Of an address, as a file's name: 'notices-reference-edit'. */
export function nameOf(path: string): string {
  const [address = '', query] = path.split('?')
  const words = address.replaceAll(':', '').split('/').filter(Boolean)
  return [...(words.length > 0 ? words : ['dashboard']), ...(query ? [query.split('=')[0]] : [])].join('-')
}

function addressOf({ path: route, guard }: RouteEntry, path: string): Address {
  const query = path.split('?')[1]
  return { guard, path, name: nameOf(query ? `${route}?${query}` : route) }
}

async function examplesIn(tilsyn: Tilsyn, town: Town): Promise<Examples> {
  const { draft, issued, settled, officer } = town
  const recipient = settledRecipient(town)
  const [customer] = await customersByIds([recipient.customer])
  const [bought] = customer?.services ?? []
  // A processor itself, so that there is something to pass on.
  if (customer) await editGeneral(officer, customer, { ...customer, isProcessor: true })
  const [paper] = await papersOf(issued._id)
  const { page } = await linkTo(tilsyn, recipient)
  const link = page.replace('/c/', '')
  const contract = await contractInTown(tilsyn)
  const objection = { reference: settled.reference, file: settled.files[0] ?? '' }
  const view = await saveView(
    officer,
    { _id: officer.actor.id, mayTidy: false },
    { list: 'engagements', name: 'Uden for EU/EØS', query: 'outside=yes&sort=risk', shared: true },
  )
  const questionnaire = await questionnaireInTown(officer)
  const statement = await statementInTown(officer)
  const asking = await askingInTown(officer)
  const finding = await findingInTown(officer)
  const breach = await breachInTown(officer, recipient)
  const requests = await requestsInTown(officer, recipient)
  const departure = await departureInTown(tilsyn, officer, recipient)
  const folder = await folderInTown(officer, recipient)
  const invited = await addPerson(tilsyn.context(), {
    email: 'ny@nordvang.example',
    name: 'Ny Medarbejder',
    role: 'officer',
    locale: 'da',
  })
  return {
    '/vendors/': { reference: 'V-0001' },
    '/engagements/': { reference: 'E-0001' },
    '/engagements/:reference/contracts/': contract,
    '/engagements/:reference/places/': contract,
    '/sites/': { reference: 'L-01' },
    '/services/': { reference: 'S-01' },
    '/customers/': {
      reference: customer?.reference ?? '',
      contact: customer?.contacts[0]?.id ?? '',
      service: bought?.service ?? '',
      from: bought?.from ?? '',
    },
    '/notices/': {
      reference: issued.reference,
      line: issued.lines[0]?.id ?? '',
      customer: recipient.customerReference,
    },
    '/notices/:reference/edit': { reference: draft.reference },
    '/notices/:reference/issue': { reference: draft.reference },
    '/notices/:reference/preview': { reference: draft.reference },
    '/notices/:reference/preview/': { query: `customer=${recipient.customerReference}` },
    '/objections/': objection,
    '/upstream/': await upstreamInTown(town),
    '/unpermitted-use/': await useCaseInTown(town, tilsyn),
    '/replies/': await replyInTown(tilsyn, recipient),
    '/supervision/engagements/': await supervisionInTown(officer),
    '/question-sets/': { id: 'gdpr-subprocessor-yearly', version: '2026.1' },
    '/question-sets/drafts/': await draftSetInTown(officer),
    '/people/': { id: officer.actor.id },
    '/files/': { id: paper?.pdf ?? '' },
    '/mail-texts/': { group: 'announcement-notice', text: 'lead.notice', language: 'da' },
    '/mailbox/': { mail: await mailTo(recipient), number: '1' },
    '/c/': { link, reference: issued.reference },
    '/c/:link/objections/': objection,
    '/c/:link/others/': { customer: recipient.customerReference },
    '/v/': questionnaire,
    '/v/:link/finding': { link: finding.link, file: finding.file },
    '/findings/': finding,
    '/breaches/': { reference: breach.reference, customer: breach.customer, file: breach.file },
    '/breaches/:reference/customers/:customer/files/': { file: breach.own },
    '/c/:link/breaches/': { reference: breach.reference },
    '/v/:link/breach': { link: breach.link },
    ...(await auditInTown(officer)),
    '/audits/:reference/figures/': { key: 'notices.customers' },
    ...(await declarationInTown(officer, recipient)),
    '/requests/': requests.open,
    '/instructions/': requests.instruction,
    '/c/:link/requests/': requests.order,
    '/c/:link/instructions/files/': { file: requests.instruction.file },
    '/c/:link/requests/new': { query: 'kind=contract-copy' },
    '/requests/new': { query: 'kind=authority-visit' },
    '/approvals': { query: `customer=${recipient.customerReference}` },
    '/departures/': departure,
    '/c/:link/supervision/': folder,
    '/customers/:reference/supervision-folders/': folder,
    '/c/:link/departures/': { reference: departure.reference, number: '1' },
    '/v/:link/deletion': { link: departure.link, file: departure.vendorFile },
    '/questionnaires/': { reference: questionnaire.reference },
    '/questionnaires/campaigns/': { campaign: asking.campaign },
    '/questionnaires/:reference/edit': { reference: asking.prepared },
    '/questionnaires/:reference/preview': { reference: asking.prepared },
    '/calendar/': { token: asking.token },
    '/questionnaires/:reference/review': await reviewInTown(officer),
    '/questionnaires/:reference/public': { reference: questionnaire.reference, section: 'S08' },
    '/statements/': statement.concluded,
    '/statements/:reference/read': { reference: statement.unread },
    '/statements/:reference/review': { reference: statement.reviewed },
    '/statements/:reference/ask-again': { reference: statement.asked },
    '/v/:link/statement': { link: statement.link },
    '/c/:link/codes/': { code: await codeInTown(officer, recipient, link, issued.reference) },
    '/password/': { token: invited.token },
    '/register/corrections': { query: `customer=${recipient.customerReference}` },
    '/countries/': { code: 'GB' },
    '/decisions/': { id: 'US-2023' },
    '/decisions/:id/leave': { id: 'DE-EEA' },
    '/views/': { id: view._id },
    '/sub-processors/': await publicListInTown(tilsyn, officer),
  }
}

/** A code that the contact behind the link has asked for. */
async function codeInTown(
  officer: Context,
  { _id, customer }: Pick<Recipient, '_id' | 'customer'>,
  link: string,
  notice: string,
): Promise<string> {
  const found = (await linksFor('recipient', _id)).find((each) => each._id === link)
  const code = await giveCode(officer, {
    customer,
    contact: found?.contact ?? '',
    about: { kind: 'recipient', id: _id },
    what: {
      kind: 'answer',
      notice,
      lines: [],
      waive: [],
      instruction: null,
      by: { name: 'Jens Holm', title: 'Direktør' },
      words: ['Bakkeby Kommune godkender: Fjordbackup ApS tilføjes.'],
    },
  })
  return code._id
}

/** A file that has been read in, one of its rows with a fault. */
async function imported(tilsyn: Tilsyn): Promise<string> {
  const { agent } = await signedIn(tilsyn, 'administrator')
  const bytes = Buffer.from('Firma;Aktivitet;Land\nNordbackup ApS;Drift;Danmark\nNarnia ApS;Support;Narnia\n')
  const files = [{ field: 'file', name: 'liste.csv', bytes }]
  const answer = await submitFiles(agent, '/imports', { register: 'register' }, files)
  return /\/imports\/([^/]+)/.exec(String(answer.headers['location']))?.[1] ?? ''
}

function more({ draft, open, issued, recipients }: Town): [route: string, path: string][] {
  const [first] = recipients
  return [
    ['/notices/:reference', `/notices/${draft.reference}`],
    ['/notices/:reference', `/notices/${issued.reference}?phase=objecting`],
    [
      '/notices/:reference/recipients/:customer',
      `/notices/${issued.reference}/recipients/${first?.customerReference}?first=yes`,
    ],
    ['/objections/:reference', `/objections/${open.reference}?open=yes`],
    ['/objections/new', `/objections/new?recipient=${encodeURIComponent(first?._id ?? '')}`],
    ['/replies', '/replies?show=all'],
    ['/breaches', '/breaches?q=intet+af+det+navn'],
    ['/requests', '/requests?state=all&q=RQ'],
    ['/requests/new', '/requests/new'],
    ['/requests/tell', '/requests/tell?kind=unlawful-instruction'],
    ['/instructions', '/instructions?state=all&country=US'],
    ['/approvals', '/approvals?engagement=E-0001&on=2026-12-01'],
    ['/departures', '/departures?q=intet+af+det+navn'],
    ['/departures/new', '/departures/new?engagement=E-0001'],
    ['/customers', '/customers?q=nobody+of+that+name'],
    ['/engagements/new', '/engagements/new?vendor=V-0001'],
    ['/questionnaires/new', '/questionnaires/new?vendor=V-0001'],
    ['/questionnaires', '/questionnaires?q=intet+af+det+navn'],
    ['/statements', '/statements?q=intet+af+det+navn'],
    ['/statements/request', '/statements/request?vendor=V-0001'],
    ['/engagements', '/engagements?q=ho&country=DK&sort=missing&columns=name,number,address,customers,state'],
    ['/vendors', '/vendors?missing=any&sort=risk'],
    ['/customers', '/customers?authorisation=general&sort=changed'],
    ['/engagements/several', '/engagements/several?all=yes&action=assurance&owed=yes'],
    ['/vendors/several', '/vendors/several?ids=V-0001,V-0002'],
    ['/register/chain', '/register/chain?as=table'],
    ['/register/worklist', '/register/worklist?by=field'],
    ['/engagements/:reference/move', '/engagements/E-0001/move?to=E-0002'],
  ]
}

/** The longest beginning that has the parameter decides. */
function filled(route: string, examples: Examples): string {
  const fitting = Object.keys(examples)
    .filter((beginning) => route.startsWith(beginning))
    .toSorted((a, b) => b.length - a.length)
  const valueOf = (name: string) =>
    fitting.map((beginning) => examples[beginning]?.[name]).find((each) => each !== undefined)
  const path = route.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = valueOf(name)
    if (!value) throw new Error(`no example of :${name} for ${route}: add it to examplesIn`)
    return encodeURIComponent(value)
  })
  const query = valueOf('query')
  return query ? `${path}?${query}` : path
}
