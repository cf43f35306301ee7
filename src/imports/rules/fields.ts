import type { Locale } from '../../base/context.js'

export type Register = 'register' | 'customers'
export const registers = ['register', 'customers'] as const satisfies readonly Register[]

/** A column: its heading in both languages, as the export writes it, and other wordings under which it arrives. */
export type Field = { id: string; da: string; en: string; also?: readonly string[] }

/** One row is one engagement; what is said of the vendor stands on each of its rows. A row without activity is the vendor alone. */
// prettier-ignore
const registerFields = [
  { id: 'vendorReference', da: 'Leverandørnr.', en: 'Vendor no.', also: ['vendor id', 'leverandør id', 'vendor reference'] },
  { id: 'vendor', da: 'Leverandør', en: 'Vendor', also: ['navn', 'name', 'entity', 'entity name', 'legal entity', 'third party', 'underdatabehandler', 'underdatabehandlere', 'underdatabehandlerens navn', 'navn på underdatabehandler', 'sub-processor', 'subprocessor', 'sub processor name', 'sub-processors', 'company', 'company name', 'firma', 'firmanavn', 'virksomhed', 'selskab', 'supplier', 'supplier name', 'leverandørnavn', 'leverandør navn', 'vendor name', 'titel', 'title', 'provider', 'service provider', 'databehandler', 'processor'] },
  { id: 'registrationNumber', da: 'Registreringsnummer', en: 'Registration number', also: ['cvr', 'cvr nr', 'cvr nummer', 'cvrnr', 'org nr', 'orgnr', 'organisationsnummer', 'registration no', 'reg no', 'company number', 'company no', 'company registration number', 'vat', 'vat no', 'vat number', 'momsnummer', 'virksomhedsnummer', 'se nr', 'lei', 'cvr registreringsnummer', 'cvr eller tilsvarende'] },
  { id: 'registrationKind', da: 'Nummertype', en: 'Number type', also: ['type of number', 'registreringstype'] },
  { id: 'registrationCountry', da: 'Nummerets land', en: 'Country of number' },
  { id: 'keptBecause', da: 'Nummer beholdt fordi', en: 'Number kept because' },
  { id: 'noRegistrationBecause', da: 'Intet nummer fordi', en: 'No number because' },
  { id: 'address', da: 'Adresse', en: 'Address', also: ['registered address', 'forretningsadresse', 'hjemsted', 'company address', 'postadresse', 'headquarters', 'corporate address'] },
  { id: 'country', da: 'Hjemland', en: 'Country of seat', also: ['land for hjemsted', 'entity country', 'country of establishment', 'country of incorporation', 'corporate location', 'etableringsland', 'legal entity country', 'entity location', 'hovedsæde', 'location of entity'] },
  { id: 'vendorEndedOn', da: 'Samarbejde ophørt', en: 'Cooperation ended' },
  { id: 'vendorEndedBecause', da: 'Samarbejde ophørt fordi', en: 'Cooperation ended because' },
  { id: 'website', da: 'Hjemmeside', en: 'Website', also: ['web', 'url', 'link', 'websted', 'homepage'] },
  { id: 'contactName', da: 'Kontaktperson', en: 'Contact person', also: ['contact', 'kontakt', 'contact name', 'kontakt navn'] },
  { id: 'contactEmail', da: 'Kontaktens e-mail', en: 'Contact e-mail', also: ['email', 'e-mail', 'mail', 'contact email', 'dpo email', 'kontakt e-mail', 'contact details', 'kontaktoplysninger', 'privacy contact'] },
  { id: 'contactPhone', da: 'Kontaktens telefon', en: 'Contact phone', also: ['telefon', 'telefonnummer', 'phone', 'phone number', 'tlf', 'telephone', 'mobil', 'kontakt telefon', 'contact phone number'] },
  { id: 'contacts', da: 'Kontakter', en: 'Contacts', also: ['all contacts', 'alle kontakter'] },
  { id: 'reference', da: 'Engagementnr.', en: 'Engagement no.', also: ['reference', 'engagement id', 'nr', 'no'] },
  { id: 'parent', da: 'Bruges gennem', en: 'Used through', also: ['parent', 'parent engagement', 'overliggende led', 'led over'] },
  { id: 'continues', da: 'Fortsætter', en: 'Continues', also: ['fortsætter engagement', 'continues engagement'] },
  { id: 'askedByItself', da: 'Ny for kunderne', en: 'New to customers', also: ['varsles først', 'told first'] },
  { id: 'role', da: 'Rolle', en: 'Role', also: ['type', 'role of vendor'] },
  { id: 'services', da: 'Ydelser', en: 'Services', also: ['ydelse', 'service', 'product', 'produkt', 'produkter', 'products', 'applicable services', 'applies to', 'gælder for', 'omfattede ydelser'] },
  { id: 'activity', da: 'Aktivitet', en: 'Activity', also: ['behandlingsaktivitet', 'hvad laver de', 'hvad de laver', 'what they do', 'opgave', 'anvendelse', 'use', 'processing activity', 'purpose', 'formål', 'beskrivelse af behandling', 'beskrivelse', 'description', 'nature of processing', 'behandlingens art', 'purpose of processing', 'processing activities', 'description of processing', 'service provided', 'services provided', 'nature and purpose', 'formål med behandlingen', 'opgave', 'what they do', 'function', 'use', 'description of service'] },
  { id: 'activityDa', da: 'Aktivitet (dansk)', en: 'Activity (Danish)' },
  { id: 'activityEn', da: 'Aktivitet (engelsk)', en: 'Activity (English)' },
  { id: 'dataCategories', da: 'Datakategorier', en: 'Data categories', also: ['type of data', 'types of data', 'kategorier af oplysninger', 'personoplysninger', 'categories of data', 'categories of personal data', 'data processed', 'personal data', 'oplysningstyper'] },
  { id: 'subjects', da: 'Registrerede', en: 'Data subjects', also: ['kategorier af registrerede', 'categories of data subjects'] },
  { id: 'subjectCount', da: 'Antal registrerede', en: 'Number of data subjects' },
  { id: 'countries', da: 'Behandlingssted', en: 'Processing location', also: ['land', 'lande', 'country', 'countries', 'location', 'locations', 'sted', 'lokation', 'lokalitet', 'lokalitet for behandling', 'location of processing', 'place of processing', 'behandlingens sted', 'data location', 'region', 'regions', 'hosting location', 'processing country', 'location(s)', 'countries of processing', 'data center location', 'datacenter', 'placering', 'geografisk placering', 'hvor behandles data', 'hvor behandles oplysningerne', 'hvor opbevares data', 'hvor ligger data', 'datas placering', 'dataplacering', 'serverplacering', 'behandlingsland', 'behandlingslande', 'where is data processed', 'where data is processed'] },
  { id: 'storageCountries', da: 'Opbevaringslande', en: 'Storage countries', also: ['opbevaringsland', 'storage location', 'storage country', 'data storage', 'opbevaringssted', 'data residency'] },
  { id: 'accessCountries', da: 'Adgangslande', en: 'Access countries', also: ['adgangsland', 'access location', 'access country', 'remote access', 'adgang fra', 'accessed from', 'fjernadgang', 'support location'] },
  { id: 'places', da: 'Lokaliteter', en: 'Places', also: ['data centres', 'datacentre'] },
  { id: 'safeguards', da: 'Overførselsgrundlag', en: 'Transfer basis', also: ['grundlag', 'basis', 'basis for transfer', 'legal basis for transfer', 'retsgrundlag for overførsel', 'transfer mechanism', 'safeguards', 'safeguard', 'overførsel', 'overførselsmekanisme', 'garantier', 'fornødne garantier', 'appropriate safeguards', 'transfer safeguards', 'data transfer mechanism', 'legal basis for transfer', 'transfer', 'grundlag for overførsel', 'international transfer mechanism', 'mechanism'] },
  { id: 'dpf', da: 'DPF-certificeret', en: 'DPF certified', also: ['dpf', 'data privacy framework', 'eu us dpf', 'eu us data privacy framework', 'dpf status', 'dpf certificering', 'dpf certification'] },
  { id: 'scc', da: 'SCC', en: 'SCC', also: ['sccs', 'eu scc', 'scc indgået', 'scc signed', 'scc modul', 'scc module', 'standard contractual clauses', 'standardkontraktbestemmelser', 'standardbestemmelser', 'standardkontrakt'] },
  { id: 'tiaOn', da: 'TIA gennemført', en: 'TIA concluded', also: ['tia', 'tia dato', 'tia date', 'tia udført', 'tia udarbejdet', 'tia completed', 'transfer impact assessment', 'overførselsvurdering'] },
  { id: 'transfers', da: 'Overførsler', en: 'Transfers', also: ['transfer records'] },
  { id: 'contractVersion', da: 'Aftaleversion', en: 'Contract version', also: ['dpa version'] },
  { id: 'contractSignedOn', da: 'Aftale underskrevet', en: 'Contract signed', also: ['signed', 'underskrevet', 'dpa signed', 'aftaledato', 'dba underskrevet', 'databehandleraftale dato', 'dpa date', 'date of dpa', 'contract date', 'databehandleraftale', 'dba', 'dpa', 'databehandleraftale indgået', 'databehandleraftale underskrevet'] },
  { id: 'contractTemplate', da: 'Aftaleskabelon', en: 'Contract template', also: ['template', 'skabelon'] },
  { id: 'contracts', da: 'Aftalens versioner', en: 'Contract versions' },
  { id: 'conclusion', da: 'Leverandørvurdering', en: 'Due diligence', also: ['vurdering'] },
  { id: 'concludedOn', da: 'Vurderet den', en: 'Due diligence concluded' },
  { id: 'dueDiligenceNote', da: 'Note til vurdering', en: 'Due diligence note' },
  { id: 'theirNotice', da: 'Leverandørens varsel', en: "Vendor's notice", also: ['varsel', 'notice period'] },
  { id: 'assuranceOwed', da: 'Erklæring skyldes', en: 'Assurance owed' },
  { id: 'assuranceKind', da: 'Erklæringstype', en: 'Assurance type' },
  { id: 'assuranceClause', da: 'Erklæring efter punkt', en: 'Assurance clause' },
  { id: 'inUseSince', da: 'I brug siden', en: 'In use since', also: ['date added', 'added', 'tilføjet', 'start date', 'startdato', 'ibrugtaget', 'in use from', 'date of engagement'] },
  { id: 'inUseUntil', da: 'I brug til', en: 'In use until' },
  { id: 'earlierUse', da: 'Tidligere brug', en: 'Earlier use' },
  { id: 'endedOn', da: 'Ophørt', en: 'Ended', also: ['end date', 'slutdato', 'afsluttet'] },
  { id: 'endedBecause', da: 'Ophørt fordi', en: 'Ended because' },
] as const satisfies readonly Field[]

