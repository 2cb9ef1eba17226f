import type { LoadedScenario } from './ports/loaded-scenario.ts'

/** What a sparring pilot types for a weakness: shell text for a root terminal in the service's container. */
export interface Playbook {
  fix(weakness: string): string
  /** Empty when the weakness has none. */
  wrongFix(weakness: string): string
  undoWrongFix(weakness: string): string
}

/** Shell text that applies a patch in a service's container and restarts it: what a defender would type. */
const patchCommand = (patch: string, reverse: boolean): string =>
  editCommand(patch, reverse, ' && sv -w 15 restart app')

function editCommand(patch: string, reverse: boolean, then = ''): string {
  const lines =
    Buffer.from(patch, 'utf8')
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  const options = reverse ? '-R -p1' : '-p1'
  return [
    `cd /srv/app && base64 -d <<'KILP' | patch ${options} --forward --no-backup-if-mismatch -r -${then}`,
    ...lines,
    'KILP',
  ].join('\n')
}

/**
 * The reference fix, and after it what takes away what an attacker may have left behind. It ends well when both did, also where there was
 * nothing to take away.
 */
function fixCommand({ plant, cleanup }: LoadedScenario['patches'][string]): string {
  if (cleanup === '') return patchCommand(plant, true)
  return [
    patchCommand(plant, true),
    'fixed=$?',
    cleanupCommand(cleanup),
    '[ $? -eq 0 ] && [ "$fixed" -eq 0 ]',
  ].join('\n')
}

/** In a shell of its own, so that an `exit` or a changed folder stays in it. */
export const cleanupCommand = (cleanup: string): string => `(\n${cleanup.trim()}\n)`

/** @throws when a weakness is not in the scenario: pilots and the proof matrix only name those that are. */
function patchesOf(patches: LoadedScenario['patches'], weakness: string) {
  const found = patches[weakness]
  if (!found) throw new Error(`no patches for weakness ${weakness}`)
  return found
}

/** The reference fix is the planting patch reversed; a wrong fix is a patch on the planted source. */
export function openPlaybook(patches: LoadedScenario['patches']): Playbook {
  return {
    fix: (weakness) => fixCommand(patchesOf(patches, weakness)),
    wrongFix: (weakness) => {
      const wrong = patchesOf(patches, weakness).wrongFixes[0]
      return wrong ? patchCommand(wrong.patch, false) : ''
    },
    undoWrongFix: (weakness) => {
      const wrong = patchesOf(patches, weakness).wrongFixes[0]
      return wrong ? patchCommand(wrong.patch, true) : ''
    },
  }
}

/** A patch of the proof matrix, to be applied or taken back. */
export interface Edit {
  readonly patch: string
  readonly reverse: boolean
}

/** Shell text that makes several edits one after the other and restarts once; ends well when all of them fitted. */
export const typedEdits = (edits: readonly Edit[]): string =>
  [
    'fitted=0',
    ...edits.flatMap(({ patch, reverse }) => [editCommand(patch, reverse), '[ $? -eq 0 ] || fitted=1']),
    '[ "$fitted" -eq 0 ] && sv -w 15 restart app',
  ].join('\n')
