import type { Edit } from './ports/edit.ts'
import type { LoadedScenario } from './ports/loaded-scenario.ts'

/** What a sparring pilot does about a weakness: the sources that it edits, and what it types afterwards in a root terminal. */
export interface Play {
  readonly edits: readonly Edit[]
  readonly typed: string
}

export interface Playbook {
  fix(weakness: string): Play
  wrongFix(weakness: string): Play
  undoWrongFix(weakness: string): Play
}

/** What a defender types after a change of the sources. */
export const RESTART = 'sv -w 15 restart app'

/** In a shell of its own, so that an `exit` or a changed folder stays in it. */
export const cleanupCommand = (cleanup: string): string => `(\n${cleanup.trim()}\n)`

/** The restart, and after it what takes away what an attacker may have left behind. It ends well when both did, also where there was nothing to take away. */
const fixedThen = (cleanup: string): string =>
  cleanup === ''
    ? RESTART
    : [RESTART, 'fixed=$?', cleanupCommand(cleanup), '[ $? -eq 0 ] && [ "$fixed" -eq 0 ]'].join('\n')

/** @throws when a weakness is not in the scenario: pilots and the proof matrix only name those that are. */
function patchesOf(patches: LoadedScenario['patches'], weakness: string) {
  const found = patches[weakness]
  if (!found) throw new Error(`no patches for weakness ${weakness}`)
  return found
}

/** The reference fix is the planting patch reversed; a wrong fix is a patch on the planted source. */
export function openPlaybook(patches: LoadedScenario['patches']): Playbook {
  const wrongFix = (weakness: string, reverse: boolean): Play => {
    const [wrong] = patchesOf(patches, weakness).wrongFixes
    return { edits: wrong ? [{ patch: wrong.patch, reverse }] : [], typed: RESTART }
  }
  return {
    fix: (weakness) => {
      const { plant, cleanup } = patchesOf(patches, weakness)
      return { edits: [{ patch: plant, reverse: true }], typed: fixedThen(cleanup) }
    },
    wrongFix: (weakness) => wrongFix(weakness, false),
    undoWrongFix: (weakness) => wrongFix(weakness, true),
  }
}
