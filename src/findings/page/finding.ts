/** One finding as staff reads and works on it. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay, formatInstant, formatSize } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/rules.js'
import type { Engagement, Vendor } from '../../register/rules.js'
import { daysToPutRight, nextStep, severities, type Finding, type FindingNote } from '../rules.js'
import { ownerInWords, severityState, stateOf, urlOf, type State } from './words.js'

type Shown = {
  finding: Finding
  vendor: Pick<Vendor, 'reference' | 'name'> | null
  engagements: readonly Pick<Engagement, 'reference' | 'activity'>[]
  files: ReadonlyMap<string, StoredFile>
  mails: readonly MailRow[]
  owners: readonly { value: string; text: string }[]
  names: ReadonlyMap<string, string>
}

export type FindingFacts = {
  today: Day
  locale: Locale
  zone: string
  source: { text: string; url: string | null }
}

export function findingPage(shown: Shown, { today, locale, zone, source }: FindingFacts) {
  const { finding, vendor, engagements, files, mails, owners, names } = shown
  const t = textIn(locale)
  const next = nextStep(finding)
  return {
    finding,
    base: urlOf(finding),
    title: t('findings:case.title', { reference: finding.reference }),
    state: stateOf(finding, today, t),
    text: finding.text[locale] || finding.text.da,
    next: next === null ? null : t(`findings:next-long.${next}`, { due: formatDay(finding.dueOn, locale) }),
    severity: severityState(finding.severity, t),
    facts: [
      vendor
        ? [t('findings:field.vendor'), vendor.name, `/vendors/${vendor.reference}`]
        : [t('findings:field.vendor'), t('findings:ourselves')],
      ...engagements.map((each) => [
        t('findings:field.engagement'),
        `${each.reference} ${each.activity[locale] || each.activity.da}`,
        `/engagements/${each.reference}`,
      ]),
      [t('findings:field.source'), source.text, ...(source.url ? [source.url] : [])],
      [t('findings:field.owner'), ownerInWords(finding.owner, names, t)],
      [t('findings:field.openedOn'), formatDay(finding.openedOn, locale)],
      [t('findings:field.dueOn'), formatDay(finding.dueOn, locale)],
    ],
    reminders: finding.remindersStopped
      ? t('findings:reminders.stopped', {
          when: formatInstant(finding.remindersStopped.at, locale, zone),
          reason: finding.remindersStopped.reason,
        })
      : finding.remindOn
        ? t('findings:reminders.next', { day: formatDay(finding.remindOn, locale) })
        : null,
    notes: finding.notes.map((note) => noteShown(note, files, urlOf(finding), { locale, zone }, t)),
    mails: mails.map(({ subject, to, state, acceptedAt }) => ({
      subject,
      to: to.name ? `${to.name} <${to.address}>` : to.address,
      state: { tone: mailTones[state] ?? 'wait', word: t(`mail:state.${state}`) } as State,
      when: acceptedAt ? formatInstant(acceptedAt, locale, zone) : '',
    })),
    owners,
    severities: severities.map((value) => ({
      value,
      text: t(`findings:severity.${value}`),
      hint: t('findings:severity-days', { count: daysToPutRight[value] }),
    })),
    today,
  }
}

const mailTones: Record<string, string> = {
  accepted: 'good',
  kept: 'wait',
  bounced: 'stop',
  'given-up': 'stop',
  stopped: 'calm',
}

function noteShown(
  note: FindingNote,
  files: ReadonlyMap<string, StoredFile>,
  base: string,
  { locale, zone }: { locale: Locale; zone: string },
  t: Text,
) {
  return {
    when: formatInstant(note.at, locale, zone),
    by: note.by,
    title: t(`findings:note.${note.from === 'vendor' ? 'vendor-' : ''}${note.kind}`),
    text: note.text,
    who: t(note.external ? 'findings:note.seen-by-vendor' : 'findings:note.internal'),
    tone: note.from === 'vendor' ? 'wait' : note.kind === 'closed' ? 'good' : '',
    files: filesShown(note, files, base, locale),
  }
}

function filesShown(
  { files: ids }: Pick<FindingNote, 'files'>,
  files: ReadonlyMap<string, StoredFile>,
  base: string,
  locale: Locale,
) {
  return ids.flatMap((id) => {
    const stored = files.get(id)
    return stored
      ? [{ url: `${base}/files/${id}`, text: `${stored.name} (${formatSize(stored.size, locale)})` }]
      : []
  })
}

/** The same as the vendor's contact sees it: nothing of ours that is internal, and none of our names. */
export function vendorFindingPage(
  { finding, files, house }: { finding: Finding; files: ReadonlyMap<string, StoredFile>; house: string },
  { today, locale, zone, base }: { today: Day; locale: Locale; zone: string; base: string },
) {
  const t = textIn(locale)
  const external = finding.notes.filter(({ external: seen }) => seen)
  return {
    base,
    title: t('findings:vendor.title', { reference: finding.reference }),
    state: stateOf(finding, today, t),
    lead: t(finding.running ? 'findings:vendor.lead' : 'findings:vendor.over', { house }),
    text: finding.text[locale] || finding.text.da,
    facts: [
      [t('findings:field.reference'), finding.reference],
      [t('findings:field.severity'), t(`findings:severity.${finding.severity}`)],
      [t('findings:field.openedOn'), formatDay(finding.openedOn, locale)],
      ...(finding.running ? [[t('findings:field.dueOn'), formatDay(finding.dueOn, locale)]] : []),
    ],
    running: finding.running,
    answered: finding.state === 'answered',
    notes: external.map((note) => ({
      when: formatInstant(note.at, locale, zone),
      by: note.from === 'vendor' ? note.by : house,
      title: t(`findings:vendor-note.${note.from === 'vendor' ? 'own-' : ''}${note.kind}`),
      text: note.text,
      tone: note.from === 'vendor' ? '' : 'wait',
      files: filesShown(note, files, base, locale),
    })),
  }
}
