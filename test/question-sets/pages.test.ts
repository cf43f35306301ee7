import { expect } from 'chai'
import { changedInUse, freeze, openQuestionSets, questionSet } from '../../src/question-sets/actions.js'
import { draftsToList } from '../../src/question-sets/actions/drafts.js'
import { BrokenQuestionSets, setsFolder } from '../../src/question-sets/reading/files.js'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workbookOf } from '../imports/files.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { smallSet } from './builders.js'

const yearly = '/question-sets/gdpr-subprocessor-yearly/2026.1'

describe('Question sets in use', () => {
  const tilsyn = useApp()
  let folder = ''
  const file = () => join(folder, 'small.2026.1.yaml')

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-sets-'))
    await writeFile(file(), smallSet)
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
    await openQuestionSets(setsFolder)
  })

  it('never change under a respondent: what was asked stays, and the change is told', async () => {
    await openQuestionSets(folder)
    await freeze(questionSet('small', '2026.1'))
    await writeFile(file(), smallSet.replace('Hvornår?', 'Hvornår præcis?'))
    expect(await openQuestionSets(folder)).to.deep.equal({ changed: ['small@2026.1'] })
    expect(questionSet('small', '2026.1').questions[1]?.text.da).to.equal('Hvornår?')
    expect(changedInUse()).to.deep.equal(['small@2026.1'])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    expect((await visit(agent, '/question-sets')).text)
      .to.include('File was changed')
      .and.include('Give the change a version of its own')
  })

  it('are still there when their file is gone, and may not be asked anew', async () => {
    await openQuestionSets(folder)
    await freeze(questionSet('small', '2026.1'))
    await rm(file())
    expect(await openQuestionSets(folder)).to.deep.equal({ changed: [] })
    expect(questionSet('small', '2026.1').questions).to.have.length(2)
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    expect((await visit(agent, '/question-sets')).text).to.include('File is gone')
    expect((await visit(agent, '/question-sets/small/2026.1')).h1).to.equal('Small')
  })

  it('are frozen as they were first asked, however often they are', async () => {
    await openQuestionSets(folder)
    const set = questionSet('small', '2026.1')
    await freeze(set)
    const again = await freeze({ ...set, title: { da: 'Anden', en: 'Other' } })
    expect(again.title.en).to.equal('Small')
  })

  it('stop the start where a file is broken, with file, line and reason', async () => {
    await writeFile(
      join(folder, 'other.2026.1.yaml'),
      smallSet.replace('id: small', 'id: other').replace('q: A.1', 'q: A.7'),
    )
    const error = await openQuestionSets(folder).catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(BrokenQuestionSets)
    expect((error as Error).message).to.match(/other\.2026\.1\.yaml:34: unknown id in a condition/)
  })

  it('must be named after their id and version', async () => {
    await cp(file(), join(folder, 'copy.yaml'))
    const error = (await openQuestionSets(folder).catch((reason: unknown) => reason)) as Error
    expect(error.message)
      .to.include('the file must be named small.2026.1.yaml')
      .and.include('small@2026.1 is already in')
  })

  it('show what a new version changes', async () => {
    const next = smallSet
      .replace("'2026.1'", "'2026.2'")
      .replace('When?', 'When exactly?')
      .replace('weight: 2', 'weight: 5')
    await writeFile(join(folder, 'small.2026.2.yaml'), next)
    await openQuestionSets(folder)
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const { text, h1 } = await visit(agent, '/question-sets/small/2026.2/differences')
    expect(h1).to.equal('Differences to version 2026.1')
    expect(text).to.include('0 new, 0 removed, 2 changed and 0 unchanged')
    expect(text).to.include('Wording When? When exactly?').and.include('Weight 2 5')
    expect((await visit(agent, '/question-sets')).text).to.include('Earlier version')
    await visit(agent, '/question-sets/small/2026.2/differences?from=nobody@1', 404)
  })
})

describe('The pages of question sets', () => {
  const tilsyn = useApp()

  it('show a set as it is asked, in both languages, with conditions in words', async () => {
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    expect((await visit(agent, '/question-sets')).links).to.include(yearly)
    const english = await visit(agent, yearly)
    expect(english.text)
      .to.include('Shown where the answer to S01.04 is “No – by our assessment it is not required”.')
      .and.include(
        'a country outside the EU/EEA is named in S08.01 or a country outside the EU/EEA is named in S08.02',
      )
      .and.include('Finding (critical): Transfer without a valid basis')
    const danish = await visit(agent, `${yearly}?in=da`)
    expect(danish.lang).to.equal('en')
    expect(danish.text).to.include(
      'Vises, når svaret på S01.04 er »Nej – efter vores vurdering er det ikke påkrævet«.',
    )
  })

  it('are not there for sets nobody has', async () => {
    const { agent } = await signedIn(tilsyn, 'auditor', 'da')
    await visit(agent, '/question-sets/nobody/2026.1', 404)
    await visit(agent, '/question-sets/constructor/prototype', 404)
    await visit(agent, '/question-sets/drafts/nobody', 404)
  })

  it('compare the short set with the yearly one', async () => {
    const { agent } = await signedIn(tilsyn, 'dpo', 'da')
    const from = encodeURIComponent('gdpr-subprocessor-yearly@2026.1')
    const { text } = await visit(
      agent,
      `/question-sets/gdpr-subprocessor-short/2026.1/differences?from=${from}`,
    )
    expect(text).to.include('Overholder I fortsat alle krav i databehandleraftalen mellem os?')
  })
})

