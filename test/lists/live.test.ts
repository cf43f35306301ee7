import { expect } from 'chai'
import { approve, createEngagement, createVendor, engagementByReference } from '../../src/register/actions.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { overflows, phone, useBrowser, violations } from '../support/browser.js'
import { signedIn } from '../support/people.js'

describe('Searching a list in a browser', () => {
  const tilsyn = useApp()
  const browser = useBrowser(tilsyn)

  async function opened(path: string, options: object = {}) {
    const { person } = await signedIn(tilsyn)
    for (const name of ['Ærø Hosting A/S', 'Bogholderiet', 'Ærlig Drift'])
      await createEngagement(tilsyn.context(), {
        ...engagementInput(),
        vendor: (await createVendor(tilsyn.context(), vendorInput({ name })))._id,
      })
    const page = await browser.open({ as: person, ...options })
    await page.goto(path)
    return page
  }

  it('follows what is typed: rows, count read aloud, address; the focus stays in the box', async function () {
    this.timeout(120_000)
    const page = await opened('/engagements?state=planned&sort=reference')
    await page.getByRole('searchbox').pressSequentially('aer')
    await page.getByText('Bogholderiet').waitFor({ state: 'detached' })
    await page.getByText('Ærlig Drift').waitFor()
    expect(new URL(page.url()).search).to.equal('?state=planned&sort=reference&q=aer')
    expect(await page.locator('#found').textContent()).to.equal('2 in all')
    expect(await page.evaluate('document.activeElement.name')).to.equal('q')
    await page.getByRole('searchbox').fill('')
    await page.getByText('Bogholderiet').waitFor()
    expect(new URL(page.url()).search).to.equal('?state=planned&sort=reference')
    // Chips and choices drawn by the answer work as those of a page.
    await page.locator('th.choose input').check()
    expect(await page.locator('[data-count-chosen]').textContent()).to.equal('3 chosen')
    // What was chosen stays chosen while one searches, and is sent along with what is chosen next.
    await page.getByRole('searchbox').fill('bogh')
    await page.getByText('Ærlig Drift').waitFor({ state: 'detached' })
    await page.locator('td.choose input').uncheck()
    expect(await page.locator('[data-count-chosen]').textContent()).to.equal('2 chosen (2 not shown here)')
    await page.getByRole('button', { name: 'Change those chosen' }).click()
    await page.getByText('E-0001, E-0003').waitFor()
    // The way back leads to the search, and from a record as well.
    await page.getByRole('link', { name: 'To the list' }).click()
    expect(new URL(page.url()).search).to.equal('?q=bogh&state=planned&sort=reference')
    await page.locator('#results').getByRole('link', { name: 'Bogholderiet' }).click()
    await page.getByRole('link', { name: 'Engagements', exact: true }).and(page.locator('.back a')).click()
    expect(new URL(page.url()).searchParams.get('q')).to.equal('bogh')
    // Where the answer does not come, that is said where the rows begin.
    await page.route('**/engagements?*', (route) => route.abort())
    await page.getByRole('searchbox').fill('aer')
    await page.getByText('The list could not be fetched').waitFor()
    await page.unroute('**/engagements?*')
    await page.getByRole('searchbox').fill('aerl')
    await page.getByText('Ærlig Drift').waitFor()
    expect(await page.locator('#found').textContent()).to.equal('1 in all')
  })

  it('finds nothing wrong for those who cannot see or who hold a phone', async function () {
    this.timeout(120_000)
    const page = await opened('/engagements?state=planned&q=aer', { viewport: phone })
    for (const summary of await page.locator('main summary').all()) await summary.click()
    expect(await violations(page)).to.deep.equal([])
    expect(await overflows(page)).to.equal(false)
    await page.goto('/engagements/several?all=yes&asked=q%3Daer&action=assurance&owed=yes')
    expect(await violations(page)).to.deep.equal([])
    expect(await overflows(page)).to.equal(false)
  })

  it('follows what is typed on the list of what is approved, too', async function () {
    this.timeout(120_000)
    const page = await opened('/register')
    const { _id } = (await engagementByReference('E-0001'))!
    const from = tilsyn.today()
    await approve(tilsyn.context(), [
      { customer: 'k', engagement: _id, from, notice: null, kind: 'baseline' },
    ])
    await page.goto('/register')
    await page.locator('#results').getByText('Ærø Hosting A/S').waitFor()
    await page.getByRole('searchbox').pressSequentially('zzz')
    await page.locator('#results').getByText('Ærø Hosting A/S').waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.get('q')).to.equal('zzz')
    await page.getByRole('searchbox').fill('aeroe')
    await page.locator('#results').getByText('Ærø Hosting A/S').waitFor()
    expect(await page.locator('h1').count()).to.equal(1)
  })

  it('works without scripts by the button', async function () {
    this.timeout(120_000)
    const page = await opened('/engagements', { javaScriptEnabled: false })
    await page.getByRole('searchbox').fill('bogh')
    await page.getByRole('button', { name: 'Find' }).click()
    expect(await page.locator('[data-count]').textContent()).to.equal('1 in all')
  })
})
