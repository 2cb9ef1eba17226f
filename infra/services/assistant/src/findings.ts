import type { Lang } from '../../kit/html.ts'

/** What the population register keeps; without an address for those whose address is protected. */
export interface Residence {
  readonly given: string
  readonly family: string
  readonly address?: string
  readonly municipality?: string
}

/** A tax return; the refund is known when it was assessed, and below nothing when there is still something to pay. */
export interface TaxReturn {
  readonly id: string
  readonly year: number
  readonly state: string
  readonly refund: number | null
}

export interface Move {
  readonly address: string
  readonly municipality: string
  readonly validFrom: string
}

interface Findings {
  residence(found: Residence): string
  readonly noReturn: string
  taxReturn(latest: TaxReturn): string
  moved(move: Move): string
}

const STATES: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  draft: { en: 'draft', et: 'mustand', ja: '下書き' },
  confirmed: { en: 'being assessed', et: 'arvutamisel', ja: '審査中' },
  paid: { en: 'assessed', et: 'arvutatud', ja: '審査完了' },
}
const stateIn = (lang: Lang, state: string): string => STATES[state]?.[lang] ?? state

/** What is said of a refund, or of what is still to pay; nothing as long as neither is known. */
function sum(refund: number | null, back: (due: number) => string, toPay: (due: number) => string): string {
  if (refund === null) return ''
  return refund < 0 ? toPay(-refund) : back(refund)
}

/** Whole sentences in each language: word order, brackets and commas differ. */
const all: Readonly<Record<Lang, Findings>> = {
  en: {
    residence: ({ given, family, address, municipality }) =>
      `The population register has: ${given} ${family}: ${address ? `${address} (${municipality})` : 'the address is protected'}`,
    noReturn: 'You have no tax return yet.',
    taxReturn: ({ id, year, state, refund }) =>
      `Your tax return ${year}, ${id}: ${stateIn('en', state)}${sum(
        refund,
        (due) => `, refund ${due} €`,
        (due) => `, ${due} € still to pay`,
      )}`,
    moved: ({ address, municipality, validFrom }) =>
      `The new address is registered: ${address}, ${municipality} (${validFrom})`,
  },
  et: {
    residence: ({ given, family, address, municipality }) =>
      `Rahvastikuregistris on: ${given} ${family}: ${address ? `${address} (${municipality})` : 'aadress on kaitstud'}`,
    noReturn: 'Sul ei ole veel deklaratsiooni.',
    taxReturn: ({ id, year, state, refund }) =>
      `Sinu deklaratsioon ${year}, ${id}: ${stateIn('et', state)}${sum(
        refund,
        (due) => `, tagastus ${due} €`,
        (due) => `, juurde maksta ${due} €`,
      )}`,
    moved: ({ address, municipality, validFrom }) =>
      `Uus aadress on registreeritud: ${address}, ${municipality} (${validFrom})`,
  },
  ja: {
    residence: ({ given, family, address, municipality }) =>
      address
        ? `住民登録では、${given} ${family}さんの住所は${address}（${municipality}）です。`
        : `住民登録では、${given} ${family}さんの住所は非公開です。`,
    noReturn: '確定申告はまだありません。',
    taxReturn: ({ id, year, state, refund }) =>
      `${year}年分の確定申告（${id}）は${stateIn('ja', state)}です。${sum(
        refund,
        (due) => `還付額は${due}ユーロです。`,
        (due) => `納付額は${due}ユーロです。`,
      )}`,
    moved: ({ address, municipality, validFrom }) =>
      `新しい住所を登録しました：${address}（${municipality}、${validFrom}から）`,
  },
}

export const findingsIn = (lang: Lang): Findings => all[lang]