describe('A foreign set', () => {
  const tilsyn = useApp()

  async function imported(name: string, bytes: Buffer, language = 'en') {
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const answer = await submitFiles(agent, '/question-sets/import', { language }, [
      { field: 'file', name, bytes },
    ])
    return { agent, answer, url: String(answer.headers['location']) }
  }

  it('comes in from Excel as a draft with its report, goes out as a file, and can be deleted', async () => {
    const bytes = await workbookOf(
      { name: 'Introduction', rows: [['Read this first']] },
      {
        name: 'CAIQ',
        rows: [
          ['Question ID', 'Question', 'CSP CAIQ Answer', 'CCM Domain Title'],
          ['A&A-01.1', 'Do you <audit>?', 'Yes', 'Audit'],
        ],
      },
    )
    const { agent, url, answer } = await imported('theirs.xlsx', bytes)
    expect(answer.status, answer.text.slice(0, 2000)).to.equal(303)
    const { text, h1 } = await visit(agent, url)
    expect(h1).to.equal('CAIQ')
    expect(text)
      .to.include('One answer that was filled in did not come along')
      .and.include('The sheet has no column of questions')
      .and.include('CAIQ A&A-01.1')
    const file = await agent.get(`${url}/set.yaml`).buffer(true)
    expect(file.headers['content-disposition']).to.include('caiq.2026.1.yaml')
    expect((await visit(agent, '/question-sets')).links).to.include(url)
    expect((await submit(agent, url, {}, `${url}/remove`)).status).to.equal(303)
    await visit(agent, url, 404)
    expect(await draftsToList()).to.deep.equal([])
  })

  it('comes in from CSV in Danish, with a semicolon', async () => {
    const csv = 'Spørgsmål nr.;Område;Spørgsmål;Svar\nA-1;Revision;Reviderer I?;Ja\n'
    const { agent, url } = await imported('deres.csv', Buffer.from(csv), 'da')
    expect((await visit(agent, url)).text)
      .to.include('Reviderer I?')
      .and.include('Danish')
  })

  it('comes in from JSON', async () => {
    const json = {
      questionnaire: [{ type: 'block', text: 'Theirs', items: [{ type: 'box', id: 'a', text: 'How?' }] }],
    }
    const { agent, url } = await imported('theirs.json', Buffer.from(JSON.stringify(json)))
    expect((await visit(agent, url)).text)
      .to.include('How?')
      .and.include('JSON in the shape of Google')
  })

  const refused: [string, string, string, RegExp][] = [
    ['a list of vendors', 'list.csv', 'Name;CVR\nA;1\n', /shape of neither CAIQ nor VSAQ/],
    ['broken JSON', 'a.json', '{"questionnaire": [', /not valid JSON/],
    ['JSON of something else', 'a.json', '{"a": 1}', /shape of neither/],
    ['headings without questions', 'a.csv', 'ID;Question\n', /no questions/],
    ['JSON nested beyond reading', 'a.json', '{"questionnaire":'.repeat(50_000), /not valid JSON/],
  ]
  for (const [name, file, content, reason] of refused)
    it(`is refused with a reason where it is ${name}`, async () => {
      const { answer } = await imported(file, Buffer.from(content))
      expect(answer.status).to.equal(409)
      expect(answer.text).to.match(reason)
    })

  it('needs a file', async () => {
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const answer = await submitFiles(agent, '/question-sets/import', { language: 'en' }, [])
    expect(answer.status).to.equal(422)
  })

  it('may be read by an auditor, and brought in by others only', async () => {
    const { agent } = await signedIn(tilsyn, 'auditor', 'en')
    await visit(agent, '/question-sets/import', 403)
    expect((await visit(agent, '/question-sets')).links).not.to.include('/question-sets/import')
  })
})

describe('The shipped sets as files', () => {
  it('say at their head that an asked version is never changed', async () => {
    const text = await readFile(join(setsFolder, 'gdpr-subprocessor-yearly.2026.1.yaml'), 'utf8')
    expect(text.split('\n')[0]).to.include('never changed')
  })
})
