import type { Given } from '../../question-sets/rules/answer.js'

/** One answer as a file holds it, or as it stood somewhere else. */
export type BroughtAnswer = {
  question: string
  value: Given['value']
  comment: string
  /** The version that stood in the house when the file was made; null where the file knows nothing of it. */
  seen: number | null
}

/** A cell of a workbook that does not fit its question, or an answer that fits no question. */
export type WrongCell = {
  sheet: string
  cell: string
  question: string | null
  text: string
  facts: Record<string, string | number>
}

/** What came in a file and waits to be taken over: nothing is taken over unseen. */
export type Brought = {
  _id: string
  questionnaire: string
  kind: 'portable' | 'workbook'
  /** Of the file. */
  name: string
  /** Day it was made, where it says so. */
  madeOn: string | null
  /** 'us', or the fingerprint of another house's key. */
  signedBy: string | null
  answers: BroughtAnswer[]
  wrong: WrongCell[]
  by: string
  at: Date
}
