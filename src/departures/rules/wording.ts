import type { EditableText } from '../../mail/rules/wording.js'

/** What of the mails at the end of services the house may word itself; where data lie and until when is said by the case. */
export const departureTexts: readonly EditableText[] = [
  ...(
    [
      ['subject', 'ended.subject'],
      ['lead', 'ended.lead'],
      ['choice', 'ended.choice'],
      ['heading', 'ended.where'],
      ['law', 'ended.law'],
      ['button', 'ended.button'],
      ['closing', 'regards'],
    ] as const
  ).map(([part, key]) => ({ group: 'departure-ended', part, key: `departures:mail.${key}` })),
  ...(
    [
      ['subject', 'chosen.subject'],
      ['lead', 'chosen.lead'],
      ['not-right', 'chosen.not-right'],
      ['button', 'chosen.button'],
    ] as const
  ).map(([part, key]) => ({ group: 'departure-chosen', part, key: `departures:mail.${key}` })),
  ...(
    [
      ['subject', 'confirmed.subject'],
      ['lead', 'confirmed.lead'],
      ['lead-kept', 'confirmed.lead-kept'],
      ['attached', 'confirmed.attached'],
      ['heading', 'confirmed.kept'],
      ['confirm', 'confirmed.receipt'],
      ['button', 'confirmed.button'],
    ] as const
  ).map(([part, key]) => ({ group: 'departure-confirmed', part, key: `departures:mail.${key}` })),
]
