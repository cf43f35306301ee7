/** What a sub-processor's contact sees by its link: a form, and what it has reported before. */
import { textIn } from '../../i18n/texts.js'
import type { Engagement, Vendor, VendorContact } from '../../register/rules.js'
import type { Breach } from '../rules.js'
import { shortened } from './list.js'
import { fieldsOf, shortMoment, type Reading } from './moment.js'

export function reportPage(
  {
    vendor,
    contact,
    engagements,
    reports,
    once,
    base,
    house,
    now,
  }: {
    vendor: Vendor
    contact: VendorContact
    engagements: readonly Engagement[]
    reports: readonly Breach[]
    once: string
    base: string
    house: string
    now: Date
  },
  reading: Reading,
) {
  const { locale, zone } = reading
  const t = textIn(locale)
  return {
    title: t('breaches:report.title', { house }),
    lead: t('breaches:report.lead', { house, vendor: vendor.name }),
    once,
    base,
    house,
    engagements: engagements.map(({ _id, activity }) => ({
      value: _id,
      text: activity[locale] || activity.da,
    })),
    stored: {
      name: contact.name,
      phone: contact.phone ?? '',
      email: contact.email ?? '',
      // The day is likely, the hour is theirs to say: it is evidence.
      ...fieldsOf('knew', now, zone),
      knewTime: '',
    },
    reports: reports.map((breach) => ({
      url: `${base}/${breach.reference}`,
      reference: breach.reference,
      open: breach.open,
      text: shortened(breach.report, 160),
      at: t('breaches:report.told-at', { at: shortMoment(breach.vendorToldAt, reading) }),
      state: breach.open
        ? { tone: 'wait', word: t('breaches:report.state.open') }
        : { tone: 'good', word: t('breaches:report.state.closed') },
      notes: breach.notes
        .filter(({ from }) => from === 'vendor')
        .map(({ at, name, text, files }) => ({
          from: `${name}, ${shortMoment(at, reading)}`,
          text,
          files: files.length > 0 ? t('breaches:report.files', { count: files.length }) : '',
        })),
    })),
  }
}
