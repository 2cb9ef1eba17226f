import type { BriefingMessages } from './message-keys.ts'

/** 事前説明、採点のルール、連絡に添えるファイル。 */
export const jaBriefing: BriefingMessages = {
  'team.tab.briefing': '事前説明',
  'briefing.title': '事前説明',
  'briefing.instructor': '進行役向け',
  'briefing.loading': '事前説明を読み込んでいます。',
  'briefing.none': 'この演習には事前説明がありません。',
  'briefing.failed': '事前説明を読み込めません。',
  'briefing.again': 'もう一度試す',
  'briefing.in': 'この文章の言語：{{language}}',
  'rules.title': '得点の仕組み',
  'rules.always': 'すべてに共通',
  'rules.number': 'ルール{{rule}}',
  'rules.see': 'ルール{{rule}}の説明',
  'rules.share':
    '順位は得点そのものではなく、獲得可能な得点のうち何割を得たかで決まります。割合が同じなら同順位です。',
  'rules.void':
    'プラットフォームが計測や判定ができなかったものは数えません。得点にも失点にもなりません。進行役が飛ばした時間も同じです。',
  'rules.adjusted': '進行役は得点を増減できます。理由は全員に公開されます。',
  'rules.availability.earns':
    '最大{{budgetPoints}}点。各サービスは重みに応じた配分を持ち、動作している間、演習全体（{{durationMs}}）にわたって均等に得点します。',
  'rules.availability.loses':
    '応答が遅い間は配分の{{slowShare}}、応答はあるが正しく動作しない間は{{brokenShare}}、停止中は0点です。',
  'rules.defence.earns':
    '最大{{budgetPoints}}点を、重みに応じて各攻撃に配分します。正当な利用者がサービスを使える状態を保ったまま攻撃を防げば、配分をすべて得ます。サービスの停止や利用の拒否で防いだだけでは0点です。',
  'rules.defence.loses':
    '攻撃が成功すると、配分の{{atOnceShare}}を直ちに失います。残りは侵入経路が開いている間に均等に減り、{{zeroMs}}でなくなります。侵入経路を閉じた時点の残りは保たれます。',
  'rules.defence.hints':
    '一つの脆弱性のヒントは順に{{firstPoints}}点、{{secondPoints}}点、{{thirdPoints}}点です。防御の得点が0を下回ることはありません。',
  'rules.defence.freeHints': 'ヒントは無料です。',
  'rules.defence.reverts': '進行役がサービスを開始時の状態に戻すと、1回ごとに{{costPoints}}点を失います。',
  'rules.recovery.earns':
    '最大{{budgetPoints}}点を、重みに応じて各攻撃に配分します。防いだ攻撃は配分をすべて得ます。成功した攻撃でも、{{fullMs}}以内に復旧（侵入経路を閉じ、サービスが動作）すればすべて得ます。',
  'rules.recovery.loses':
    'それ以後は復旧が遅いほど少なくなり、攻撃から{{zeroMs}}で0点になります。復旧によって得た点は、その後も保たれます。',
  'rules.usability.earns':
    '最大{{budgetPoints}}点。国民の各グループは人数に応じた配分を持ち、必要なサービスを使えるか、返答を得ている間、均等に得点します。',
  'rules.usability.loses':
    '使っているサービスが停止している間と、苦情の期限が過ぎている間は0点です。期限は、返答がないまま{{answerMs}}、または返答後に直らないまま{{holdsMs}}です。同時に複数の苦情があっても、失点は1件分です。',
  'rules.messages.earns':
    '最大{{budgetPoints}}点を、重みに応じて各連絡に配分します。回答は評価に応じて得点します。',
  'rules.messages.loses':
    '期限内の回答がなく、遅れて回答した場合は、その{{lateShare}}です。回答がなければ0点です。期限内に送られても評価されなかった回答は数えません。評価の遅れで損をすることはありません。',
  'rules.reports.earns':
    '成功した攻撃は{{withinMs}}以内に報告します。サービス、手法、気付いた時刻、痕跡、実施した対応がそれぞれ得点になります。防いだ攻撃の報告は不要です。',
  'rules.reports.loses':
    '実際には起きていない事案の報告は{{freeCount}}回まで無料で、それ以降は1回ごとに報告の得点の{{costShare}}を失います。同じ事案を二度報告しても一度だけ数えます。',
  'rules.questions.earns':
    '正解すると満点です。そこから、正解までの誤答1回につき{{tryShare}}、ヒント1回につき{{hintShare}}を差し引きます。',
  'rules.messages.graders': '複数の人が評価した場合は平均、または進行役が最終とした評価を使います。',
  'files.title_one': 'ファイル{{n}}件',
  'files.title_other': 'ファイル{{n}}件',
  'files.save': '{{name}}を保存',
  'files.show': '{{name}}を表示',
  'files.hide': '{{name}}を隠す',
  'files.failed': 'ファイルを読み込めません。もう一度試してください。',
  'files.size.bytes': '{{n}}バイト',
  'files.size.kib': '{{n}} KiB',
  'files.size.mib': '{{n}} MiB',
  'files.asked': 'ファイルを添付してください：{{types}}、最大{{size}}。',
  'files.choose': 'ファイルを選ぶ',
  'files.uploading': '{{name}}をアップロード中：{{share}}',
  'files.cancel': '中止',
  'files.ready': 'アップロード済み：{{name}}。提出するには回答を送ってください。',
  'files.type.image/png': '画像（PNG）',
  'files.type.image/jpeg': '画像（JPEG）',
  'files.type.application/pdf': '文書（PDF）',
  'files.type.text/plain': 'テキスト（TXT）',
  'files.type.text/markdown': 'テキスト（Markdown）',
  'files.type.text/csv': '表（CSV）',
  'files.type.text/calendar': 'カレンダー（ICS）',
  'files.type.application/vnd.tcpdump.pcap': '通信記録（PCAP）',
  'refusal.file-too-large': 'この連絡に添付できるファイルは最大{{max}} KiBです。',
  'refusal.file-type': 'この連絡には別の種類のファイルが必要です。',
  'refusal.file-unknown-ending':
    'ファイルの拡張子は png、jpg、pdf、txt、md、csv、ics、pcap のいずれかにしてください。',
  'refusal.file-empty': 'ファイルが空です。',
  'refusal.file-other-content': 'ファイルの内容と拡張子が一致しません。',
  'refusal.file-name': 'このファイル名では保存できません。',
  'refusal.bad-file-name': 'このファイル名では保存できません。',
  'refusal.bad-file-ending': '拡張子をファイルの種類に合わせてください：{{endings}}。',
  'refusal.files-full': 'チームのアップロードの上限に達しました：{{files}}件、{{mib}} MiB。',
  'refusal.not-a-file': 'この連絡にファイルは不要です。',
  'refusal.not-uploaded':
    'このファイルはチームがアップロードしたものではありません。もう一度アップロードしてください。',
}
