import type { Lang, Text } from './html.ts'

/** What the pages of every service say. */
export const COMMON = {
  login: { en: 'Log in', et: 'Logi sisse', ja: 'ログイン' },
  logout: { en: 'Log out', et: 'Logi välja', ja: 'ログアウト' },
  cancelled: {
    en: 'You broke off the login.',
    et: 'Katkestasid sisselogimise.',
    ja: 'ログインを中止しました。',
  },
  loginFailed: {
    en: 'The login did not succeed.',
    et: 'Sisselogimine ei õnnestunud.',
    ja: 'ログインできませんでした。',
  },
  save: { en: 'Save', et: 'Salvesta', ja: '保存' },
  saved: { en: 'Saved.', et: 'Salvestatud.', ja: '保存しました。' },
  /** Between a name and what it has. */
  colon: { en: ': ', et: ': ', ja: '：' },
} satisfies Record<string, Text>

export type Texts<Names extends string> = (
  lang: Lang,
) => Readonly<Record<Names | keyof typeof COMMON, string>>

/** A service's own texts and the common ones: a function from a language to the texts of that language, by name. */
export function textTable<const T extends Readonly<Record<string, Text>>>(own: T): Texts<keyof T & string> {
  const all = Object.entries({ ...COMMON, ...own })
  return (lang) =>
    Object.fromEntries(all.map(([name, text]) => [name, text[lang]])) as ReturnType<Texts<keyof T & string>>
}
