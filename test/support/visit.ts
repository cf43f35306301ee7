import { expect } from 'chai'
import type { Express } from 'express'
import request from 'supertest'
import type { Agent } from './people.js'

export type Visited = {
  status: number
  html: string
  h1: string
  lang: string
  /** What a reader sees, blanks in a row as one. */
  text: string
  links: string[]
}

/**
 * Opens a page and checks what must hold for each: one h1 that the title begins with, unique ids, a label for every
 * control, the token in every POST form, a language, and no text that escaped from the code. By an agent, or signed out.
 */
export async function visit(by: Agent | Express, url: string, expected = 200): Promise<Visited> {
  const agent = 'jar' in by ? (by as Agent) : request(by as Express)
  const answer = await agent.get(url)
  expect(answer.status, `${url} -> ${answer.headers['location'] ?? answer.text.slice(0, 300)}`).to.equal(
    expected,
  )
  return inspect(answer.text, answer.status, url)
}

/** The same for a page that came as an answer to a form. */
export function inspect(html: string, status: number, url = 'the answer'): Visited {
  const headings = [...html.matchAll(/<h1[^>]*>([\s\S]*?)<\/h1>/g)].map((match) => plain(match[1] ?? ''))
  expect(headings, `${url}: one h1`).to.have.length(1)
  const h1 = headings[0] ?? ''
  const title = plain(/<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? '')
  expect(h1, `${url}: h1`).not.to.equal('')
  expect(title.startsWith(h1), `${url}: title '${title}' begins with h1 '${h1}'`).to.equal(true)
  const lang = /<html lang="(da|en)">/.exec(html)?.[1] ?? ''
  expect(lang, `${url}: language`).not.to.equal('')

  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1] ?? '')
  expect(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    `${url}: ids used twice`,
  ).to.deep.equal([])
  for (const [, reference] of html.matchAll(/\s(?:for|aria-describedby|aria-controls)="([^"]*)"/g))
    for (const id of (reference ?? '').split(' ')) expect(ids, `${url}: refers to #${id}`).to.include(id)
  for (const [, id] of html.matchAll(/href="#([^"]+)"/g))
    expect(ids, `${url}: links to #${id}`).to.include(id)

  for (const [control] of html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)) {
    if (/type="(?:hidden|submit)"|aria-hidden="true"/.test(control)) continue
    const id = /\sid="([^"]+)"/.exec(control)?.[1]
    const labelled =
      /aria-label(?:ledby)?="[^"]+"/.test(control) || (id !== undefined && html.includes(`for="${id}"`))
    expect(labelled, `${url}: no label for ${control}`).to.equal(true)
  }
  for (const [form] of html.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/gi))
    expect(form, `${url}: form without token`).to.include('name="_csrf"')
  expect(html, `${url}: style or script inline`).not.to.match(
    /\sstyle="|<style|<script(?![^>]*\ssrc=)|\son[a-z]+="/,
  )

  const text = plain(html.replace(/<head>[\s\S]*?<\/head>/, ''))
  // Where texts with placeholders are shown to be edited, they are meant to be seen.
  const made = html.replace(/<(\w+)\b[^>]*\sdata-words\b[\s\S]*?<\/\1>/g, '')
  expect(made, `${url}: escaped from the code`).not.to.match(
    /\bundefined\b|\[object |\bNaN\b|Invalid (?:Date|DateTime)|\{\{/,
  )
  const keys = text.match(
    /\b[a-z][a-z-]+:[a-z][a-z-]*(?:\.[a-z][a-z0-9-]*)+\b|\b(?:problems|refusals):[a-z-]+/g,
  )
  expect(keys, `${url}: raw text keys`).to.equal(null)
  return {
    status,
    html,
    h1,
    lang,
    text,
    links: [...html.matchAll(/href="(\/[^"]*)"/g)].map((match) => match[1] ?? ''),
  }
}

function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(
      /&(amp|lt|gt|quot|#34|#39);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'" })[name] ?? '',
    )
    .replace(/\s+/g, ' ')
    .trim()
}
