import type { ReportPageMessages } from './message-keys.ts'

/** What stands around a report, in Estonian; what it says is in the core, beside its facts. */
export const etReportPage: ReportPageMessages = {
  'report.page.title': 'Aruanne',
  'report.page.own': 'Meie aruanne',
  'report.page.readers': 'Kellele',
  'report.page.minister': 'Ministritele',
  'report.page.team': 'Meeskondadele',
  'report.page.excon': 'Õppuse juhtidele',
  'report.page.pick': 'Meeskond',
  'report.page.print': 'Prindi',
  'report.page.pdf': 'Salvesta: PDF',
  'report.page.markdown': 'Salvesta: Markdown',
  'report.page.json': 'Salvesta: JSON',
  'report.page.numbers': 'Arvud CSV-failidena',
  'report.page.layer': 'Salvesta: ATT&CK',
  'report.page.export': 'Salvesta kogu õppus (.tar)',
  'hotwash.title': 'Esmane kokkuvõte',
  'hotwash.next': 'Järgmine slaid',
  'hotwash.previous': 'Eelmine slaid',
  'hotwash.full': 'Täisekraan',
  'hotwash.slide': 'Slaid {{n}}/{{all}}',
  'hotwash.turns': 'Pöördepunktid',
  'hotwash.turnsOf': 'Pöördepunkte on {{all}}, siin on neist {{n}}: kõiki näeb kordusvaates.',
  'hotwash.noTurns': 'Neid veel ei ole.',
}
