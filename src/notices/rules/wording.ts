import type { EditableText } from '../../mail/rules/wording.js'

const inGroup = (group: string, texts: readonly [part: string, key: string][]): EditableText[] =>
  texts.map(([part, key]) => ({ group, part, key: `notices:mail.${key}` }))

const anywhere = (group: string, texts: readonly [part: string, key: string][]): EditableText[] =>
  texts.map(([part, key]) => ({ group, part, key }))

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
  ...anywhere('announcement-approval', [['approve-page', 'answers:mail.page']]),
  ...inGroup('announcement-information', [
    ['subject', 'subject-information'],
    ['lead', 'lead.information'],
    ['lead-correction', 'lead.correction'],
    ['intro', 'intro.information'],
    ['button', 'button.information'],
    ['questions', 'questions'],
  ]),
  ...inGroup('announcement-instruction', [
    ['subject', 'subject-instruction'],
    ['lead', 'lead.instruction'],
    ['button', 'button.instruction'],
    ['heading', 'heading.instruction'],
    ['instruction', 'instruction'],
    ['lead-reminder', 'reminder.lead-instruction'],
  ]),
  ...anywhere('announcement-instruction', [['instruct', 'answers:mail.instruct']]),
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
  ...inGroup('handover', [
    ['subject', 'handover.subject'],
    ['lead', 'handover.lead'],
    ['because', 'handover.because'],
  ]),
  ...anywhere('shared', [
    ['heading', 'shared:mail.customers_other'],
    ['intro', 'shared:mail.intro_other'],
    ['button', 'shared:mail.button'],
  ]),
  ...anywhere('passed-on', [
    ['subject', 'answers:passed-on.subject'],
    ['lead', 'answers:passed-on.lead'],
    ['what-asked', 'answers:passed-on.what'],
    ['code', 'answers:passed-on.code'],
    ['button', 'answers:passed-on.button'],
  ]),
  ...anywhere('answer-receipt', [
    ['subject', 'answers:receipt.subject'],
    ['lead', 'answers:receipt.lead'],
    ['heading', 'answers:receipt.what-now'],
    ['held', 'answers:receipt.held'],
    ['from', 'answers:receipt.from'],
    ['waits', 'answers:receipt.waits'],
    ['refused', 'answers:receipt.refused'],
    ['instructed', 'answers:receipt.instructed'],
    ['heading', 'answers:receipt.not-right'],
    ['not-right', 'answers:receipt.tell-us'],
    ['button', 'answers:receipt.button'],
  ]),
]
