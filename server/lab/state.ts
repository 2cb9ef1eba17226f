import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LabPlan, planLab } from './plan.ts'
import { LabProblem } from './problem.ts'

/** What a lab's folder keeps of how it was made; all else follows from that. */
interface Kept {
  readonly network: string
  readonly nodes: number
  /** All nodes were ready once. */
  readonly whole: boolean
}

const pathIn = (folder: string) => join(folder, 'lab.json')

export function keepLab({ folder, network, nodes }: LabPlan, whole: boolean): void {
  writeFileSync(
    pathIn(folder),
    JSON.stringify({ network, nodes: nodes.length, whole } satisfies Kept, null, 2),
  )
}

/** The lab of a folder, or null when there is none there. @throws LabProblem when it is not known how it was made */
export function readLab(folder: string): { readonly plan: LabPlan; readonly whole: boolean } | null {
  if (!existsSync(folder)) return null
  try {
    const { network, nodes, whole } = JSON.parse(readFileSync(pathIn(folder), 'utf8')) as Kept
    return { plan: planLab(folder, network, nodes), whole }
  } catch {
    throw new LabProblem(
      `What is in ${folder} is no lab, or one that was left half-made. Remove it: npm run lab -- --down`,
    )
  }
}
