import { dirname, join } from 'node:path'
import ejs from 'ejs'
import { expect } from 'chai'
import { filesBelow } from './files.js'

const root = new URL('../../', import.meta.url).pathname
const views = filesBelow('views', '.ejs')
const sources = filesBelow('src', '.ts')

describe('every view', () => {
  for (const { path, text } of views)
    it(`${path} compiles`, () => {
      ejs.compile(text, { filename: `${root}${path}` })
    })

  it('prints raw only partials, the token field and what is named as HTML', () => {
    const raw = views.flatMap(({ path, text }) =>
      [...text.matchAll(/<%-\s*([^%]*?)\s*-?%>/gs)]
        .map(([, code = '']) => code)
        .filter(
          (code) => !/^(?:include|formNamed)\(/.test(code) && !['csrfField', 'labelOf(field)'].includes(code),
        )
        .map((code) => `${path}: ${code}`),
    )
    // The layout of HTML mails gets the body its own renderer has escaped.
    expect(raw.filter((one) => !one.startsWith('views/mail/'))).to.deep.equal([])
  })

  it('has no script and no style of its own: the content security policy would stop them', () => {
    const inline = views
      .filter(({ path }) => !path.startsWith('views/mail/'))
      .filter(({ text }) =>
        /<style|\sstyle="|<script(?![^>]*src=)|\son(?:click|submit|change|load)=/.test(text),
      )
    expect(inline.map(({ path }) => path)).to.deep.equal([])
  })

  it('names its forms where it has several: what is typed in one is not shown in another', () => {
    // A mere button has nothing that could be typed.
    const asks = (form: string) => /include\(|<textarea|<select|<input (?!type="hidden")/.test(form)
    const formsOf = (path: string): string[] => {
      const text = views.find((view) => view.path === path)?.text ?? ''
      const own = (text.match(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g) ?? []).filter(asks)
      const parts = [...text.matchAll(/include\('([^']+)'/g)].map(([, name = '']) =>
        join(dirname(path), `${name}.ejs`),
      )
      const included = new Set(parts.filter((part) => part !== path && !part.includes('/partials/')))
      return [...own, ...[...included].flatMap(formsOf)]
    }
    const unnamed = views
      .filter(({ path }) => !path.includes('/partials/'))
      .map(({ path }) => [path, formsOf(path)] as const)
      .filter(([, forms]) => forms.length > 1 && forms.some((form) => form.includes('csrfField')))
    expect(unnamed.map(([path]) => path)).to.deep.equal([])
  })

  it('is shown by some route or included by some view', () => {
    const unused = views
      .map(({ path }) => path.replace(/^views\//, '').replace(/\.ejs$/, ''))
      .filter((name) => !name.startsWith('mail/'))
      .filter((name) => {
        const base = name.split('/').at(-1) ?? ''
        return (
          !sources.some(({ text }) => text.includes(`'${name}'`)) &&
          !views.some(({ text }) => new RegExp(`include\\('(?:[^']*/)?${base}'`).test(text))
        )
      })
    expect(unused).to.deep.equal([])
  })
})
