/** What a paper says, before it is a PDF or anything else. */
export type Block =
  /** `room`: how much of a page must be left for it and what it heads, in points, where that is more than usual. */
  | { kind: 'heading'; text: string; room?: number; /** Below a heading of the usual rank. */ level?: 3 }
  | { kind: 'lead'; text: string }
  /** `keep`: on the page of what comes after it. */
  | { kind: 'paragraph'; text: string; keep?: boolean }
  | { kind: 'list'; items: string[] }
  | { kind: 'pairs'; rows: [label: string, value: string][] }
  /** `together`: on one page, such as lines for signatures. */
  | { kind: 'table'; headings: string[]; rows: string[][]; widths?: number[]; together?: boolean }
  | { kind: 'note'; text: string }
  | { kind: 'page-break' }
