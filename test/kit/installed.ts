import { spawnSync } from 'node:child_process'

/** Whether this machine has a tool that a test takes for its client; a test of a tool that it has not is skipped, and the runner says so. */
export const installed = (tool: string): boolean => spawnSync('which', [tool]).status === 0
