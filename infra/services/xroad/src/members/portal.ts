import type { SubsystemName } from '../../../kit/members.ts'
import { grant, post, subsystem } from './model.ts'

/** Institutions that write to citizens. */
const WRITERS: readonly SubsystemName[] = [
  ...([
    'population',
    'tax',
    'eid',
    'municipality',
    'health',
    'school',
    'vote',
    'sign',
    'wallet',
    'assistant',
  ] as const),
]

export const portal = subsystem('portal', [
  {
    code: 'notices',
    type: 'REST',
    url: 'http://portal/xroad/notices',
    endpoints: [post('/')],
    access: WRITERS.map((client) => grant(client)),
  },
])
