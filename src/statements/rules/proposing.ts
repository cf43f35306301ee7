/** Reads a report or certificate for what the reviewer is asked to confirm. What is not found is null: never a guess. */
import type { PageText } from '../../documents/pdf-lines.js'
import type { Proposals } from './proposals.js'
import { bodyOf, certificateNumberOf, expiresOf } from './proposing-certificate.js'
import { controlsOf, exceptionsOf } from './proposing-controls.js'
import { editionOf, isReport, kindOf, languageOf, levelOf, typeOf } from './proposing-kind.js'
import { auditorOf, entityOf } from './proposing-names.js'
import { opinionOf } from './proposing-opinion.js'
import { sitesOf } from './proposing-sites.js'
import { subserviceOf } from './proposing-subservice.js'
import { reportOf } from './proposing-text.js'
import { asOfOf, issuedOf, periodOf } from './proposing-when.js'
import { hasType, isCertificate } from './kinds.js'

export function propose(pages: readonly PageText[]): Proposals {
  const report = reportOf(pages)
  const kind = kindOf(report)
  const certificate = kind !== null && isCertificate(kind.value)
  const letter = kind?.value === 'bridge-letter'
  // A certificate and a management's letter have no auditor and no opinion; looking for them would only find other people's.
  const audited = !certificate && !letter && isReport(report)
  const period = audited || letter ? periodOf(report, letter) : null
  const asOf = audited && period === null ? asOfOf(report) : null
  const auditor = audited ? auditorOf(report) : null
  const type = kind && hasType(kind.value) ? typeOf(report, { period, asOf }) : null
  const firm = auditor?.value.name ?? null
  const not = auditor ? [auditor.value.name] : []
  const entity = entityOf(report, not)
  const subservice = audited
    ? subserviceOf(report, pages, [...not, ...(entity ? [entity.value.name] : [])])
    : []
  const after = letter ? null : (period?.value.to ?? asOf?.value ?? null)
  return {
    language: languageOf(report),
    kind,
    edition: kind ? editionOf(report, kind.value) : null,
    type,
    level: audited ? levelOf(report, kind?.value ?? null) : null,
    period,
    asOf,
    issuedOn: kind || audited ? issuedOf(report, { after, firm, certificate }) : null,
    auditor,
    entity,
    opinion: audited ? opinionOf(report) : null,
    subservice,
    sites: kind && kind.value !== 'bridge-letter' ? sitesOf(report) : [],
    certificateNumber: certificate ? certificateNumberOf(pages) : null,
    expiresOn: certificate ? expiresOf(pages) : null,
    body: certificate ? bodyOf(report, entity?.value.name ?? null) : null,
    exceptions: audited ? exceptionsOf(pages) : [],
    // In another report 'B.2' is the auditor's own numbering.
    controls: kind?.value === 'isae-3000' ? controlsOf(pages) : [],
  }
}
