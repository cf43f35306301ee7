import type { Paper } from './expected.js'
import { paper } from './paper.js'

const tests = (control: string, what: string, test: string, result: string) => [control, what, test, result]
const widths = [36, 150, 180, 110]

/** One column, cover, contents, header and foot on each page, the management's words before the auditor's; last year was qualified. */
const hosting: Paper = {
  name: 'isae-3402-da',
  what: 'ISAE 3402 type 2, da, cover and contents, last year quoted with its period and opinion',
  pdf: () =>
    paper(
      [
        { title: 'Fjordhost A/S' },
        {
          heading:
            'Uafhængig revisors ISAE 3402-erklæring med sikkerhed om beskrivelsen af kontroller, deres udformning og operationelle effektivitet i relation til hostingydelser',
        },
        { text: 'For perioden 1. januar 2025 til 31. december 2025' },
        { text: 'ISAE 3402, type 2' },
        { text: 'CVR-nr. 29 40 34 73' },
        'page',
        { heading: 'Indholdsfortegnelse' },
        {
          text: '1. Ledelsens udtalelse ........ 3\n2. Uafhængig revisors erklæring ........ 4\n3. Systembeskrivelse ........ 6\n4. Kontrolmål, kontroller, test og resultat ........ 7',
        },
        'page',
        { heading: '1. Ledelsens udtalelse' },
        {
          text: 'Fjordhost A/S anvender underserviceleverandøren Skandia Datacenter A/S til drift af datacentre. Denne beskrivelse er udarbejdet efter udeladelsesmetoden, og kontrolmål og kontroller hos Skandia Datacenter A/S er ikke omfattet.',
        },
        {
          text: 'Vi bekræfter, at beskrivelsen giver en retvisende fremstilling af hostingydelserne i hele perioden fra 1. januar 2025 til 31. december 2025. I vores erklæring for perioden 1. januar 2024 til 31. december 2024 var revisors konklusion med forbehold vedrørende adgangsstyring; forholdet er bragt i orden.',
        },
        { text: 'Hørsholm, den 2. februar 2026\nPer Holm, direktør' },
        'page',
        { heading: '2. Uafhængig revisors erklæring' },
        { text: 'Til ledelsen i Fjordhost A/S, dets kunder og deres revisorer' },
        { heading: 'Omfang' },
        {
          text: 'Vi har fået som opgave at afgive erklæring om Fjordhost A/S’ beskrivelse af hostingydelserne i hele perioden fra 1. januar 2025 til 31. december 2025 og om udformningen og funktionen af kontroller, der knytter sig til de kontrolmål, som er anført i beskrivelsen.',
        },
        {
          text: 'Fjordhost A/S anvender Skandia Datacenter A/S som underserviceleverandør. Beskrivelsen er udarbejdet efter udeladelsesmetoden og omfatter ikke kontrolmål og kontroller hos underserviceleverandøren.',
        },
        { heading: 'Revisors ansvar' },
        {
          text: 'Vi har udført vores arbejde i overensstemmelse med ISAE 3402, Erklæringer med sikkerhed om kontroller hos en serviceleverandør. Standarden kræver, at vi planlægger og udfører vores handlinger for at opnå høj grad af sikkerhed for, om beskrivelsen i alle væsentlige henseender er retvisende.',
        },
        { heading: 'Begrænsninger i kontroller hos en serviceleverandør' },
        {
          text: 'Kontroller hos en serviceleverandør kan som følge af deres art muligvis ikke forhindre eller afdække alle fejl. Enhver fremskrivning af vurderinger er undergivet risikoen for, at kontroller kan svigte.',
        },
        { heading: 'Konklusion' },
        {
          text: 'Vores konklusion er udformet på grundlag af de forhold, der er redegjort for i denne erklæring. Det er vores opfattelse, at beskrivelsen i alle væsentlige henseender giver et retvisende billede af hostingydelserne, at kontrollerne var hensigtsmæssigt udformet, og at de testede kontroller har fungeret effektivt i hele perioden fra 1. januar 2025 til 31. december 2025.',
        },
        { text: 'København, den 2. februar 2026' },
        {
          text: 'Nordrevision\nStatsautoriseret Revisionspartnerselskab\nCVR-nr. 35 24 01 36\n\nLise Krag\nstatsautoriseret revisor',
        },
        'page',
        { heading: '4. Kontrolmål, kontroller, test og resultat' },
        {
          table: [
            ['Nr.', 'Kontrol', 'Test', 'Resultat'],
            [
              '9.2',
              'Adgange gennemgås halvårligt.',
              'Vi har inspiceret gennemgangene for begge halvår.',
              'Ingen afvigelser konstateret.',
            ],
            [
              '12.1',
              'Ændringer godkendes før idriftsættelse.',
              'Vi har stikprøvevist inspiceret 25 ændringer.',
              'Vi har konstateret, at 2 ud af 25 ændringer ikke var godkendt før idriftsættelse.',
            ],
          ],
          widths,
        },
      ],
      { font: 'serif', header: 'Fjordhost A/S – ISAE 3402 type 2', footer: (page) => `Side ${page}` },
    ),
  expected: {
    language: 'da',
    kind: 'isae-3402',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-01-01', to: '2025-12-31' },
    issuedOn: '2026-02-02',
    auditor: 'Nordrevision Statsautoriseret Revisionspartnerselskab',
    auditorNumber: '35240136',
    entity: 'Fjordhost A/S',
    opinion: 'unqualified',
    subservice: [{ name: 'Skandia Datacenter A/S', method: 'carve-out' }],
    exceptions: ['12.1'],
  },
}

