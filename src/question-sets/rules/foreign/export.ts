import { Document, isMap, isSeq, visit } from 'yaml'
import type { DraftSet } from '../draft.js'

/**
 * The draft as a file of ours, to be completed by hand: what is missing in the other language is empty, and
 * `tilsyn questionnaires check` says of each place where.
 */
export function draftAsYaml(draft: DraftSet, version: string): string {
  const both = (text: string) => (draft.language === 'da' ? { da: text, en: '' } : { da: '', en: text })
  const document = new Document({
    id: fileId(draft),
    version,
    title: both(draft.title),
    basis: draft.file,
    scoring: {
      criticalBelow: 0.5,
      criticalBand: 'follow_up',
      evidenceCap: 0.5,
      bands: [
        { id: 'satisfactory', min: 85, text: { da: 'Tilfredsstillende', en: 'Satisfactory' } },
        {
          id: 'remarks',
          min: 70,
          text: { da: 'Tilfredsstillende med bemærkninger', en: 'Satisfactory with remarks' },
        },
        { id: 'follow_up', min: 50, text: { da: 'Kræver opfølgning', en: 'Follow-up required' } },
        { id: 'unsatisfactory', min: 0, text: { da: 'Ikke tilfredsstillende', en: 'Unsatisfactory' } },
      ],
    },
    sections: draft.sections.map(({ id, title }) => ({ id, title: both(title) })),
    questions: draft.questions.map((question) => ({
      id: question.id,
      section: question.section,
      text: both(question.text),
      ...(question.help ? { help: both(question.help) } : {}),
      type: question.type,
      ...(question.options.length > 0
        ? {
            options: question.options.map(({ id, text, score, requiresComment, exclusive }) => ({
              id,
              text: both(text),
              score,
              ...(requiresComment ? { requiresComment } : {}),
              ...(exclusive ? { exclusive } : {}),
            })),
          }
        : {}),
      weight: question.weight,
      required: question.required,
      ...(question.evidence ? { evidence: { level: 'required', text: both(question.text) } } : {}),
      ...(question.refs.length > 0 ? { refs: question.refs } : {}),
      ...(question.showIf ? { showIf: question.showIf } : {}),
      ...(question.finding
        ? {
            finding: {
              severity: question.finding.severity,
              text: both(question.finding.text),
              ...(question.finding.when ? { when: question.finding.when } : {}),
            },
          }
        : {}),
    })),
  })
  // Short things on one line, as the sets of the house are written.
  visit(document, {
    Map(_, node) {
      if (node.items.every(({ value }) => !isMap(value) && !isSeq(value))) node.flow = isShort(node.toJSON())
    },
    Seq(_, node) {
      if (node.items.every((item) => !isMap(item) && !isSeq(item))) node.flow = isShort(node.toJSON())
    },
  })
  return [
    `# Imported from ${oneLine(draft.file)} on ${draft.madeOn}. It is asked of nobody before it lies in questionnaires/ under the name`,
    `# ${fileId(draft)}.${version}.yaml, complete in both languages. Check it with: tilsyn questionnaires check FILE`,
    document.toString({ lineWidth: 0 }),
  ].join('\n')
}

export function fileId({ title }: Pick<DraftSet, 'title'>): string {
  const id = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return id || 'imported'
}

function isShort(value: unknown): boolean {
  return JSON.stringify(value).length < 90
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}
