import type { ReplayMessages } from './message-keys.ts'

/** Replays, in Japanese. */
export const jaReplay: ReplayMessages = {
  'pulse.replay': 'リプレイ',
  'replay.open': 'リプレイ',
  'replay.name': 'この演習のリプレイ',
  'replay.loading': '記録を読み込んでいます。',
  'replay.failed': '記録を読み込めませんでした。{{why}}',
  'replay.again': 'もう一度試す',
  'replay.play': '再生',
  'replay.pause': '一時停止',
  'replay.moment': '演習の時点',
  'replay.speed': '速度',
  'replay.points': '転換点',
  'replay.points.choose': '転換点（{{n}}件）',
  'replay.previous': '前の転換点',
  'replay.next': '次の転換点',
  'replay.leave': 'リプレイを終える',
  'refusal.replay': 'これはリプレイです。過去の様子を表示しているため、変更はできません。',
  'turn.first-landed': '最初の侵入：「{{attack}}」（チーム{{team}}）',
  'turn.first-mended': '最も早く解消（{{span}}）：「{{attack}}」（チーム{{team}}）',
  'turn.last-mended': '最も遅く解消（{{span}}）：「{{attack}}」（チーム{{team}}）',
  'turn.outage': '{{span}}の障害：{{service}}（チーム{{team}}）',
  'turn.chain_one': '{{service}}の障害が、依存する1件のサービスに波及（チーム{{team}}）',
  'turn.chain_other': '{{service}}の障害が、依存する{{count}}件のサービスに波及（チーム{{team}}）',
  'turn.swing': '{{span}}の間に平均より{{points}}点多く失点（チーム{{team}}）',
  'turn.note': 'メモ：{{text}}',
}