/** The Danish ISAE 3000 on data protection, with a table of controls A to I. */
const gdpr: Paper = {
  name: 'isae-3000-da-hoej',
  what: 'ISAE 3000 GDPR type 2, high assurance, da, tables of controls with a deviation',
  pdf: () =>
    paper(
      [
        { centred: 'ISAE 3000-erklæring', size: 22 },
        {
          centred:
            'Uafhængig revisors ISAE 3000-erklæring med sikkerhed om informationssikkerhed og foranstaltninger i henhold til databehandleraftaler',
        },
        { centred: 'Lønkompagniet ApS' },
        { centred: '1. april 2025 – 31. marts 2026' },
        'page',
        { heading: 'Uafhængig revisors erklæring' },
        { text: 'Til: Lønkompagniet ApS og deres kunder i rollen som dataansvarlige' },
        { heading: 'Omfang' },
        {
          text: 'Vi har fået som opgave at afgive erklæring med høj grad af sikkerhed om Lønkompagniet ApS’ beskrivelse af lønsystemet i henhold til databehandleraftaler med kunder i hele perioden 1. april 2025 til 31. marts 2026 samt om udformningen og den operationelle effektivitet af kontroller.',
        },
        {
          text: 'Lønkompagniet ApS anvender Amager Drift A/S til serverdrift. Erklæringen omfatter efter helhedsmetoden også kontroller hos Amager Drift A/S.',
        },
        { heading: 'Revisors uafhængighed og kvalitetsstyring' },
        {
          text: 'Vi har overholdt kravene til uafhængighed i FSR – danske revisorers retningslinjer for revisors etiske adfærd.',
        },
        { heading: 'Revisors ansvar' },
        {
          text: 'Vi har udført vores arbejde i overensstemmelse med ISAE 3000, Andre erklæringer med sikkerhed end revision eller review af historiske finansielle oplysninger, og yderligere krav ifølge dansk revisorlov-\ngivning. En erklæringsopgave med sikkerhed omfatter udførelse af handlinger. De valgte handlinger afhænger af revisors vurdering.',
        },
        { heading: 'Konklusion' },
        {
          text: 'Vores konklusion er udformet på grundlag af de forhold, der er redegjort for i denne erklæring. Det er vores opfattelse, at i alle væsentlige henseender (a) beskrivelsen er retvisende, (b) kontrollerne i alle væsentlige henseender var hensigtsmæssigt udformet, og (c) de testede kontroller har fungeret effektivt i hele perioden.',
        },
        {
          text: 'Aarhus, den 22. april 2026\n\nØstjysk Revision Godkendt Revisionspartnerselskab\nCVR-nr.: 29403473',
        },
        'page',
        { heading: 'Kontrolmål, kontrolaktivitet, test og resultat heraf' },
        {
          text: 'Kontrolmål A: Der efterleves procedurer og kontroller, som sikrer, at instruksen efterleves.',
        },
        {
          table: [
            tests(
              'Nr.',
              'Databehandlerens kontrolaktivitet',
              'Revisors udførte test',
              'Resultat af revisors test',
            ),
            tests(
              'A.1',
              'Der foreligger skriftlige procedurer for behandling efter instruks.',
              'Inspiceret, at procedurerne foreligger og er opdateret.',
              'Ingen afvigelser konstateret.',
            ),
            tests(
              'A.2',
              'Der behandles alene efter instruks.',
              'Inspiceret en stikprøve på 5 behandlinger.',
              'Ingen afvigelser konstateret.',
            ),
            tests(
              'A.3',
              'Den dataansvarlige underrettes om ulovlig instruks.',
              'Forespurgt, om der har været tilfælde.',
              'Der har ikke været tilfælde i perioden, og kontrollen er derfor ikke testet.',
            ),
          ],
          widths,
        },
        { text: 'Kontrolmål B: Tekniske foranstaltninger' },
        {
          table: [
            tests(
              'B.3',
              'Antivirus er installeret og opdateres.',
              'Inspiceret opsætning på 10 servere.',
              'Ingen afvigelser konstateret.',
            ),
            tests(
              'B.6',
              'Adgang er begrænset til arbejdsbetinget behov.',
              'Inspiceret 25 adgange mod godkendelser.',
              'Vi har konstateret, at 3 ud af 25 adgange ikke var godkendt. Ingen yderligere afvigelser konstateret.',
            ),
            tests(
              'B.10',
              'Testdata er anonymiserede.',
              'Forespurgt ledelsen.',
              'Ikke relevant, da der ikke anvendes testdata.',
            ),
          ],
          widths,
        },
        { text: 'Kontrolmål F: Underdatabehandlere' },
        {
          table: [
            tests(
              'F.2',
              'Der anvendes alene godkendte underdatabehandlere.',
              'Inspiceret oversigten.',
              'Ingen afvigelser konstateret.',
            ),
            tests(
              'F.6',
              'Der følges op på underdatabehandlere.',
              'Inspiceret opfølgning for 4 af 4.',
              'Ingen afvigelser konstateret.',
            ),
            tests(
              'I.3',
              'Brud anmeldes uden unødig forsinkelse.',
              'Inspiceret loggen over brud.',
              'Ingen afvigelser konstateret.',
            ),
          ],
          widths,
        },
      ],
      { font: 'own', footer: (page) => `Lønkompagniet ApS · Side ${page} af 3` },
    ),
  expected: {
    language: 'da',
    kind: 'isae-3000',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-04-01', to: '2026-03-31' },
    issuedOn: '2026-04-22',
    auditor: 'Østjysk Revision Godkendt Revisionspartnerselskab',
    auditorNumber: '29403473',
    entity: 'Lønkompagniet ApS',
    opinion: 'unqualified',
    subservice: [{ name: 'Amager Drift A/S', method: 'inclusive' }],
    exceptions: ['B.6'],
    controls: {
      'A.1': 'no-exceptions',
      'A.2': 'no-exceptions',
      'A.3': 'not-tested',
      'B.3': 'no-exceptions',
      'B.6': 'exceptions',
      'B.10': 'not-applicable',
      'F.2': 'no-exceptions',
      'F.6': 'no-exceptions',
      'I.3': 'no-exceptions',
    },
  },
}

