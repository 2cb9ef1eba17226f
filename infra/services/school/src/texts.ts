import { textTable } from '../../kit/texts.ts'

/** Texts of one language, by name; names of subjects are those of kit/nation/schools.ts. */
export const textsOf = textTable({
  service: { en: 'School of Meremaa', et: 'Meremaa Kool', ja: 'メレマー学校' },
  welcome: {
    en: 'Timetable, homework and grades, wherever you learn.',
    et: 'Tunniplaan, kodutööd ja hinded, kus tahes sa õpid.',
    ja: 'どこで学んでいても、時間割、宿題、成績をここで確認できます。',
  },
  home: { en: 'Home', et: 'Avaleht', ja: 'ホーム' },
  timetable: { en: 'Timetable', et: 'Tunniplaan', ja: '時間割' },
  passwordLogin: {
    en: 'Log in with a password (pupils without eID)',
    et: 'Logi sisse parooliga (õpilased, kellel ei ole eID-d)',
    ja: 'パスワードでログイン（eIDを持たない児童・生徒）',
  },
  username: { en: 'Username', et: 'Kasutajanimi', ja: 'ユーザー名' },
  password: { en: 'Password', et: 'Parool', ja: 'パスワード' },
  wrong: {
    en: 'Username or password is wrong.',
    et: 'Kasutajanimi või parool on vale.',
    ja: 'ユーザー名またはパスワードが違います。',
  },
  closed: {
    en: 'Too many tries. Wait 15 minutes, or ask your teacher for a new password.',
    et: 'Liiga palju katseid. Oota 15 minutit või palu õpetajalt uus parool.',
    ja: '試行回数が多すぎます。15分待つか、先生に新しいパスワードを頼んでください。',
  },
  tasks: { en: 'Tasks and grades', et: 'Ülesanded ja hinded', ja: '課題と成績' },
  task: { en: 'Task', et: 'Ülesanne', ja: '課題' },
  due: { en: 'Due', et: 'Tähtaeg', ja: '期限' },
  work: { en: 'Work', et: 'Töö', ja: '提出物' },
  grade: { en: 'Grade', et: 'Hinne', ja: '成績' },
  comment: { en: 'Comment', et: 'Kommentaar', ja: 'コメント' },
  handIn: { en: 'Hand in', et: 'Esita', ja: '提出' },
  fileHow: {
    en: 'PDF, text, picture, ODT or DOCX, at most 512 KB',
    et: 'PDF, tekst, pilt, ODT või DOCX, kuni 512 KB',
    ja: 'PDF・テキスト・画像・ODT・DOCX、最大512KB',
  },
  badFile: {
    en: 'This file cannot be accepted.',
    et: 'Seda faili ei saa vastu võtta.',
    ja: 'このファイルは受け付けられません。',
  },
  children: { en: 'My children', et: 'Minu lapsed', ja: '自分の子' },
  addChild: {
    en: 'Follow a child (personal code)',
    et: 'Lisa laps (isikukood)',
    ja: '子を追加（個人コード）',
  },
  add: { en: 'Add', et: 'Lisa', ja: '追加' },
  refused: {
    en: 'The population register does not list this child as yours.',
    et: 'Rahvastikuregistri järgi ei ole see sinu laps.',
    ja: '住民登録では、あなたの子として確認できません。',
  },
  silent: {
    en: 'The population register does not answer. Please try again in a moment.',
    et: 'Rahvastikuregister ei vasta. Palun proovi hetke pärast uuesti.',
    ja: '住民登録が応答しません。しばらくしてからもう一度お試しください。',
  },
  classes: { en: 'My classes', et: 'Minu klassid', ja: '担当クラス' },
  newTask: { en: 'Set a task', et: 'Anna ülesanne', ja: '課題を出す' },
  title: { en: 'Title', et: 'Pealkiri', ja: '件名' },
  text: { en: 'Text', et: 'Tekst', ja: '本文' },
  lesson: { en: 'Class and subject', et: 'Klass ja aine', ja: 'クラスと教科' },
  pupil: { en: 'Pupil', et: 'Õpilane', ja: '児童・生徒' },
  parentsTold: { en: 'Parents', et: 'Vanemad', ja: '保護者' },
  delivered: { en: 'notice delivered', et: 'teade kohale toimetatud', ja: '通知済み' },
  waiting: { en: 'notice will be delivered', et: 'teade toimetatakse kohale', ja: '通知は後で届きます' },
  newPassword: { en: 'New password', et: 'Uus parool', ja: '新しいパスワード' },
  notFound: {
    en: 'Not found.',
    et: 'Seda ei leitud.',
    ja: '該当するものがありません。',
  },
  badInput: {
    en: 'Check what you entered.',
    et: 'Kontrolli sisestatut.',
    ja: '入力内容を確認してください。',
  },
  none: { en: 'None', et: 'Puuduvad', ja: 'なし' },
  newGrade: { en: 'New grade', et: 'Uus hinne', ja: '新しい成績' },
  day1: { en: 'Monday', et: 'Esmaspäev', ja: '月曜日' },
  day2: { en: 'Tuesday', et: 'Teisipäev', ja: '火曜日' },
  day3: { en: 'Wednesday', et: 'Kolmapäev', ja: '水曜日' },
  day4: { en: 'Thursday', et: 'Neljapäev', ja: '木曜日' },
  day5: { en: 'Friday', et: 'Reede', ja: '金曜日' },
  mathematics: { en: 'Mathematics', et: 'Matemaatika', ja: '算数・数学' },
  estonian: { en: 'Estonian', et: 'Eesti keel', ja: 'エストニア語' },
  english: { en: 'English', et: 'Inglise keel', ja: '英語' },
  science: { en: 'Science', et: 'Loodusõpetus', ja: '理科' },
  history: { en: 'History', et: 'Ajalugu', ja: '歴史' },
  art: { en: 'Art', et: 'Kunst', ja: '図工・美術' },
  music: { en: 'Music', et: 'Muusika', ja: '音楽' },
  sport: { en: 'Sport', et: 'Kehaline kasvatus', ja: '体育' },
})

export type TextName = keyof ReturnType<typeof textsOf>

/** Name of a subject, or of anything else that the table may lack. */
export const wordOf = (t: ReturnType<typeof textsOf>, name: string): string =>
  Object.hasOwn(t, name) ? t[name as TextName] : name