/** One row is one contact; what is said of the customer stands on each of its rows. */
// prettier-ignore
const customersFields = [
  { id: 'reference', da: 'Kundenr.', en: 'Customer no.', also: ['kunde id', 'customer id', 'kundenummer', 'customer number', 'reference'] },
  { id: 'name', da: 'Kunde', en: 'Customer', also: ['kundenavn', 'customer name', 'navn', 'name', 'firma', 'company', 'virksomhed', 'dataansvarlig', 'dataansvarlige', 'controller', 'data controller', 'organisation', 'account'] },
  { id: 'registrationNumber', da: 'Registreringsnummer', en: 'Registration number', also: ['cvr', 'cvr nr', 'cvr nummer', 'cvrnr', 'org nr', 'company number', 'vat', 'vat number', 'registration no', 'ean'] },
  { id: 'registrationKind', da: 'Nummertype', en: 'Number type' },
  { id: 'keptBecause', da: 'Nummer beholdt fordi', en: 'Number kept because' },
  { id: 'caseNumber', da: 'Sagsnummer', en: 'Case number', also: ['journalnummer', 'sagsnr', 'journalnr', 'case no', 'file number'] },
  { id: 'isProcessor', da: 'Er selv databehandler', en: 'Is a processor', also: ['databehandler', 'processor'] },
  { id: 'services', da: 'Ydelser', en: 'Services', also: ['ydelse', 'service', 'products', 'produkter', 'produkt', 'product', 'køber'] },
  { id: 'serviceDates', da: 'Ydelser med datoer', en: 'Services with dates' },
  { id: 'from', da: 'Kunde fra', en: 'Customer from', also: ['startdato', 'start date', 'kunde siden', 'customer since', 'aftale gælder fra', 'gælder fra', 'valid from'] },
  { id: 'dpaVersion', da: 'Aftaleversion', en: 'Agreement version', also: ['dpa version', 'dba version', 'version'] },
  { id: 'signedOn', da: 'Aftale underskrevet', en: 'Agreement signed', also: ['underskrevet', 'signed', 'dba underskrevet', 'dpa signed', 'aftaledato', 'signed on', 'dpa date', 'databehandleraftale underskrevet'] },
  { id: 'authorisation', da: 'Godkendelse', en: 'Authorisation', also: ['godkendelsesform', 'authorization', 'type of authorisation'] },
  { id: 'notice', da: 'Varsel', en: 'Notice period', also: ['varslingsperiode', 'varslingsfrist', 'notice', 'opsigelse', 'frist'] },
  { id: 'objectionUntil', da: 'Indsigelse indtil', en: 'Objection until', also: ['indsigelsesfrist'] },
  { id: 'counts', da: 'Varslet regnes fra', en: 'Notice counts from' },
  { id: 'replacementNeedsApproval', da: 'Udskiftning kræver godkendelse', en: 'Replacement needs approval' },
  { id: 'commonList', da: 'Fælles liste', en: 'Common list' },
  { id: 'transferInstruction', da: 'Overførselsinstruks', en: 'Transfer instruction' },
  { id: 'transferCountries', da: 'Lande i instruksen', en: 'Countries of the instruction' },
  { id: 'breachHours', da: 'Timer ved brud', en: 'Hours for breaches', also: ['brudfrist', 'breach notice hours'] },
  { id: 'earlierAgreements', da: 'Tidligere aftaler', en: 'Earlier agreements' },
  { id: 'endedOn', da: 'Kunde indtil', en: 'Customer until', also: ['ophørt', 'ended', 'slutdato', 'end date'] },
  { id: 'endedBecause', da: 'Ophørt fordi', en: 'Ended because' },
  { id: 'contactName', da: 'Kontaktperson', en: 'Contact person', also: ['kontakt', 'contact', 'contact name', 'dpo', 'databeskyttelsesrådgiver', 'data protection contact', 'databeskyttelseskontakt'] },
  { id: 'contactTitle', da: 'Titel', en: 'Title', also: ['stilling', 'job title'] },
  { id: 'contactEmail', da: 'E-mail', en: 'E-mail', also: ['email', 'mail', 'e mail', 'kontakt e-mail', 'contact email', 'mailadresse', 'dpo email', 'e-mailadresse', 'email address'] },
  { id: 'contactPhone', da: 'Telefon', en: 'Phone', also: ['tlf', 'telefonnummer', 'telephone', 'mobil', 'mobile'] },
  { id: 'contactLocale', da: 'Sprog', en: 'Language', also: ['locale', 'sprogkode'] },
  { id: 'dataProtection', da: 'Får varsler', en: 'Receives notices', also: ['databeskyttelseskontakt ja nej', 'is dpo'] },
  { id: 'mayApprove', da: 'Må godkende', en: 'May approve', also: ['godkendelsesret', 'right to approve'] },
  { id: 'contactFrom', da: 'Kontakt fra', en: 'Contact from' },
  { id: 'contactTo', da: 'Kontakt til', en: 'Contact until' },
] as const satisfies readonly Field[]

export type RegisterField = (typeof registerFields)[number]['id']
export type CustomersField = (typeof customersFields)[number]['id']

export const fieldsOf: Record<Register, readonly Field[]> = {
  register: registerFields,
  customers: customersFields,
}

export function headingOf(register: Register, field: string, locale: Locale): string {
  return fieldsOf[register].find(({ id }) => id === field)?.[locale] ?? field
}

/** Without these columns nothing can be read. */
export const neededField: Record<Register, string> = { register: 'vendor', customers: 'name' }
