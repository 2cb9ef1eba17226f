import type { AttackState, TeamState } from '../fold/state.ts'
import { clockText } from '../scenario/clock-text.ts'
import type { Answering } from '../scenario/machine-answer.ts'
import type { ReportFields } from '../scenario/report.ts'
import { inAll, join, LITTLE, MACHINE, put, type Words } from './known-facts.ts'

const FIXED: Words = {
  en: 'We fixed the vulnerability at {t}.',
  et: 'Turvanõrkus parandati kell {t}.',
  ja: '{t}に脆弱性を修正しました。',
}
const NOT_FIXED: Words = {
  en: 'The vulnerability is not fixed yet; we are working on it.',
  et: 'Turvanõrkus on veel parandamata; tegeleme sellega.',
  ja: '脆弱性はまだ修正できておらず、対応中です。',
}
const REMOVED: Words = {
  en: 'The attacker no longer has access (since {t}).',
  et: 'Ründajal ei ole enam ligipääsu (alates {t}).',
  ja: '攻撃者は排除済みです（{t}から）。',
}
const STILL_THERE: Words = {
  en: 'The attacker still has access.',
  et: 'Ründajal on endiselt ligipääs.',
  ja: '攻撃者はまだ侵入したままです。',
}

/** What was done about an attack, as far as the team's view knows. A clumsy pilot says little of it, or (without `words`) nothing. */
export function actionsText(
  skill: Answering,
  { acted }: TeamState,
  attack: AttackState | null,
  words: boolean,
): Pick<ReportFields, 'actions' | 'inLanguages'> {
  if (skill === 'clumsy' && !words) return { actions: '' }
  const mended = acted.find((act) => act.weakness === attack?.info.weakness && act.action === 'fix' && act.ok)
  const closedMs = attack?.closedMs ?? null
  const at = (said: string, ms: number) => put(said, { t: clockText(ms) })
  const actions = inAll((lang) =>
    join(lang, [
      MACHINE[lang],
      ...(skill === 'clumsy'
        ? [LITTLE[lang]]
        : [
            // Who is out may have been put out by others, who may have mended it.
            ...(mended ? [at(FIXED[lang], mended.atMs)] : closedMs === null ? [NOT_FIXED[lang]] : []),
            closedMs === null ? STILL_THERE[lang] : at(REMOVED[lang], closedMs),
          ]),
    ]),
  )
  return { actions: actions.en, inLanguages: { actions } }
}
