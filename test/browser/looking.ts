import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { overflows, picture, violations } from '../support/browser.js'

/** What everybody passes: nothing axe objects to, nothing that has to be scrolled sideways; a picture where pictures are asked for. */
export async function look(page: Page, name: string): Promise<void> {
  expect(await violations(page), name).to.deep.equal([])
  expect(await overflows(page), name).to.equal(false)
  await picture(page, name)
}
