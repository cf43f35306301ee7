import type { Bilingual } from '../../base/context.js'

/** A rule of law that keeps data after the end of services (clause 11.2). `months`: the longest it keeps them. */
export type KnownRetention = { id: string; rule: Bilingual; data: Bilingual; months: number }

export type DepartureSettings = {
  /** Days the customer has to choose return instead of deletion. */
  daysToChoose: number
  /** Days from the end to deletion in systems, and in backups, which run out by their own turn. */
  daysToDelete: number
  daysForBackups: number
  retentions: KnownRetention[]
}

/**
 * C.4 says that data are deleted when the service has ended, and names no number of days: these are ours. Clause 11.2.a names
 * the one rule: telecom providers keep traffic data for up to twelve months.
 */
export const usualDepartureSettings: DepartureSettings = {
  daysToChoose: 14,
  daysToDelete: 30,
  daysForBackups: 90,
  retentions: [
    {
      id: 'traffic-data',
      rule: {
        da: 'Bekendtgørelsen om generel og udifferentieret registrering af trafikdata (aftalens punkt 11.2.a)',
        en: 'The Danish executive order on general and indiscriminate retention of traffic data (clause 11.2.a of the agreement)',
      },
      data: {
        da: 'Trafikdata hos teleudbyderen: kommunikationens start og slut, telefonnumre, IP-adresser og lokationer',
        en: 'Traffic data held by the telecom provider: start and end of communication, telephone numbers, IP addresses and locations',
      },
      months: 12,
    },
  ],
}
