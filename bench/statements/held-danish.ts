import type { Paper } from './expected.js'
import { paper } from './paper.js'

// Written in other words and layouts than the rules were made on, and before they were run on any of these.

const adverse: Paper = {
  name: 'held-isae-3402-da-afkraeftende',
  what: 'ISAE 3402 type 2, da, adverse, a table of facts on the cover, days with dots, in capitals',
  pdf: () =>
    paper(
      [
        { title: 'SØNDERVANG IT P/S' },
        { text: 'ERKLÆRING FRA UAFHÆNGIG REVISOR' },
        {
          table: [
            ['Standard', 'ISAE 3402, type II'],
            ['Erklæringsperiode', '01.07.2024 - 30.06.2025'],
            ['Ydelse', 'Drift af servere og netværk'],
            ['Udarbejdet af', 'Vestrevision Godkendt Revisionspartnerselskab'],
          ],
          widths: [160, 300],
        },
        'page',
        { heading: 'Kapitel 1: Søndervang IT P/S’ udtalelse' },
        {
          text: 'Medfølgende beskrivelse er udarbejdet til brug for kunder, der har anvendt vores driftsydelse. Vi mener, at kontrollerne i alle væsentlige henseender har fungeret effektivt i perioden 1. juli 2024 - 30. juni 2025.',
        },
        { text: 'Kolding, 3. oktober 2025' },
        'page',
        { heading: 'Kapitel 2: Den uafhængige revisors erklæring' },
        { text: 'Til kunder af Søndervang IT P/S og disses revisorer.' },
        {
          text: 'Som aftalt har vi undersøgt Søndervang IT P/S’ beskrivelse af sit driftsmiljø for perioden 1. juli 2024 - 30. juni 2025. Undersøgelsen er foretaget i overensstemmelse med den internationale standard ISAE 3402 om erklæringer med sikkerhed om kontroller hos en serviceleverandør, og den giver en høj grad af sikkerhed.',
        },
        { heading: 'Grundlag for afkræftende konklusion' },
        {
          text: 'Der har i perioden ikke været kontroller for gendannelse af data, og gennemgang af privilegerede adgange er ikke udført. Forholdene er gennemgribende.',
        },
        { heading: 'Afkræftende konklusion' },
        {
          text: 'På grund af betydningen af de forhold, der er omtalt ovenfor, er det vores vurdering, at kontrollerne ikke har været hensigtsmæssigt udformet og ikke har fungeret effektivt i perioden 1. juli 2024 - 30. juni 2025.',
        },
        {
          text: 'Kolding, 6. oktober 2025\n\nVestrevision\nGodkendt Revisionspartnerselskab, CVR nr. 29403473\n\nJens Bro\nRegistreret revisor',
        },
      ],
      { font: 'serif', footer: (page) => `${page}` },
    ),
  expected: {
    language: 'da',
    kind: 'isae-3402',
    type: 2,
    level: 'reasonable',
    period: { from: '2024-07-01', to: '2025-06-30' },
    issuedOn: '2025-10-06',
    auditor: 'Vestrevision Godkendt Revisionspartnerselskab',
    auditorNumber: '29403473',
    entity: 'Søndervang IT P/S',
    opinion: 'adverse',
  },
}

const disclaimer: Paper = {
  name: 'held-isae-3000-da-manglende',
  what: 'ISAE 3000 type 1, da, disclaimer, a hyphen at a line’s end, spaced heading',
  pdf: () =>
    paper(
      [
        { heading: 'UAFHÆNGIG REVISORS ERKLÆRING OM PERSONDATA', spaced: true },
        {
          text: 'Til ledelsen i Klinikdata Danmark ApS\n\nVi er blevet anmodet om at afgive en ISAE 3000 type 1-erklæring med høj grad af sikkerhed om beskrivelsen pr. 30. september 2025 af Klinikdata Danmark ApS’ behandling af personoplysninger for kunder.',
        },
        { heading: 'Ledelsens ansvar' },
        {
          text: 'Klinikdata Danmark ApS har ansvaret for beskrivelsen og for de tekniske og organisatoriske foranstaltninger.',
        },
        { heading: 'Grundlag for manglende konklusion' },
        {
          text: 'Vi har ikke haft adgang til dokumentation for opsætning af logning og adgangsrettig-\nheder på servere hos hostingleverandøren. Vi har derfor ikke kunnet opnå tilstrækkeligt og egnet bevis.',
        },
        { heading: 'Manglende konklusion' },
        {
          text: 'Som følge af betydningen af det forhold, der er omtalt i afsnittet om grundlaget, har vi ikke kunnet opnå tilstrækkeligt bevis til at danne grundlag for en konklusion. Vi udtrykker derfor ingen konklusion om beskrivelsen.',
        },
        { text: 'Roskilde, den 17. november 2025' },
        { text: 'Sjællands Revision Registreret Revisionsanpartsselskab\nCVR-nummer 35 64 58 45' },
      ],
      { size: 11 },
    ),
  expected: {
    language: 'da',
    kind: 'isae-3000',
    type: 1,
    level: 'reasonable',
    asOf: '2025-09-30',
    issuedOn: '2025-11-17',
    auditor: 'Sjællands Revision Registreret Revisionsanpartsselskab',
    auditorNumber: '35645845',
    entity: 'Klinikdata Danmark ApS',
    opinion: 'disclaimer',
  },
}

