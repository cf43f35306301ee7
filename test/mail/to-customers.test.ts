import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { textsToCustomers } from '../../src/customer-page/rules/wording.js'
import { filesBelow } from '../house/files.js'

/** Where mails to customers are written. Whatever else writes to somebody outside the house is named below, with to whom. */
const writing = [
  'src/audits/mails.ts',
  'src/audits/mails/shared.ts',
  'src/breaches/mails/customer.ts',
  'src/customer-page/mails.ts',
  'src/customers/mails.ts',
  'src/departures/mails/customer.ts',
  'src/notices/mails/announcement.ts',
  'src/notices/mails/answer.ts',
  'src/notices/mails/later.ts',
  'src/notices/mails/letter.ts',
  'src/notices/mails/shared.ts',
  'src/objections/mails.ts',
  'src/objections/mails/remedy.ts',
  'src/replies/mails.ts',
  'src/requests/mails.ts',
  'src/customer-page/mails/case-code.ts',
  'src/unpermitted-use/mails.ts',
]

const toOthers: [path: RegExp, whom: string][] = [
  [/^src\/(questionnaires|statements|findings|supervision)\//, 'sub-processors, whom we ask'],
  [/^src\/upstream\/mails\.ts$/, 'a sub-processor; every word is written by staff'],
  [
    /^src\/(notices|objections)\/actions\/(mails|answer-mails|readers|example)\.ts$/,
    'customers, with what is written in the rooms’ mails',
  ],
  [/^src\/replies\/rules\/case\.ts$/, 'nobody: the shape of a mail of ours that somebody answered'],
]

/** What customers read in mails and nobody words anew, and why. */
const notEditable: [key: RegExp, because: string][] = [
  [/^notices:(row|asks|supersedes)\b/, 'labels of facts and what is asked, the same in mail, page and paper'],
  [/^notices:mail\.(greeting|your-case)$/, 'to whom it goes and their own case number: facts'],
  [/^(customers|unpermitted|objections|shared):mail\.(greeting|your-case)$/, 'to whom it goes: facts'],
  [/^shared:mail\.(cases|count|customer-case)$/, 'which customers it is about: facts'],
  [
    /^notices:mail\.subject\./,
    'what kind of change it is, as the rules find it; stands in the subject as {{what}}',
  ],
  [/^notices:mail\.correction\.(before|now)$/, 'labels of the two days'],
  [
    /^answers:(when|together|together-title)$/,
    'facts of the answer, and the reason for one start for all (clause 7.3)',
  ],
  [/^objections:mail\.(reference|notice|received|by|reasons|noReasons)$/, 'labels of facts'],
  [
    /^objections:customerOutcome\./,
    'what an outcome means for the customer follows from the outcome (clause 7.3)',
  ],
  [
    /^unpermitted:mail\.(who|activity|since|until|still|data|stored|seen|discovered|unknown)$/,
    'labels of facts',
  ],
  [
    /^breaches:mail\.(greeting|your-case|subject-later|own-duty-what|own-authority|own-subjects|own-record|pass-|answer|asked)/,
    'to whom it goes; what the law and annex D.2.2 say; an answer in staff’s own words',
  ],
  [/^unpermitted:right\./, 'the rights of the customer (Art. 28, 33, 77)'],
  [
    /^departures:mail\.(facts|services|endedOn|handling|place|greeting|your-case)$/,
    'labels of facts, to whom it goes',
  ],
  [/^departures:mail\.confirmed\.kept-row$/, 'what the law keeps: rule, data and until (clause 11.2)'],
  [/^departures:(handling\.|ourselves$|paper\.file$)/, 'what is done and where; the name of the file'],
  [/^requests:(field|kind|clause)\b/, 'labels of facts, and what is asked'],
  [/^requests:mail\.(greeting|your-case)$/, 'to whom it goes: facts'],
  [/^requests:mail\.confirm-/, 'what the customer has to confirm follows from the clause (D.1, D.2.1, 4.2)'],
  [/^declaration:mail\.(greeting|your-case|period|edition|signed|hash)$/, 'to whom it goes, labels of facts'],
  [/^register:/, 'names of kinds of data, as in the register'],
  [
    /^(answers:alert|objections:mail\.(alert|wrote|withdrew|blocked|customer|inTime|answerBy|because|open)|objections:(timely|late)|remedies:confirmed|replies:mail\.(alert|greeting|open))/,
    'to staff',
  ],
]

describe('Every mail a customer gets', () => {
  it('is written where its words are looked after', () => {
    const files = filesBelow('src', '.ts').filter(({ text }) => /\bto: \{[^}]*\bcontact\b/.test(text))
    const unknown = files
      .map(({ path }) => path)
      .filter((path) => !writing.includes(path) && !toOthers.some(([known]) => known.test(path)))
    expect(unknown, 'name them in `writing`, or say to whom they write').to.deep.equal([])
  })

  it('can be worded by the organisation, but for what says a fact or a right', () => {
    const editable = new Set(textsToCustomers.map(({ key }) => key.replace(/_other$/, '')))
    const used = [...new Set(writing.flatMap((path) => keysIn(readFileSync(path, 'utf8'))))]
    const neither = used.filter(
      (key) => !editable.has(key) && !notEditable.some(([known]) => known.test(key)),
    )
    expect(neither, 'make them editable, or say why nobody may').to.deep.equal([])
    const both = used.filter((key) => editable.has(key) && notEditable.some(([known]) => known.test(key)))
    expect(both, 'editable, and said not to be').to.deep.equal([])
    expect(
      [...editable].filter((key) => !used.includes(key)),
      'editable, and in no mail',
    ).to.deep.equal([])
  })
})

/** The text keys a file names; one made of parts stands for all it can become. */
function keysIn(source: string): string[] {
  return [
    ...source.matchAll(/['"`]([a-z-]+:[\w.-]+(?:\$\{[^}]*\}[\w.-]*)*|[a-z-]+:\$\{[^}]*\}[\w.-]*)['"`]/gi),
  ].flatMap(([, key = '']) => (key.includes('${') ? keysLike(key) : [key]))
}

function keysLike(pattern: string): string[] {
  const like = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w.-]+')}$`)
  return textsIn(pattern.split(':')[0] ?? '').filter((key) => like.test(key))
}

function textsIn(namespace: string): string[] {
  const url = new URL(`../../src/i18n/locales/da/${namespace}.json`, import.meta.url)
  const keys = (texts: object, before: string): string[] =>
    Object.entries(texts).flatMap(([name, text]: [string, unknown]) =>
      typeof text === 'string' ? [`${before}${name}`] : keys(text as object, `${before}${name}.`),
    )
  return keys(JSON.parse(readFileSync(url, 'utf8')) as object, `${namespace}:`).map((key) =>
    key.replace(/_(one|other)$/, ''),
  )
}
