import { backgroundWork } from '../../kit/background-work.ts'

/** What assesses confirmed declarations. */
export const assessing = backgroundWork('assessment', 500)
