import type { HomeMessages } from './message-keys.ts'

/** The home page of an installation, in Japanese. */
export const jaHome: HomeMessages = {
  'home.title': 'ホーム',
  'home.key.title': 'キーがありません',
  'home.key.text':
    'このページはプラットフォームの運用者用です。Kilpの起動時に表示されたリンクを開くか、そのキーを入力してください。',
  'home.key': 'キー',
  'home.key.open': '開く',
  'home.key.bad':
    'このキーではこのプラットフォームを開けません。キーは起動のたびに変わります。最後に表示されたものを使ってください。',
  'home.exercises': '演習',
  'home.scenarios': 'シナリオ',
  'home.reading': 'シナリオを読み込んでいます。',
  'home.none': '演習はまだありません。',
  'home.open': '進行中',
  'home.record': '記録',
  'home.room.white': '進行役のページ',
  'home.facts':
    '{{span}}、サービス{{services}}件、攻撃{{attacks}}件、連絡{{messages}}件、最大{{teams}}チーム',
  'home.needs': '1チームにつきコンテナ{{containers}}個、メモリ最大{{memory}}を使います。',
  'home.carries_zero': 'このサーバーでは現在、1チームも動かせません。',
  'home.carries_one': 'このサーバーでは現在、1チームを動かせます。',
  'home.carries_other': 'このサーバーでは現在、{{count}}チームを動かせます。',
  'home.fault': 'このシナリオは実施できません。',
  'home.teams': 'チーム数',
  'home.speed': '速度',
  'home.autostart': '準備ができ次第開始する',
  'home.start': '演習を準備する',
  'home.starting': '準備しています。',
  'home.insist': 'それでも準備する',
  'home.close': '環境を削除',
  'home.close.title': 'この演習の環境を削除しますか？',
  'home.close.text': 'チームがサービスに加えた変更は失われます。記録は残ります。',
  'home.close.yes': '削除する',
  'home.end': '終了して削除',
  'home.end.title': 'この演習を全員について終了しますか？',
  'home.end.text':
    '演習はすぐに終了し、環境は削除されます。チームがサービスに加えた変更は失われます。記録は残ります。',
  'home.end.yes': '終了して削除する',
  'home.closing': '環境を削除しています。',
  'home.delete': '記録を削除',
  'home.delete.title': 'この記録を削除しますか？',
  'home.delete.text':
    '経過、得点、回答、ファイル、リンクなど、この演習について残っているものがすべて削除されます。',
  'home.delete.yes': '次へ',
  'home.delete.sure': '元に戻すことはできません。完全に削除しますか？',
  'home.delete.final': '完全に削除する',
  'home.delete.keep': '残しておく',
}
