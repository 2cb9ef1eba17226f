import type { Text } from '../../kit/html.ts'

/** A service of the state that citizens use, as the portal's front page shows it. */
export interface Tile {
  /** Id and host name of the service. */
  readonly service: string
  readonly title: Text
  readonly does: Text
  /** Who represents somebody uses it for them too. */
  readonly forOthers?: true
}

const TILES: readonly Tile[] = [
  {
    service: 'tax',
    title: { en: 'Tax and Customs Board', et: 'Maksu- ja Tolliamet', ja: '税務関税庁' },
    does: { en: 'File a tax return', et: 'Esita tuludeklaratsioon', ja: '確定申告をする' },
  },
  {
    service: 'health',
    title: { en: 'Health records', et: 'Terviseandmed', ja: '診療記録' },
    does: { en: 'Read your medical records', et: 'Loe oma terviseandmeid', ja: '自分の診療記録を読む' },
    forOthers: true,
  },
  {
    service: 'school',
    title: { en: 'School', et: 'Kool', ja: '学校' },
    does: {
      en: 'Timetable, tasks and grades',
      et: 'Tunniplaan, ülesanded ja hinded',
      ja: '時間割・課題・成績',
    },
    forOthers: true,
  },
  {
    service: 'vote',
    title: { en: 'Elections', et: 'Valimised', ja: '選挙' },
    does: { en: 'Vote over the internet', et: 'Hääleta internetis', ja: 'インターネットで投票する' },
  },
  {
    service: 'sign',
    title: { en: 'Signing', et: 'Allkirjastamine', ja: '電子署名' },
    does: { en: 'Sign a document', et: 'Allkirjasta dokument', ja: '文書に署名する' },
  },
  {
    service: 'wallet',
    title: { en: 'Identity wallet', et: 'Digikukkur', ja: 'デジタルIDウォレット' },
    does: {
      en: 'Get your digital documents',
      et: 'Hangi oma digidokumendid',
      ja: 'デジタル証明書を受け取る',
    },
  },
  {
    service: 'mynumber',
    title: { en: 'My Number', et: 'My Number', ja: 'マイナンバー' },
    does: {
      en: 'Bring your data from Japan along',
      et: 'Too oma andmed Jaapanist kaasa',
      ja: '日本の自分の情報を連携する',
    },
  },
  {
    service: 'assistant',
    title: { en: 'State assistant', et: 'Riigi abiline', ja: '行政アシスタント' },
    does: { en: 'Ask a question', et: 'Esita küsimus', ja: '質問する' },
  },
]

/** Tiles of the services that this state has; `other`: only those that one uses for somebody else too. */
export const tilesOf = (services: readonly string[], other: boolean): readonly Tile[] =>
  TILES.filter(({ service, forOthers }) => services.includes(service) && (!other || forOthers))
