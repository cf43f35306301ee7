import { useApp } from '../support/app.js'
import { desktop, overflows, phone, picture, useBrowser, violations } from '../support/browser.js'
import { requestsInTown } from '../browser/requests.js'
import { addAdministrator } from '../browser/town.js'
import { aWorld, customersOf } from '../notices/world.js'
import { ensureLink, linkPath } from '../../src/auth/links.js'
import { addContract, addRedactedCopy, engagementsByIds } from '../../src/register/actions.js'
import { answerRequest } from '../../src/requests/actions.js'
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n')
describe('look', function () {
  this.timeout(600_000)
  const tilsyn = useApp()
  const { open } = useBrowser(tilsyn)
  it('x', async () => {
    const world = await aWorld(tilsyn)
    const [customer0] = await customersOf(tilsyn, world, [{ name: 'Bakkeby Kommune', caseNumber: '26/77' }])
    const person = await addAdministrator(tilsyn, 'da').then((p) => p)
    tilsyn.moveTo('2027-03-01')
    const officer = tilsyn.context({ kind: 'staff', id: person._id })
    const [old] = await engagementsByIds([world.old._id])
    const contract = await addContract(tilsyn.context(), old!, { template: 'theirs', dpaVersion: 'DPA 2.0', signedOn: '2026-02-01' }, { name: 'whole.pdf', bytes: pdf })
    const [now] = await engagementsByIds([world.old._id])
    await addRedactedCopy(tilsyn.context(), { ...now!, contract } as never, { madeOn: '2026-02-02', madeBy: 'Berit', leftOut: 'Priser i bilag 2' }, { name: 'copy.pdf', bytes: pdf })
    const recipient = { customer: customer0!._id, customerReference: customer0!.reference }
    const { open: rq, order, instruction } = await requestsInTown(officer, recipient)
    await answerRequest(officer, 'RQ-2027-002', { by: { id: person._id, name: 'Berit Åkjær' }, text: 'Værsgo.', files: [], copies: [`${world.old._id}/${contract}`], declaration: null })
    const link = await ensureLink(tilsyn.context(), { kind: 'customer', customer: customer0!._id, contact: customer0!.contacts[0]!.id, about: { kind: 'customer', id: 'x' }, expiresOn: '2028-01-01' })
    const path = linkPath(link, { key: tilsyn.house.keys.links })
    const c = `/c/${link._id}`
    for (const locale of ['da', 'en'] as const) {
      const staff = await open({ locale: locale === 'da' ? 'da-DK' : 'en-GB', as: locale === 'da' ? person : await addAdministrator(tilsyn, locale) })
      const customer = await open({ locale: 'da-DK' })
      await customer.goto(path)
      const urls: [typeof staff, string, string][] = [
        [staff, '/requests?state=all', 'list'],
        [staff, '/requests/new', 'choose'],
        [staff, '/requests/new?kind=subject-rights', 'new'],
        [staff, '/requests/tell?kind=unlawful-instruction', 'tell'],
        [staff, `/requests/${rq.reference}`, 'case'],
        [staff, `/requests/RQ-2027-002`, 'copy'],
        [staff, `/requests/${order.reference}`, 'order'],
        [staff, '/requests/copies', 'copies'],
        [staff, '/requests/days', 'days'],
        [staff, '/instructions?state=all', 'instructions'],
        [staff, '/instructions/new', 'inew'],
        [staff, `/instructions/${instruction.reference}`, 'icase'],
        [staff, '/approvals?engagement=E-0001&on=2026-12-01', 'approvals'],
        [staff, `/approvals?customer=${recipient.customerReference}`, 'approvals2'],
        [staff, '/agreement-versions', 'versions'],
        [staff, `/customers/${recipient.customerReference}`, 'cust'],
        [staff, '/', 'dash'],
        [customer, c, 'start'],
        [customer, `${c}/requests`, 'own'],
        [customer, `${c}/requests/new?kind=contract-copy`, 'ask'],
        [customer, `${c}/requests/${order.reference}`, 'ownorder'],
        [customer, `${c}/requests/${rq.reference}`, 'ownrq'],
      ]
      for (const [page, url, name] of urls) for (const [w, size] of [['desk', desktop], ['phone', phone]] as const) {
        await page.setViewportSize(size)
        const res = await page.goto(page === customer ? `${url}?lang=${locale}`.replace(/(\?.*)\?/, '$1&') : url)
        if (res?.status() !== 200) console.log(url, res?.status())
        const bad = w === 'desk' || name !== 'x' ? await violations(page) : []
        if (bad.length) console.log(name, w, locale, bad.slice(0, 4))
        const o = await overflows(page)
        if (o && (o as unknown as string[]).length) console.log('overflow', name, w, locale, o)
        if (locale === 'da' || ['case', 'ownorder', 'list'].includes(name)) await picture(page, `${name}-${w}-${locale}`)
      }
    }
  })
})
