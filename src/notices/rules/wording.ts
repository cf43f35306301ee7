import type { EditableText } from '../../mail/rules/wording.js'

const inGroup = (group: string, texts: readonly [part: string, key: string][]): EditableText[] =>
  texts.map(([part, key]) => ({ group, part, key: `notices:mail.${key}` }))

/** What of the mails about a notice the house may word itself, mail by mail, in the order of reading. */
export const noticeTexts: readonly EditableText[] = [
  ...inGroup('announcement-notice', [
    ['subject', 'subject-notice'],
    ['lead', 'lead.notice'],
    ['intro', 'intro.notice'],
    ['button', 'button.notice'],
    ['object-use', 'object-until.use'],
    ['object-period', 'object-until.period-end'],
    ['object-page', 'object-page'],
    ['object-reply', 'object-reply'],
    ['object-effect', 'object-effect'],
    ['silence', 'silence-notice'],
  ]),
  ...inGroup('announcement-approval', [
    ['subject', 'subject-approval'],
    ['lead', 'lead.approval'],
    ['intro', 'intro.approval'],
    ['button', 'button.approval'],
    ['approve', 'approve'],
    ['approve-who', 'approve-who'],
    ['approve-what', 'approve-what'],
    ['silence', 'silence-approval'],
  ]),
  ...inGroup('announcement-information', [
    ['subject', 'subject-information'],
    ['lead', 'lead.information'],
    ['intro', 'intro.information'],
    ['button', 'button.information'],
    ['questions', 'questions'],
  ]),
  ...inGroup('announcement', [
    ['heading', 'heading.why'],
    ['heading', 'heading.object'],
    ['heading', 'heading.approve'],
    ['heading', 'heading.silence'],
    ['heading', 'heading.questions'],
    ['closing', 'regards'],
  ]),
  ...inGroup('correction', [
    ['subject', 'correction.subject'],
    ['lead', 'correction.lead-notice'],
    ['lead-approval', 'correction.lead-approval'],
    ['because', 'correction.because'],
  ]),
  ...inGroup('reminder', [
    ['subject', 'reminder.subject'],
    ['lead', 'reminder.lead'],
  ]),
  ...inGroup('withdrawal', [
    ['subject', 'withdrawal.subject'],
    ['lead', 'withdrawal.lead'],
    ['what', 'withdrawal.what'],
    ['effect', 'withdrawal.effect'],
  ]),
]