/** Two columns of running text, at a date, limited assurance. */
const light: Paper = {
  name: 'isae-3000-da-begraenset',
  what: 'ISAE 3000 GDPR type 1, limited assurance, da, two columns',
  pdf: () =>
    paper([
      { title: 'Revisors erklæring om databeskyttelse' },
      {
        text: 'ISAE 3000-erklæring med begrænset sikkerhed pr. 31. marts 2026 om Kystarkiv ApS’ overholdelse af databehandleraftaler',
      },
      {
        columns: [
          'Til Kystarkiv ApS og Kystarkiv ApS’ kunder. Vi har fået som opgave at afgive erklæring om Kystarkiv ApS’ beskrivelse af arkivløsningen pr. 31. marts 2026 og om udformningen af de foranstaltninger, der er beskrevet. Vi har ikke udført handlinger om den operationelle effektivitet og udtrykker derfor ingen konklusion herom.',
          'Ledelsen er ansvarlig for udarbejdelsen af beskrivelsen og for foranstaltningernes udformning og gennemførelse i overensstemmelse med de indgåede aftaler.',
          'Vores ansvar er at udtrykke en konklusion. Vi har udført vores arbejde i overensstemmelse med ISAE 3000 (ajourført) med henblik på at opnå begrænset grad af sikkerhed for vores konklusion. Omfanget af de handlinger, vi har udført, er mindre end ved en opgave med høj grad af sikkerhed, og graden af sikkerhed er derfor betydeligt lavere.',
          'Konklusion',
          'På grundlag af det udførte arbejde og det opnåede bevis er vi ikke blevet bekendt med forhold, der giver os anledning til at konkludere, at beskrivelsen pr. 31. marts 2026 ikke i alle væsentlige henseender er retvisende, eller at foranstaltningerne ikke var hensigtsmæssigt udformet.',
          'Odense, 14. april 2026',
          'Fynsk Revision, Statsautoriseret Revisionsanpartsselskab, CVR 35645845',
        ],
      },
    ]),
  expected: {
    language: 'da',
    kind: 'isae-3000',
    type: 1,
    level: 'limited',
    asOf: '2026-03-31',
    issuedOn: '2026-04-14',
    auditor: 'Fynsk Revision, Statsautoriseret Revisionsanpartsselskab',
    auditorNumber: '35645845',
    entity: 'Kystarkiv ApS',
    opinion: 'unqualified',
  },
}

