import type { Persona } from '../../server/exercise/scenario/citizens.ts'
import type { Attack, Scenario, Service, Team, Weakness } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import type { Text } from '../../server/exercise/scenario/words.ts'

const text = (en: string, et: string, ja: string): Text => ({ en, et, ja })

const PICTURES: Readonly<Record<string, Pick<Service, 'icon' | 'hub'>>> = {
  'registry-db': { icon: 'database' },
  xroad: { icon: 'waypoints', hub: true },
  eid: { icon: 'id-card' },
  population: { icon: 'users' },
  tax: { icon: 'landmark' },
  portal: { icon: 'screens' },
}

const service = (
  id: string,
  needs: readonly string[],
  title: Text,
  publicText: Text,
  journey: Text,
): Service => ({
  id,
  title,
  publicText,
  weight: 1,
  needs,
  public: id !== 'registry-db',
  ...PICTURES[id],
  journeys: [
    { id: 'alive', title: text('It answers', 'Teenus vastab', '応答する'), alive: true, everyMs: 5_000 },
    { id: 'main', title: journey, alive: false, everyMs: 15_000 },
  ],
})

const services: readonly Service[] = [
  service(
    'registry-db',
    [],
    text('Registry database', 'Registrite andmebaas', '登録データベース'),
    text(
      'All registers keep their data here.',
      'Siin on kõigi registrite andmed.',
      '全登録簿のデータがあります。',
    ),
    text('A register reads its data', 'Register loeb oma andmeid', '登録簿がデータを読む'),
  ),
  service(
    'xroad',
    [],
    text('Data exchange (X-Road)', 'Andmevahetus (X-Road)', 'データ連携（X-Road）'),
    text(
      'Registers ask each other here.',
      'Siin küsivad registrid üksteiselt.',
      '登録簿どうしが照会します。',
    ),
    text('An official reads a record', 'Ametnik loeb kirjet', '職員が記録を読む'),
  ),
  service(
    'eid',
    ['registry-db'],
    text('Digital identity', 'Isikutuvastus', '電子身分証明'),
    text(
      'People prove who they are here.',
      'Siin tõendavad inimesed, kes nad on.',
      '本人であることを証明します。',
    ),
    text('A citizen logs in with a card', 'Kodanik logib kaardiga sisse', '国民がカードでログインする'),
  ),
  service(
    'population',
    ['registry-db', 'xroad'],
    text('Population register', 'Rahvastikuregister', '住民登録'),
    text('Who lives where.', 'Kes kus elab.', '誰がどこに住むか。'),
    text('A family looks up its address', 'Pere vaatab oma aadressi', '家族が住所を確認する'),
  ),
  service(
    'tax',
    ['registry-db', 'xroad', 'eid', 'population'],
    text('Tax filing', 'Tuludeklaratsioon', '税務申告'),
    text('People file their tax return here.', 'Siin esitatakse tuludeklaratsioone.', '確定申告をします。'),
    text('A citizen files a tax return', 'Kodanik esitab deklaratsiooni', '国民が申告書を提出する'),
  ),
  service(
    'portal',
    ['registry-db', 'xroad', 'eid', 'population'],
    text('State portal', 'Riigiportaal', '政府ポータル'),
    text('People read the state’s letters here.', 'Siin loetakse riigi kirju.', '国からの通知を読みます。'),
    text('A citizen sees who read the data', 'Kodanik näeb, kes andmeid luges', '国民が閲覧記録を見る'),
  ),
]

const personas: readonly Persona[] = [
  {
    id: 'elder',
    name: text('A retired teacher', 'Pensionil õpetaja', '退職した教師'),
    age: 78,
    device: text('a tablet with large text', 'suure tekstiga tahvel', '大きな文字のタブレット'),
    role: 'elder',
    share: 0.25,
    thinkMs: 1_500,
    journeys: [
      { service: 'portal', journey: 'main', use: 0.6 },
      { service: 'population', journey: 'main', use: 0.2 },
    ],
  },
  {
    id: 'worker',
    name: text('An accountant', 'Raamatupidaja', '会計士'),
    age: 41,
    device: text('an office computer', 'kontoriarvuti', '職場のパソコン'),
    role: 'worker',
    share: 0.75,
    thinkMs: 400,
    journeys: [
      { service: 'eid', journey: 'main', use: 0.8 },
      { service: 'tax', journey: 'main', use: 0.5 },
      { service: 'xroad', journey: 'main', use: 0.6 },
    ],
  },
]

const weakness = (id: string, technique: string, owasp: string, title: Text): Weakness => ({
  id,
  service: id.split('/')[0] ?? '',
  title,
  publicText: text(
    `Somebody could see or change what is not theirs.`,
    `Keegi võis näha või muuta seda, mis ei ole tema oma.`,
    `他人のデータを見たり変えたりできる状態でした。`,
  ),
  technique,
  owasp,
  hints: [
    text('Look at who may ask.', 'Vaata, kes küsida tohib.', '誰が照会できるか確かめる。'),
    text(
      'The check compares the wrong person.',
      'Kontroll võrdleb valet isikut.',
      '検査が別人と比べている。',
    ),
    text('See src/access.ts, line 12.', 'Vaata src/access.ts rida 12.', 'src/access.tsの12行目を見る。'),
  ],
})

