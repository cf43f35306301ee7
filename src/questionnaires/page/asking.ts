/** The page of one questionnaire, as staff sees it. */
import type { Locale } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/rules.js'
import type { QuestionSet } from '../../question-sets/rules/set.js'
import type { Engagement, Vendor, VendorContact } from '../../register/rules.js'
import { otherContact, whys } from '../form/asking.js'
import { usualDays, usualOwner } from '../rules/asking.js'
import type { Campaign } from '../rules/campaign.js'
import { isOpen } from '../rules/lists.js'
import type { Questionnaire } from '../rules/questionnaire.js'
import { nextReminder, type ReminderDays } from '../rules/reminders.js'
import { mailSentence, mailShown, nextOf, stateOf, urlOf, whyText, type PageReader } from './asking-words.js'

export type AskingShown = {
  questionnaire: Questionnaire
  vendor: Vendor | null
  engagements: readonly Engagement[]
  set: QuestionSet
  mails: readonly MailRow[]
  campaign: Pick<Campaign, 'reference' | 'remindersStopped'> | null
  previous: Questionnaire | null
  days: ReminderDays
}

export function askingPage(shown: AskingShown, reader: PageReader) {
  const { questionnaire, vendor, engagements, set, campaign, previous } = shown
  const { locale, today } = reader
  const t = textIn(locale)
  const { state, reference } = questionnaire
  const label = (name: string) => t(`questionnaires-asking:fact.${name}`)
  return {
    title: `${questionnaire.vendorName}: ${t('questionnaires-asking:one', { year: questionnaire.year })}`,
    reference,
    base: urlOf(questionnaire),
    state: stateOf(questionnaire, today, t),
    next: nextOf(questionnaire, today, locale),
    facts: [
      [label('vendor'), questionnaire.vendorName, vendor ? `/vendors/${vendor.reference}` : undefined],
      [label('year'), String(questionnaire.year)],
      [label('set'), `${set.title[locale]} (${set.version})`, `/question-sets/${set.id}/${set.version}`],
      [label('why'), whyText(questionnaire.why, locale)],
      [label('due'), formatDay(questionnaire.dueOn, locale)],
      [label('owner'), `${questionnaire.owner.name}, ${questionnaire.owner.email}`],
      [label('language'), t(`questionnaires-asking:language.${questionnaire.owner.locale}`)],
      ...(state === 'prepared' ? [] : [[label('mail'), mailSentence(questionnaire, shown.mails, reader)]]),
      ...(questionnaire.round > 1 ? [[label('round'), String(questionnaire.round)]] : []),
      ...(questionnaire.submitted
        ? [
            [
              label('submitted'),
              `${formatInstant(questionnaire.submitted.at, locale, reader.zone)}, ${questionnaire.submitted.by.name}`,
            ],
          ]
        : []),
      ...(campaign
        ? [[label('campaign'), campaign.reference, `/questionnaires/campaigns/${campaign.reference}`]]
        : []),
      ...(previous ? [[label('previous'), previous.reference, urlOf(previous)]] : []),
    ],
    engagements: engagements.map((engagement) => ({
      url: `/engagements/${engagement.reference}`,
      reference: engagement.reference,
      text: engagement.activity[locale] || engagement.activity.da,
    })),
    reminders: remindersShown(shown, reader),
    mails: shown.mails.map((mail) => mailShown(mail, reader)),
    prepared: state === 'prepared',
    asked: state === 'asked',
    over: !isOpen(questionnaire),
    mayAgain: state === 'asked' && questionnaire.delivery !== 'under-way',
    version: questionnaire.version,
  }
}

function remindersShown({ questionnaire, campaign, days }: AskingShown, { locale, today }: PageReader) {
  if (questionnaire.state !== 'asked') return null
  const t = textIn(locale)
  const stopped = questionnaire.remindersStopped ?? campaign?.remindersStopped ?? null
  const next = nextReminder(questionnaire, today, days)
  return {
    stopped: stopped !== null,
    own: questionnaire.remindersStopped !== null,
    text: stopped
      ? t(
          `questionnaires-asking:reminders.${questionnaire.remindersStopped ? 'stopped' : 'campaign-stopped'}`,
          {
            reason: stopped.reason,
          },
        )
      : next
        ? t('questionnaires-asking:reminders.next', { day: formatDay(next, locale) })
        : t('questionnaires-asking:reminders.none'),
    escalation:
      questionnaire.escalated === null
        ? t('questionnaires-asking:reminders.escalates', {
            day: formatDay(addDays(questionnaire.dueOn, days.escalate), locale),
          })
        : t('questionnaires-asking:reminders.escalated'),
  }
}

