import type { Script, Step } from '../../engine/ports/script.ts'

export type ExecStep = Extract<Step, { readonly exec: unknown }>

/**
 * Finds the step that the probe asks the platform to run: `setup.0`, `steps.2`, `steps.2.repeat.steps.0`. The command always comes from our own
 * copy of the script, never from the probe. Null when there is no exec step at that path.
 */
export function execAt(script: Script, path: string): ExecStep['exec'] | null {
  let at: unknown = { setup: script.setup, steps: script.steps }
  for (const part of path.split('.')) {
    if (Array.isArray(at)) at = /^\d+$/.test(part) ? at[Number(part)] : undefined
    else if (typeof at === 'object' && at !== null && Object.hasOwn(at, part))
      at = (at as Record<string, unknown>)[part]
    else return null
  }
  return typeof at === 'object' && at !== null && 'exec' in at ? (at as ExecStep).exec : null
}

/** Of what the probe filled in, only the variables that the step names. */
export function namedEnv(
  step: ExecStep['exec'],
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(step.env).map((name) => [name, String(given[name] ?? '')]))
}