const weaknesses: readonly Weakness[] = [
  weakness('population/name-search', 'T1190', 'A05', text('Search by name', 'Nimeotsing', '氏名検索')),
  weakness(
    'xroad/spoofed-client',
    'T1199',
    'A07',
    text('Spoofed client', 'Võltsitud klient', '偽装クライアント'),
  ),
  weakness(
    'tax/declaration-of-another',
    'T1190',
    'A01',
    text('Another’s return', 'Võõras deklaratsioon', '他人の申告'),
  ),
  weakness('tax/refund-account', 'T1657', 'A01', text('Refund account', 'Tagastuskonto', '還付口座')),
  weakness(
    'portal/notice-script',
    'T1539',
    'A05',
    text('Script in a notice', 'Skript teates', '通知内のスクリプト'),
  ),
  weakness(
    'eid/client-secret',
    'T1078.001',
    'A02',
    text('Default secret', 'Vaikimisi saladus', '既定の秘密情報'),
  ),
]

const attack = (id: string, weaknessId: string, seconds: number, title: Text): Attack => ({
  id,
  title,
  weakness: weaknessId,
  service: weaknessId.split('/')[0] ?? '',
  trigger: at(seconds * 1000),
  weight: 1,
})

const attacks: readonly Attack[] = [
  attack('odd-name', 'population/name-search', 90, text('Odd name', 'Kummaline nimi', '奇妙な名前')),
  attack('script', 'portal/notice-script', 130, text('Poisoned letter', 'Mürgitatud kiri', '汚染された通知')),
  attack('false-member', 'xroad/spoofed-client', 200, text('False member', 'Valeliige', '偽の参加者')),
  attack(
    'peek',
    'tax/declaration-of-another',
    260,
    text('Peeking at returns', 'Võõrad deklaratsioonid', '申告の盗み見'),
  ),
  attack(
    'refund',
    'tax/refund-account',
    330,
    text('Stolen refunds', 'Varastatud tagastused', '還付金の横取り'),
  ),
  attack('secret', 'eid/client-secret', 400, text('A known secret', 'Teada saladus', '知られた秘密')),
  attack(
    'odd-name-again',
    'population/name-search',
    450,
    text('Odd name again', 'Nimi tuleb tagasi', '奇妙な名前、再び'),
  ),
  attack(
    'refund-again',
    'tax/refund-account',
    520,
    text('Refunds again', 'Tagastused jälle', '還付金、再び'),
  ),
]

/** A ten-minute storm over six services, with texts in all languages, as long as real ones. */
export const demoScenario: Scenario = {
  slug: 'demo',
  title: text('Storm over Meremaa', 'Torm Meremaa kohal', 'メレマーの嵐'),
  summary: text(
    'It is the last day of the tax season. Ten minutes, six services, one country to keep running.',
    'On maksuhooaja viimane päev. Kümme minutit, kuus teenust ja üks riik, mis peab töötama.',
    '確定申告の最終日。10分間、六つのサービスと一つの国を動かし続けます。',
  ),
  durationMs: 600_000,
  population: 1_330_000,
  aliveEveryMs: 5_000,
  services,
  citizens: { visitsPerMinute: 12, personas },
  weaknesses,
  attacks,
  phases: [
    { id: 'quiet', title: text('A quiet morning', 'Vaikne hommik', '静かな朝'), trigger: at(0) },
    { id: 'probes', title: text('First probes', 'Esimesed kompamised', '最初の探り'), trigger: at(80_000) },
    { id: 'storm', title: text('The storm', 'Torm', '嵐'), trigger: at(240_000) },
    { id: 'after', title: text('After the storm', 'Pärast tormi', '嵐のあと'), trigger: at(480_000) },
  ],
  tutor: [],
  injects: [],
  world: [],
  objectives: [],
  scoring: {
    availability: 5_000,
    defence: 3_000,
    recovery: 1_500,
    usability: 500,
    reporting: 0,
    forensics: 0,
    strategic: 0,
    slowCredit: 0.75,
    brokenCredit: 0.25,
    recoveryFullMs: 30_000,
    recoveryZeroMs: 150_000,
    answerWithinMs: 30_000,
    answerHoldsMs: 120_000,
    hintCosts: [20, 40, 80],
    reportWithinMs: 300_000,
  },
}

export const demoTeams: readonly Team[] = [
  { id: 'estonia', name: text('Estonia', 'Eesti', 'エストニア'), country: 'EE', pilot: 'swift' },
  { id: 'japan', name: text('Japan', 'Jaapan', '日本'), country: 'JP', pilot: 'steady' },
  { id: 'finland', name: text('Finland', 'Soome', 'フィンランド'), country: 'FI', pilot: 'clumsy' },
]
