import type { WallPageMessages } from './message-keys.ts'

/** A page of a team's service on the walls, in Japanese. */
export const jaWallPage: WallPageMessages = {
  'wallPage.title': 'チーム{{team}}の{{service}}：市民がいま見ている画面',
  'wallPage.took': 'サービスは{{ms}}ミリ秒で応答しました。画面はチーム{{team}}が管理しています。',
  'wallPage.error':
    'サービスがエラーを返しています（ステータス{{status}}）。画面はチーム{{team}}が管理しています。',
  'wallPage.down': '{{service}}が応答していません。市民のブラウザーにはエラーが表示されます。',
  'wallPage.broken': '{{service}}の応答はブラウザーで表示できません。',
  'wallPage.leads-away': '{{service}}は市民を別のサービスへ移動させるため、表示する画面がありません。',
  'wallPage.stands-still': '演習は一時停止中です。再開後に画面を取得します。',
  'wallPage.later': 'いまは画面を表示できません。自動で再試行します。',
  'wallPage.frame': '{{service}}の画面（スクリプトなし）',
  'wallPage.put': 'この画面を全大型画面に表示',
  'wallPage.off': '大型画面から外す',
  'wallPage.warning':
    '大型画面にこのチームの画面が表示されています。内容はサービスを管理している者が書き換えられます。サインインせずに取得します。',
  'wallPage.now': '大型画面にチーム{{team}}の{{service}}を市民の画面として表示中：{{path}}',
  'ledger.reason.no-page': 'サービスの応答が画面ではない',
  'wallPage.end.no-page': 'サービスが送ったものは画面ではないため、大型画面から外しました。',
  'refusal.no-page-now': '画面を表示できるのは、環境の準備が整ってから終了までです。',
  'refusal.bad-page-path': 'このアドレスは表示できません。パスは/で始まる{{max}}文字以内です。',
}