/** Headings with spaced letters; a qualified opinion; one carved out and one included. */
const qualified: Paper = {
  name: 'isae-3402-da-forbehold',
  what: 'ISAE 3402 type 2, da, qualified, spaced headings, one carved out and one included',
  pdf: () =>
    paper(
      [
        { heading: 'REVISORS ERKLÆRING', spaced: true },
        {
          text: 'ISAE 3402 type 2-erklæring vedrørende Limfjord Colo A/S’ datacenterydelser i Hørskætten 3, 2630 Taastrup, i perioden fra den 1. juli 2024 til den 30. juni 2025.',
        },
        {
          text: 'Til kunder hos Limfjord Colo A/S og deres revisorer. Vi har udført vores arbejde efter ISAE 3402 med henblik på at opnå høj grad af sikkerhed.',
        },
        {
          text: 'Limfjord Colo A/S anvender Vagtselskabet Øst ApS til fysisk bevogtning, som er medtaget efter helhedsmetoden, og Nordkøl A/S til service af køleanlæg, som er udeladt efter udeladelsesmetoden.',
        },
        { heading: 'FORBEHOLD', spaced: true },
        {
          text: 'Kontrollen med gennemgang af adgangskort til serverrummene har ikke fungeret i perioden 1. juli 2024 til 30. september 2024, idet gennemgangen ikke blev udført. Kontrolmål 11 er som følge heraf ikke nået i den del af perioden.',
        },
        { heading: 'KONKLUSION MED FORBEHOLD', spaced: true },
        {
          text: 'Bortset fra det forhold, der er beskrevet i forbeholdet, er det vores opfattelse, at beskrivelsen i alle væsentlige henseender er retvisende, og at kontrollerne har fungeret effektivt i hele perioden fra den 1. juli 2024 til den 30. juni 2025.',
        },
        { text: 'Aalborg, den 15. september 2025' },
        { text: 'Limfjordens Revision Statsautoriseret Revisionspartnerselskab, CVR-nr. 35240136' },
      ],
      { font: 'serif', size: 11 },
    ),
  expected: {
    language: 'da',
    kind: 'isae-3402',
    type: 2,
    level: 'reasonable',
    period: { from: '2024-07-01', to: '2025-06-30' },
    issuedOn: '2025-09-15',
    auditor: 'Limfjordens Revision Statsautoriseret Revisionspartnerselskab',
    auditorNumber: '35240136',
    entity: 'Limfjord Colo A/S',
    opinion: 'qualified',
    subservice: [
      { name: 'Vagtselskabet Øst ApS', method: 'inclusive' },
      { name: 'Nordkøl A/S', method: 'carve-out' },
    ],
    sites: ['Hørskætten 3, 2630 Taastrup'],
  },
}

const certificate: Paper = {
  name: 'iso-27701-da',
  what: 'ISO 27701 certificate, da, in a frame, dates with dots',
  pdf: () =>
    paper(
      [
        { centred: 'Dansk Systemcertificering A/S', size: 12 },
        { centred: 'CERTIFIKAT', size: 34 },
        { centred: 'Certifikat nr.: DSC-27701-0448' },
        { centred: 'Det bekræftes hermed, at' },
        { centred: 'Lønkompagniet ApS', size: 22 },
        { centred: 'Havnegade 12, 8000 Aarhus C' },
        { centred: 'har et ledelsessystem for privatlivsbeskyttelse, der opfylder kravene i' },
        { centred: 'ISO/IEC 27701:2019', size: 18 },
        { centred: 'som udvidelse til ISO/IEC 27001:2022', size: 11 },
        { centred: 'Udstedt: 03.06.2024     Gyldigt til: 02.06.2027' },
      ],
      { font: 'own', landscape: true },
    ),
  expected: {
    language: 'da',
    kind: 'iso-27701',
    edition: '2019',
    entity: 'Lønkompagniet ApS',
    certificateNumber: 'DSC-27701-0448',
    issuedOn: '2024-06-03',
    expiresOn: '2027-06-02',
    body: 'Dansk Systemcertificering A/S',
  },
}

export const danish: readonly Paper[] = [hosting, gdpr, light, qualified, certificate]