const dead: Paper = {
  name: 'held-iso-27001-2013-da',
  what: 'ISO 27001:2013 certificate, da, labels above their values, ISO dates',
  pdf: () =>
    paper(
      [
        { centred: 'LEDELSESSYSTEMCERTIFIKAT', size: 24 },
        {
          table: [
            ['Certifikatnr.', 'Første certificering', 'Gyldighed'],
            ['10000412345-MSC', '2019-11-01', '2022-11-01 – 2025-10-31'],
          ],
          widths: [180, 180, 220],
        },
        { centred: 'Hermed bekræftes, at ledelsessystemet for', size: 11 },
        { centred: 'Herstedvang Drift A/S', size: 20 },
        { centred: 'Herstedvang 8, 2620 Albertslund', size: 11 },
        {
          centred:
            'er i overensstemmelse med standarden for ledelse af informationssikkerhed: NS-EN ISO/IEC 27001:2013',
          size: 12,
        },
        { centred: 'For det udstedende kontor: Bureau Veritas Certification Denmark A/S', size: 10 },
      ],
      { landscape: true, font: 'serif' },
    ),
  expected: {
    language: 'da',
    kind: 'iso-27001',
    edition: '2013',
    entity: 'Herstedvang Drift A/S',
    certificateNumber: '10000412345-MSC',
    expiresOn: '2025-10-31',
    body: 'Bureau Veritas Certification Denmark A/S',
  },
}

const tables: Paper = {
  name: 'held-isae-3000-da-kontroller',
  what: 'ISAE 3000 type 2, da, controls in other tables, partial method, the list of controls repeated in the description',
  pdf: () =>
    paper(
      [
        {
          heading:
            'Revisors ISAE 3000-erklæring (type 2) for perioden fra 1. januar til 31. december 2025 om kontroller rettet mod databeskyttelse',
        },
        { text: 'Nordfax Cloud A/S' },
        'page',
        { heading: 'Beskrivelse af behandlingen' },
        {
          text: 'Nordfax Cloud A/S behandler personoplysninger på vegne af sine kunder. Kontrolpunkterne er A.1, A.2, B.7 og E.2.',
        },
        {
          text: 'Som underdatabehandler benyttes Microsoft Ireland Operations Ltd. Erklæringen er udarbejdet efter den partielle metode, hvorfor kontroller hos underdatabehandleren ikke er omfattet.',
        },
        'page',
        { heading: 'Uafhængig revisors erklæring' },
        { text: 'Til Nordfax Cloud A/S og dets kunder' },
        {
          text: 'Vores arbejde er udført efter ISAE 3000 og yderligere krav efter dansk revisorlovgivning for at opnå høj grad af sikkerhed for vores konklusion.',
        },
        { heading: 'Revisors konklusion' },
        {
          text: 'Vores konklusion er udformet på grundlag af det, der fremgår ovenfor. Efter vores opfattelse er beskrivelsen dækkende i alle væsentlige henseender, og kontrollerne har fungeret effektivt i perioden fra 1. januar til 31. december 2025.',
        },
        {
          text: 'Søborg, den 30. januar 2026\nBDO Statsautoriseret Revisionspartnerselskab\nCVR-nr. 35 24 01 36',
        },
        'page',
        { heading: 'Kontrolmål og resultat af test' },
        { text: 'A. Instruks' },
        {
          table: [
            ['Kontrol', 'Handling og resultat'],
            [
              'A.1 Skriftlige procedurer for instruks',
              'Vi har læst procedurerne. Vi har ingen bemærkninger.',
            ],
            ['A.2 Kun behandling efter instruks', 'Vi har gennemgået fem sager. Vi har ingen bemærkninger.'],
          ],
          widths: [200, 270],
        },
        { text: 'B. Tekniske foranstaltninger' },
        {
          table: [
            [
              'B.7 Overvågning med alarmer',
              'Vi har gennemgået alarmer for 12 uger. Afvigelse: i 2 af 12 uger var overvågningen slået fra uden godkendelse.',
            ],
            [
              'E.2 Kun godkendte lokaliteter',
              'Vi har gennemgået listen over lokaliteter. Vi har ingen bemærkninger.',
            ],
          ],
          widths: [200, 270],
        },
      ],
      { font: 'own', header: 'Nordfax Cloud A/S', footer: (page) => `Side ${page} af 4` },
    ),
  expected: {
    language: 'da',
    kind: 'isae-3000',
    type: 2,
    level: 'reasonable',
    period: { from: '2025-01-01', to: '2025-12-31' },
    issuedOn: '2026-01-30',
    auditor: 'BDO Statsautoriseret Revisionspartnerselskab',
    auditorNumber: '35240136',
    entity: 'Nordfax Cloud A/S',
    opinion: 'unqualified',
    subservice: [{ name: 'Microsoft Ireland Operations Ltd.', method: 'carve-out' }],
    exceptions: ['B.7'],
    controls: { 'A.1': 'no-exceptions', 'A.2': 'no-exceptions', 'B.7': 'exceptions', 'E.2': 'no-exceptions' },
  },
}

export const heldDanish: readonly Paper[] = [adverse, disclaimer, dead, tables]
