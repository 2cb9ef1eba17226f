import { jaReportPage } from './ja-report-page.ts'
import { jaShared } from './ja-shared.ts'
import type { ToolsMessages } from './message-keys.ts'

export const jaTools: ToolsMessages = {
  ...jaShared,
  ...jaReportPage,
  'refusal.recording-now': 'このチームの通信を記録しているところです。終わるまでお待ちください。',
  'refusal.no-recording': '記録がないか、すでに消去されました。',
  'traffic.record': '通信を記録',
  'traffic.now': '記録中です（最長{{seconds}}秒）。',
  'traffic.done': '{{service}}：{{size}} KiBを記録しました。',
  'traffic.download': 'ダウンロード（.pcap）',
  'traffic.bounds': 'コンテナの外側で、最長60秒、最大10 MiBまで記録します。記録は10分間保存されます。',
  'ssh.title': 'SSHで自分のツールを使う',
  'ssh.off': 'このプラットフォームではSSHが無効です。運用担当者が --ssh を付けて起動すると使えます。',
  'ssh.how':
    '自チームのサービスに対して、シェル、scp、sftp、トンネルを使えます。パスワードとして参加リンクのトークンか短いコードを入力するか、ここで公開鍵を登録してください。',
  'ssh.recorded': 'SSHのターミナルに表示される内容も、リプレイ用に記録されます。',
  'ssh.host': 'プラットフォームのホスト鍵',
  'ssh.keys': '登録済みの鍵',
  'ssh.noKeys': '鍵はまだ登録されていません。',
  'ssh.by': '{{name}}（{{time}}から）',
  'ssh.remove': '削除',
  'ssh.removeOf': '鍵 {{fingerprint}} を削除',
  'ssh.key': '公開鍵（id_ed25519.pub の1行）',
  'ssh.register': '鍵を登録',
}
