import type { Page } from 'playwright-core'

/** What a screen reader would call the element that has the focus, or its id. */
const focused = `(() => {
  const at = document.activeElement
  if (!at || at === document.body) return ['', '']
  const labels = at.labels ? [...at.labels].map((label) => label.textContent) : []
  const name = at.getAttribute('aria-label') ?? (labels.length > 0 ? labels.join(' ') : at.textContent)
  return [at.id, (name ?? '').replace(/\\s+/g, ' ').trim()]
})()`

/** Presses Tab until what is called so has the focus, from wherever the focus is, once around the page at the most. */
export async function reach(page: Page, wanted: RegExp, most = 200): Promise<void> {
  const passed: string[] = []
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab')
    const [id, name] = (await page.evaluate(focused)) as [string, string]
    if (wanted.test(name) || wanted.test(`#${id}`)) return
    passed.push(name || id)
  }
  throw new Error(
    `${String(wanted)} cannot be reached by keyboard; passed: ${[...new Set(passed)].join(' | ').slice(0, 1500)}`,
  )
}

/** Reaches a link or button and presses Enter; resolves when the next page is there. */
export async function press(page: Page, wanted: RegExp): Promise<void> {
  await reach(page, wanted)
  await Promise.all([page.waitForEvent('load', { timeout: 60_000 }), page.keyboard.press('Enter')])
}

/** Past the navigation, by the link that is there for it. */
export async function skip(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  if ((await page.evaluate('document.activeElement.id')) !== 'content')
    throw new Error('the first link of the page does not lead to its content')
}

export async function fill(page: Page, wanted: RegExp, text: string): Promise<void> {
  await reach(page, wanted)
  await page.keyboard.type(text)
}

/** Types a day as the browser's own parts ask for it: the order is that of its language. */
export async function fillDay(page: Page, wanted: RegExp, day: string): Promise<void> {
  await reach(page, wanted)
  const [year, month, date] = day.split('-') as [string, string, string]
  for (const order of [
    [month, date, year],
    [date, month, year],
    [year, month, date],
  ]) {
    await page.keyboard.type(order.join(''))
    if ((await page.evaluate('document.activeElement.value')) === day) return
    for (let part = 0; part < 3; part += 1) await page.keyboard.press('Shift+Tab')
    await reach(page, wanted)
  }
  throw new Error(`${day} cannot be typed`)
}

/** In a list to choose from, what begins so. */
export async function choose(page: Page, wanted: RegExp, beginning: string): Promise<void> {
  await reach(page, wanted)
  await page.keyboard.type(beginning, { delay: 20 })
}

/** Of a group of radio buttons, reached at its first, the one with this value. */
export async function pick(page: Page, group: RegExp, value: string): Promise<void> {
  await reach(page, group)
  await page.keyboard.press('Space')
  for (let count = 0; count < 12; count += 1) {
    if ((await page.evaluate('document.activeElement.value')) === value) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`${value} is not among the choices`)
}
