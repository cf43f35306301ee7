/** The address that was reached, and what stands there. */
export type Page = { address: string; html: string }

/** A customer's contact with a browser: follows the link in the mail, reads pages, sends their forms. */
export type Visitor = {
  open: (address: string) => Promise<Page>
  /** Sends the form on the page whose action ends so, with what the contact fills in. */
  send: (page: Page, action: string, fields?: Record<string, string>) => Promise<string>
}

export function newVisitor(): Visitor {
  const jar = new Map<string, string>()

  async function request(address: string, init: RequestInit = {}): Promise<Page> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(address, {
      ...init,
      redirect: 'manual',
      headers: { cookie, 'accept-language': 'en' },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const next = response.headers.get('location')
    if (next) return request(new URL(next, address).href)
    const html = await response.text()
    if (!response.ok) throw new Error(`a customer’s page answered ${response.status}`)
    return { address, html }
  }

  return {
    open: (address) => request(address),
    send: async (page, action, fields = {}) => {
      const form = page.html
        .split('<form')
        .slice(1)
        .find((part) => /action="([^"]*)"/.exec(part)?.[1]?.endsWith(action))
      if (!form) throw new Error('a customer’s page lacks the form the walkthrough expects')
      const body = new FormData()
      for (const [field] of form.split('</form>')[0]?.matchAll(/<input type="hidden"[^>]*>/g) ?? [])
        body.set(/name="([^"]*)"/.exec(field)?.[1] ?? '', /value="([^"]*)"/.exec(field)?.[1] ?? '')
      for (const [name, value] of Object.entries(fields)) body.set(name, value)
      const target = new URL(/action="([^"]*)"/.exec(form)?.[1] ?? '', page.address).href
      const multipart = form.includes('multipart/form-data')
      const sent = await request(target, { method: 'POST', body: multipart ? body : plainForm(body) })
      return sent.address
    },
  }
}

function plainForm(body: FormData): URLSearchParams {
  return new URLSearchParams(
    [...body].map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : '']),
  )
}
