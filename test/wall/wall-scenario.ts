import type { Inject } from '../../server/exercise/scenario/inject.ts'
import type { Attack, Scenario, Team } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import type { Text } from '../../server/exercise/scenario/words.ts'
import { inject } from '../exercise/made-scenario.ts'
import { demoScenario } from '../kit/demo-scenario.ts'
import { sectorTeams } from '../kit/sector-day.ts'

const text = (en: string, et: string, ja: string): Text => ({ en, et, ja })
export const MINUTE = 60_000

/** What the demo's weaknesses open, as shipped ones say it, and whose data they give away in one country. */
const OPENS: Readonly<
  Record<string, { readonly publicText: Text; readonly takes?: { what: Text; people: number } }>
> = {
  'population/name-search': {
    publicText: text(
      'A cleverly written search brings out addresses that the state keeps secret.',
      'Kavalalt kirjutatud otsing toob välja aadressid, mida riik hoiab salajas.',
      '細工した検索で、国が秘匿している住所が読み出されます。',
    ),
    takes: {
      what: text(
        'addresses of people under protection',
        'kaitse all oleva inimese aadressi',
        '保護されている人の住所',
      ),
      people: 1_450,
    },
  },
  'eid/client-secret': {
    publicText: text(
      'Whoever knows a key that was never changed logs in as anybody.',
      'Kes teab võtit, mida kunagi ei vahetatud, logib sisse kellena tahes.',
      '一度も変更されていない鍵を知る者が、誰にでもなりすましてログインします。',
    ),
  },
  'tax/declaration-of-another': {
    publicText: text(
      'Somebody opens other people’s tax returns by counting up a number.',
      'Keegi avab teiste tuludeklaratsioone, lugedes numbrit edasi.',
      '番号を順に変えるだけで、他人の確定申告が開けます。',
    ),
    takes: { what: text('tax returns', 'tuludeklaratsiooni', '確定申告'), people: 206_000 },
  },
  'tax/refund-account': {
    publicText: text(
      'Tax refunds are paid to the account of a thief.',
      'Tagastatav maks läheb varga kontole.',
      '税の還付金が、犯人の口座に振り込まれます。',
    ),
  },
}

const life = (id: string, title: Text, ...journeys: readonly string[]) => ({
  id,
  title,
  journeys: journeys.map((service) => ({ service, journey: 'main' })),
})

const attack = (id: string, weakness: string, minute: number): Attack => ({
  id,
  title: text(id, id, id),
  weakness,
  service: weakness.split('/')[0] ?? '',
  trigger: at(minute * MINUTE),
  weight: 1,
})

const asks = (id: string, minute: number, channel: Inject['channel']) =>
  inject(id, minute * MINUTE, { channel, withinMs: 15 * MINUTE })

/** Two hours over the demo's six services, with what people want to do, what attacks take, and who asks questions. */
export const wallScenario: Scenario = {
  ...demoScenario,
  durationMs: 120 * MINUTE,
  services: demoScenario.services.map((service) =>
    service.id === 'xroad' ? { ...service, talksTo: ['eid'] } : service,
  ),
  weaknesses: demoScenario.weaknesses.map((weakness) => ({ ...weakness, ...OPENS[weakness.id] })),
  attacks: [
    attack('leak', 'population/name-search', 40),
    attack('key', 'eid/client-secret', 60),
    attack('returns', 'tax/declaration-of-another', 70),
    attack('refunds', 'tax/refund-account', 80),
    attack('leak-again', 'population/name-search', 95),
  ],
  injects: [
    asks('paper-asks', 41, 'press'),
    asks('ministry-asks', 62, 'letter'),
    asks('radio-asks', 72, 'press'),
  ],
  phases: [
    { id: 'quiet', title: text('A quiet morning', 'Vaikne hommik', '静かな朝'), trigger: at(0) },
    { id: 'probes', title: text('First probes', 'Esimesed katsed', '最初の探り'), trigger: at(35 * MINUTE) },
    { id: 'storm', title: text('The storm', 'Torm', '嵐'), trigger: at(60 * MINUTE) },
    { id: 'after', title: text('The polls close', 'Hääletus lõpeb', '投票終了'), trigger: at(100 * MINUTE) },
  ],
  life: [
    life(
      'log-in',
      text('Log in to state services', 'Logida sisse e-teenustesse', '行政サービスにログインする'),
      'eid',
    ),
    life(
      'tax-return',
      text('File the tax return', 'Esitada tuludeklaratsioon', '確定申告をする'),
      'tax',
      'eid',
    ),
    life(
      'letters',
      text('Read official letters', 'Lugeda ametlikke kirju', '行政からの通知を読む'),
      'portal',
      'eid',
    ),
    life(
      'secret-address',
      text('Keep an address secret', 'Hoida aadress salajas', '住所を秘密にする'),
      'population',
    ),
    life(
      'records',
      text('Have records exchanged', 'Saada andmed teisest registrist', '他機関に記録を照会してもらう'),
      'xroad',
    ),
  ],
}

export const eight: readonly Team[] = sectorTeams(8)
export const twentyFour: readonly Team[] = sectorTeams(24)
