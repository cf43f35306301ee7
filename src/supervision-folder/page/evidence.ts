/** Our evidence in words: on the customer's page, and in its paper. */
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { conceptWord } from '../../supervision/page/words.js'
import { concepts, sufficing, type Concept } from '../../supervision/rules.js'
import type { RiskBand } from '../../register/rules.js'
import { buildsOn, evidenceKinds, meets, type Evidence, type EvidenceKind, type Meeting } from '../rules.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'

const tones: Record<Meeting, Tone> = { have: 'good', part: 'info', own: 'calm', none: 'wait' }

export type EvidencePart = {
  kind: EvidenceKind
  title: string
  lead: string
  items: string[]
  table: { headings: string[]; rows: string[][] } | null
  empty: string | null
}

export function evidenceParts(evidence: Evidence, locale: Locale): EvidencePart[] {
  return evidenceKinds.map((kind) => partOf(kind, evidence, locale))
}

/** Each of the six ways: whether it suffices at these points, and what we have for it. */
export function waysShown(evidence: Evidence, band: RiskBand | null, locale: Locale) {
  const t = textIn(locale)
  return concepts.map((concept: Concept) => {
    const meeting = meets(concept, evidence)
    return {
      value: String(concept),
      name: conceptWord(concept, t),
      about: t(`supervision-folder:concept.${concept}`),
      enough: enoughWord(concept, band, t),
      state: { tone: tones[meeting], word: t(`supervision-folder:meeting.${meeting}`) },
      why: t(`supervision-folder:why.${concept}-${meeting}`),
      on: buildsOn[concept].map((kind) => ({ kind, title: t(`supervision-folder:evidence.${kind}.title`) })),
    }
  })
}

export function enoughWord(concept: Concept, band: RiskBand | null, t: Text): string {
  if (band === null) return '–'
  return t(sufficing[band].includes(concept) ? 'supervision-folder:enough' : 'supervision-folder:not-enough')
}

function partOf(kind: EvidenceKind, evidence: Evidence, locale: Locale): EvidencePart {
  const t = textIn(locale)
  const base = {
    kind,
    title: t(`supervision-folder:evidence.${kind}.title`),
    lead: t(`supervision-folder:evidence.${kind}.lead`, { year: String(evidence.year) }),
    items: [] as string[],
    table: null as EvidencePart['table'],
  }
  const filled = (part: Partial<EvidencePart>, empty: boolean): EvidencePart => ({
    ...base,
    ...part,
    empty: empty ? t(`supervision-folder:evidence.${kind}.empty`) : null,
  })
  const day = (on: string | null) => (on === null ? '–' : formatDay(on, locale))
  switch (kind) {
    case 'declaration':
      return filled(
        {
          items: evidence.declarations.map(({ year, edition, signedOn, reference, hash }) =>
            t('supervision-folder:evidence.declaration.row', {
              year: String(year),
              edition,
              day: day(signedOn),
              reference,
              hash,
            }),
          ),
        },
        evidence.declarations.length === 0,
      )
    case 'statements':
    case 'certificates': {
      const those = evidence.statements.filter(({ certificate }) => certificate === (kind === 'certificates'))
      return filled(
        {
          table:
            those.length === 0
              ? null
              : {
                  headings: ['vendor', 'what', 'span', 'issuer'].map((column) =>
                    t(`supervision-folder:column.${column}`),
                  ),
                  rows: those.map(({ vendor, name, span, issuer }) => [vendor, name, span, issuer]),
                },
        },
        those.length === 0,
      )
    }
    case 'register':
      return filled(
        {
          table:
            evidence.register.length === 0
              ? null
              : {
                  headings: ['vendor', 'activity', 'countries', 'transfers'].map((column) =>
                    t(`supervision-folder:column.${column}`),
                  ),
                  rows: evidence.register.map(
                    ({ name, number, activity, storage, access, transfers, standing }) => [
                      [name, number].filter(Boolean).join(', '),
                      activity,
                      [
                        storage.length > 0
                          ? t('supervision-folder:evidence.register.storage', {
                              countries: storage.join(', '),
                            })
                          : '',
                        access.length > 0
                          ? t('supervision-folder:evidence.register.access', { countries: access.join(', ') })
                          : '',
                      ]
                        .filter(Boolean)
                        .join('. ') || '–',
                      standing === 'based'
                        ? transfers.map(({ country, basis }) => `${country}: ${basis}`).join('; ')
                        : t(`supervision-folder:evidence.register.${standing}`),
                    ],
                  ),
                },
        },
        evidence.register.length === 0,
      )
    case 'notices': {
      const { count, kept, shortest, references } = evidence.notices
      return filled(
        {
          items: [
            t('supervision-folder:evidence.notices.kept', { kept, count }),
            ...(shortest === null
              ? []
              : [t('supervision-folder:evidence.notices.shortest', { count: shortest })]),
            ...(count === 0
              ? []
              : [
                  t('supervision-folder:evidence.notices.references', {
                    list: new Intl.ListFormat(locale).format(references),
                  }),
                ]),
          ],
        },
        count === 0,
      )
    }
    case 'supervision': {
      const { subProcessors, owed, done, overdue } = evidence.supervision
      return filled(
        {
          items: [
            t('supervision-folder:evidence.supervision.of', { count: subProcessors }),
            t('supervision-folder:evidence.supervision.done', { done, owed }),
            t('supervision-folder:evidence.supervision.overdue', { count: overdue }),
          ],
        },
        subProcessors === 0,
      )
    }
    case 'requests':
      return filled(
        {
          table:
            evidence.requests.length === 0
              ? null
              : {
                  headings: ['reference', 'request', 'received', 'answered'].map((column) =>
                    t(`supervision-folder:column.${column}`),
                  ),
                  rows: evidence.requests.map(({ reference, kind: what, receivedOn, answeredOn }) => [
                    reference,
                    what,
                    day(receivedOn),
                    day(answeredOn),
                  ]),
                },
        },
        evidence.requests.length === 0,
      )
  }
}
