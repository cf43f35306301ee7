/** What a paper says, before it is a PDF or anything else. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'lead'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'pairs'; rows: [label: string, value: string][] }
  /** `together`: on one page, such as lines for signatures. */
  | { kind: 'table'; headings: string[]; rows: string[][]; widths?: number[]; together?: boolean }
  | { kind: 'note'; text: string }
  | { kind: 'page-break' }