export type AskingForm = {
  vendor: Vendor
  engagements: readonly Engagement[]
  sets: readonly QuestionSet[]
  questionnaire: Questionnaire | null
  /** From the address: what a link asks for. */
  asked: { year: number; why: Questionnaire['why']; set: string; engagements: string[] }
}

/** What the form of one questionnaire offers, and what stands in it before anything is typed. */
export function askingForm(
  { vendor, engagements, sets, questionnaire, asked }: AskingForm,
  reader: PageReader,
) {
  const { locale, today } = reader
  const t = textIn(locale)
  const contacts = vendor.contacts.filter(({ email }) => email)
  const usual = usualOwner(vendor.contacts)
  const named = new Set(questionnaire?.engagements)
  const running = engagements.filter(
    ({ _id, endedOn, role }) => (endedOn === null && role === 'sub-processor') || named.has(_id),
  )
  return {
    vendor: { name: vendor.name, reference: vendor.reference },
    engagements: running.map(({ reference, activity }) => ({
      value: reference,
      text: `${reference}: ${activity[locale] || activity.da}`,
    })),
    sets: sets.map(({ id, version, title, questions }) => ({
      value: `${id} ${version}`,
      text: t('questionnaires-asking:form.set-of', {
        title: title[locale],
        version,
        count: questions.length,
      }),
    })),
    whys: whys.map((value) => ({ value, text: whyText(value, locale) })),
    ...contactChoices(contacts, locale),
    noContact: contacts.length === 0,
    stored: questionnaire
      ? {
          year: questionnaire.year,
          set: `${questionnaire.set.id} ${questionnaire.set.version}`,
          engagements: running.filter(({ _id }) => named.has(_id)).map(({ reference }) => reference),
          why: questionnaire.why,
          dueOn: questionnaire.dueOn,
          ...ownerStored(questionnaire),
        }
      : {
          year: asked.year,
          set: asked.set || `${sets[0]?.id} ${sets[0]?.version}`,
          engagements:
            asked.engagements.length > 0 ? asked.engagements : running.map(({ reference }) => reference),
          why: asked.why,
          dueOn: addDays(today, usualDays),
          contact: usual?.contact ?? otherContact,
          name: '',
          email: '',
          locale: usual?.locale ?? 'da',
        },
  }
}

export function ownerStored({ owner }: Pick<Questionnaire, 'owner'>) {
  const { contact, name, email, locale } = owner
  return contact === null
    ? { contact: otherContact, name, email, locale }
    : { contact, name: '', email: '', locale }
}

/** Contacts with an address, and somebody else. */
export function contactChoices(contacts: readonly VendorContact[], locale: Locale) {
  const t = textIn(locale)
  return {
    contacts: [
      ...contacts.map(({ id, name, email, role }) => ({
        value: id,
        text: `${name}, ${email} (${t(`register:contact-role.${role}`)})`,
      })),
      { value: otherContact, text: t('questionnaires-asking:form.other-contact') },
    ],
    languages: (['da', 'en'] as const).map((value) => ({
      value,
      text: t(`questionnaires-asking:language.${value}`),
    })),
  }
}

/** The form as they will get it: every question of the set, in their language, and which depend on others. */
export function setPreview(set: QuestionSet, locale: Locale) {
  return set.sections.map(({ id, title }) => ({
    id,
    title: title[locale],
    questions: set.questions
      .filter(({ section }) => section === id)
      .map((question) => ({
        id: question.id,
        text: question.text[locale],
        conditional: question.showIf !== null,
        evidence: question.evidence.level === 'required',
        options: question.options.map(({ text }) => text[locale]).join(' · '),
      })),
  }))
}
