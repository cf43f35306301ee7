import { expect } from 'chai'
import { filesBelow, importsOf, roomOf, type SourceFile } from './files.js'

/** From the ground up. A room may import from itself and from rooms before it. */
const floors = [
  'base',
  'db',
  'i18n',
  'audit-log',
  'files',
  'documents',
  'jobs',
  'mail',
  'auth',
  'web',
  'lists',
  'transfers',
  'customers',
  'register',
  'annex-b',
  'notices',
  'objections',
  'upstream',
  'unpermitted-use',
  'replies',
  'findings',
  'statements',
  'question-sets',
  'questionnaires',
  'supervision',
  'instructions',
  'requests',
  'breaches',
  'departures',
  'audits',
  'supervision-folder',
  'customer-page',
  'dashboard',
  'imports',
  'sample',
  'exports',
  'public-list',
  'walkthrough',
  'cli',
]

/** At the top of src, in this order: each may import every room and those before it. */
const top = ['app.ts', 'schedule.ts', 'main.ts', 'walkthrough.ts', 'cli.ts']

const sources = filesBelow('src', '.ts')

// A room's routes are mounted by app.ts and imported by nothing else, so that those of the plumbing (the log, the
// mailbox, sign-in) may use the guards and the page above them without an arrow turning round.
const isRoutes = ({ path }: { path: string }) => /^src\/[^/]+\/routes(?:\.ts|\/)/.test(path)

// rules, form, mails and page: decisions and what is read and shown, as functions of values.
const isPure = ({ path }: SourceFile) =>
  /^src\/[^/]+\/(?:rules|form|mails|page)(?:\.ts$|\/)/.test(path) && !path.startsWith('src/web/')

describe('the floors of the house', () => {
  it('know every room', () => {
    const rooms = new Set(sources.map(({ path }) => roomOf(path)).filter(Boolean))
    expect([...rooms].filter((room) => !floors.includes(room))).to.deep.equal([])
    const files = sources
      .filter(({ path }) => roomOf(path) === '')
      .map(({ path }) => path.replace('src/', ''))
    expect(files.filter((file) => !top.includes(file))).to.deep.equal([])
  })

  it('have imports that point to the room itself or down', () => {
    const turned = sources.flatMap((file) =>
      importsOf(file).flatMap(({ own }) =>
        own?.startsWith('src/') && !mayImport(file, own) ? [`${file.path} -> ${own}`] : [],
      ),
    )
    expect(turned).to.deep.equal([])
  })

  it("let no room import another room's routes", () => {
    const wrong = sources
      .filter((file) => file.path !== 'src/app.ts')
      .flatMap((file) =>
        importsOf(file).flatMap(({ own, typeOnly }) =>
          own && !typeOnly && isRoutes({ path: own }) && roomOf(own) !== roomOf(file.path)
            ? [`${file.path} -> ${own}`]
            : [],
        ),
      )
    expect(wrong).to.deep.equal([])
  })

  it('let no pure file reach for records', () => {
    const wrong = sources
      .filter(isPure)
      .flatMap((file) =>
        importsOf(file).flatMap(({ own, typeOnly }) =>
          own && !typeOnly && /^src\/[^/]+\/records(?:\.ts$|\/)/.test(own) ? [`${file.path} -> ${own}`] : [],
        ),
      )
    expect(wrong).to.deep.equal([])
  })
})

describe('the furniture of a room', () => {
  it('imports mongoose in records only', () => {
    const wrong = sources
      .filter(({ path }) => !/\/records(?:\.ts$|\/)/.test(path) && !path.startsWith('src/db/'))
      .filter((file) => importsOf(file).some(({ as, typeOnly }) => as === 'mongoose' && !typeOnly))
      .map(({ path }) => path)
    expect(wrong).to.deep.equal([])
  })

  it('keeps rules, form, mails and page pure', () => {
    const outside = /^(?:express|mongoose|nodemailer|agenda|multer|node:(?!url$|util$|crypto$).*)$/
    const impure = /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\bprocess\.|\bfetch\(|\brandomBytes\(/
    const wrong = sources
      .filter(isPure)
      .flatMap((file) => [
        ...importsOf(file).flatMap(({ as, typeOnly }) =>
          !typeOnly && outside.test(as) ? [`${file.path} imports ${as}`] : [],
        ),
        ...(impure.test(withoutComments(file.text))
          ? [`${file.path} uses ${impure.exec(withoutComments(file.text))?.[0]}`]
          : []),
      ])
    expect(wrong).to.deep.equal([])
  })

  it('reads the environment at the door only', () => {
    const door = ['src/main.ts', 'src/cli.ts', 'src/walkthrough.ts']
    const wrong = sources
      .filter(({ path }) => !door.includes(path) && !path.startsWith('src/db/engine/'))
      .filter(({ text }) => /\bprocess\.env\b/.test(withoutComments(text)))
      .map(({ path }) => path)
    expect(wrong).to.deep.equal([])
  })

  it('has files short enough to read', () => {
    const long = sources
      // The sample organisation is a list of facts, the walkthrough a story told in one go.
      .filter(({ path }) => !['sample', 'walkthrough'].includes(roomOf(path)))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > 260)
      .map(({ path, lines }) => `${path}: ${lines}`)
    expect(long).to.deep.equal([])
  })

  it('leaves nothing for later in the code', () => {
    const wrong = [...sources, ...filesBelow('test', '.ts')]
      .filter(
        ({ path, text }) =>
          !path.startsWith('test/house/') &&
          /\b(?:TODO|FIXME|XXX)\b|\b(?:it|describe)\.(?:only|skip)\(/.test(text),
      )
      .map(({ path }) => path)
    expect(wrong).to.deep.equal([])
  })
})

function mayImport(file: SourceFile, own: string): boolean {
  const [from, to] = [roomOf(file.path), roomOf(own)]
  if (from === to && from !== '') return true
  const name = (path: string) => path.replace('src/', '')
  if (to === '') {
    // The command line and the walkthrough stand beside the files at the top.
    if (from === 'cli' || from === 'walkthrough') return top.indexOf(name(own)) < top.indexOf(`${from}.ts`)
    return from === '' && top.indexOf(name(own)) < top.indexOf(name(file.path))
  }
  if (from === '') return !['cli', 'walkthrough'].includes(to) || name(file.path) === `${to}.ts`
  if (isRoutes(file) && (to === 'web' || to === 'auth')) return true
  return floors.indexOf(to) < floors.indexOf(from)
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}
