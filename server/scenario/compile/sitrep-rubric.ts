import type { Criterion } from '../../exercise/scenario/inject.ts'
import type { Text } from '../../exercise/scenario/words.ts'

const anchors = (none: Text, some: Text, all: Text, points: number): NonNullable<Criterion['anchors']> => [
  { points: 0, text: none },
  { points: points / 2, text: some },
  { points, text: all },
]

/** What a situation report is graded by where its author gives no rubric of their own: one criterion for each of its fields. */
export const SITREP_RUBRIC: readonly Criterion[] = [
  {
    id: 'services',
    title: { en: 'State of services is right', et: 'Teenuste olukord on õige', ja: 'サービスの状態が正しい' },
    points: 4,
    anchors: anchors(
      { en: 'Missing or wrong.', et: 'Puudub või on vale.', ja: '記載がない、または誤り。' },
      {
        en: 'Names what is down, and misses something that matters.',
        et: 'Nimetab, mis ei tööta, kuid midagi olulist on puudu.',
        ja: '停止中のサービスを挙げているが、重要なものが抜けている。',
      },
      {
        en: 'Every service that citizens miss, since when, and how bad.',
        et: 'Kõik teenused, mida inimesed ei saa kasutada, mis ajast ja kui suures ulatuses.',
        ja: '国民が使えないサービスすべてについて、いつから、どの程度か。',
      },
      4,
    ),
  },
  {
    id: 'impact',
    title: { en: 'Impact on people is clear', et: 'Mõju inimestele on selge', ja: '国民への影響が明確' },
    points: 4,
    anchors: anchors(
      { en: 'Missing.', et: 'Puudub.', ja: '記載がない。' },
      { en: 'Technical words only.', et: 'Ainult tehniline jutt.', ja: '技術用語だけで書かれている。' },
      {
        en: 'Who cannot do what, and about how many.',
        et: 'Kes mida teha ei saa ja umbes kui palju neid on.',
        ja: '誰が何をできず、およそ何人か。',
      },
      4,
    ),
  },
  {
    id: 'actions',
    title: { en: 'Actions taken', et: 'Mis on tehtud', ja: '実施した対応' },
    points: 4,
    anchors: anchors(
      { en: 'Missing.', et: 'Puudub.', ja: '記載がない。' },
      {
        en: 'Listed, without their effect.',
        et: 'Tegevused on loetletud, mõju ei ole kirjas.',
        ja: '列挙されているが、効果が書かれていない。',
      },
      {
        en: 'Each with time and effect.',
        et: 'Iga tegevus koos aja ja mõjuga.',
        ja: 'それぞれの時刻と効果が書かれている。',
      },
      4,
    ),
  },
  {
    id: 'planned',
    title: { en: 'Next steps', et: 'Mida tehakse järgmisena', ja: '今後の対応' },
    points: 2,
    anchors: anchors(
      { en: 'Missing.', et: 'Puudub.', ja: '記載がない。' },
      { en: 'Vague.', et: 'Ebamäärased.', ja: '曖昧。' },
      { en: 'By whom and by when.', et: 'Kes teeb ja mis ajaks.', ja: '担当者と期限がある。' },
      2,
    ),
  },
  {
    id: 'needs',
    title: {
      en: 'Needs and decisions asked for',
      et: 'Vajadused ja küsitud otsused',
      ja: '必要な支援と判断',
    },
    points: 2,
    anchors: anchors(
      { en: 'Missing.', et: 'Puudub.', ja: '記載がない。' },
      {
        en: 'Said, and not to whom.',
        et: 'Öeldud, kuid mitte kellele.',
        ja: '記載はあるが、誰に求めるかがない。',
      },
      {
        en: 'What, from whom, and what happens without it; or that nothing is needed.',
        et: 'Mida, kellelt ja mis juhtub ilma selleta; või et midagi ei ole vaja.',
        ja: '何を、誰から、なければどうなるか。または不要との明記。',
      },
      2,
    ),
  },
]
