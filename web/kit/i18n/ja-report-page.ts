import type { ReportPageMessages } from './message-keys.ts'

/** What stands around a report, in Japanese; what it says is in the core, beside its facts. */
export const jaReportPage: ReportPageMessages = {
  'report.page.title': '報告書',
  'report.page.own': '自チームの報告書',
  'report.page.readers': '読み手',
  'report.page.minister': '大臣向け',
  'report.page.team': 'チーム向け',
  'report.page.excon': '進行役向け',
  'report.page.pick': 'チーム',
  'report.page.print': '印刷',
  'report.page.pdf': 'PDFで保存',
  'report.page.markdown': 'Markdownで保存',
  'report.page.json': 'JSONで保存',
  'report.page.numbers': '数値（CSV）',
  'report.page.layer': 'ATT&CKレイヤーを保存',
  'report.page.export': '演習全体を保存（.tar）',
  'hotwash.title': 'ホットウォッシュ',
  'hotwash.next': '次のスライド',
  'hotwash.previous': '前のスライド',
  'hotwash.full': '全画面',
  'hotwash.slide': 'スライド{{n}} / {{all}}',
  'hotwash.turns': '転換点',
  'hotwash.turnsOf': '転換点{{all}}件のうち{{n}}件です。すべてはリプレイで確認できます。',
  'hotwash.noTurns': 'まだありません。',
}
