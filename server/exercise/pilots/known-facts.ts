import type { State, TeamState } from '../fold/state.ts'
import { clockText } from '../scenario/clock-text.ts'
import type { Answering } from '../scenario/machine-answer.ts'
import { LANGS, type Lang, type Text } from '../scenario/words.ts'

export type Words = Readonly<Record<Lang, string>>

/** What a machine says that knows no more: honest, and of little use to who asks. */
export const LITTLE: Text = {
  en: 'We are looking into it. We know nothing for certain yet.',
  et: 'Uurime asja. Kindlalt ei tea me veel midagi.',
  ja: '確認中です。確かなことはまだ分かっていません。',
}

/** Before an answer in words: whoever asks shall not think that it was understood. */
export const MACHINE: Words = {
  en: 'This team is played by the autopilot, which knows only this:',
  et: 'Seda meeskonda mängib autopiloot, kes teab ainult seda:',
  ja: 'このチームは自動操作で、分かっているのは次のことだけです。',
}

/** An answer to any question, made of what the team's view knows: which services do not work and since when, who is in them. A clumsy team says little. */
export function knownText(skill: Answering, view: State, team: TeamState, atMs: number): Text {
  return inAll((lang) => {
    const facts =
      skill === 'clumsy' ? [LITTLE[lang]] : [services(lang, view, team, atMs), intruders(lang, view, team)]
    return join(lang, [MACHINE[lang], ...facts])
  })
}

/** The same as a situation report, by field. */
export function knownSitrep(
  skill: Answering,
  view: State,
  team: TeamState,
  atMs: number,
): Readonly<Record<string, Text>> {
  if (skill === 'clumsy') return { services: LITTLE }
  const waiting = team.tickets.filter(({ closedMs }) => closedMs === null).length
  const fixed = new Set(
    team.acted.filter(({ action, ok }) => action === 'fix' && ok).map((act) => act.weakness),
  ).size
  const say = (words: Words, n: number): Text => inAll((lang) => words[lang].replace('{n}', String(n)))
  return {
    services: inAll((lang) => services(lang, view, team, atMs)),
    impact: say(WAITING, waiting),
    actions: say(FIXED, fixed),
    planned: inAll((lang) => intruders(lang, view, team)),
  }
}

const WAITING: Words = {
  en: 'Open complaints of citizens: {n}.',
  et: 'Lahendamata kaebusi: {n}.',
  ja: '未解決の苦情：{n}件。',
}
const FIXED: Words = {
  en: 'Vulnerabilities fixed so far: {n}.',
  et: 'Seni parandatud turvanõrkusi: {n}.',
  ja: 'これまでに修正した脆弱性：{n}件。',
}
const ALL_WORK: Words = {
  en: 'At {t} all services work.',
  et: 'Kell {t} töötavad kõik teenused.',
  ja: '{t}現在、すべてのサービスが動いています。',
}
const SOME_FAIL: Words = {
  en: 'At {t} these do not work properly: {s}.',
  et: 'Kell {t} ei tööta korralikult: {s}.',
  ja: '{t}現在、正常に動いていないサービス：{s}。',
}
const SINCE: Words = { en: '{s} (since {t})', et: '{s} (alates {t})', ja: '{s}（{t}から）' }
const NOBODY: Words = {
  en: 'We see no attacker in our services.',
  et: 'Ründajaid me oma teenustes ei näe.',
  ja: 'サービスへの侵入は見つかっていません。',
}
const SOMEBODY: Words = {
  en: 'Attackers have got into these services, and we are removing them: {s}.',
  et: 'Ründajad on pääsenud järgmistesse teenustesse ja me eemaldame neid: {s}.',
  ja: '次のサービスに侵入されており、攻撃者の排除を進めています：{s}。',
}

export const inAll = (say: (lang: Lang) => string): Text =>
  Object.fromEntries(LANGS.map((lang) => [lang, say(lang)])) as unknown as Text

/** Sentences follow each other without a space where a script has none. */
export const join = (lang: Lang, sentences: readonly string[]): string =>
  sentences.join(lang === 'ja' ? '' : ' ')

const list = (lang: Lang, names: readonly string[]): string => names.join(lang === 'ja' ? '、' : ', ')

/** A sentence with what it is about put in its places. */
export const put = (
  words: string,
  { s = '', t = '' }: { readonly s?: string; readonly t?: string },
): string => words.replace('{s}', () => s).replace('{t}', () => t)

function services(lang: Lang, view: State, team: TeamState, atMs: number): string {
  const failing = team.services.filter(({ verdict }) => verdict === 'down' || verdict === 'broken')
  if (failing.length === 0) return put(ALL_WORK[lang], { t: clockText(atMs) })
  const s = list(
    lang,
    failing.map(({ id, sinceMs }) => put(SINCE[lang], { s: titleOf(view, id, lang), t: clockText(sinceMs) })),
  )
  return put(SOME_FAIL[lang], { s, t: clockText(atMs) })
}

function intruders(lang: Lang, view: State, { attacks }: TeamState): string {
  const open = attacks.filter(({ state, closedMs }) => state === 'landed' && closedMs === null)
  const ids = [...new Set(open.map(({ info }) => info.service))]
  return ids.length === 0
    ? NOBODY[lang]
    : put(SOMEBODY[lang], {
        s: list(
          lang,
          ids.map((id) => titleOf(view, id, lang)),
        ),
      })
}

const titleOf = (view: State, id: string, lang: Lang): string =>
  view.scenario.services.find((service) => service.id === id)?.title[lang] ?? id
