/** Rooms of the core, in order: each imports only those before it. `random.ts` stands before all. */
export const EXERCISE_ROOMS = [
  'scenario',
  'ledger',
  'fold',
  'scoring',
  'schedule',
  'decide',
  'pilots',
  'views',
  'wire',
] as const

/** What the engine needs of the world, as types: what adapters implement. */
const PORTS = 'server/engine/ports'
/** Of the pages' frame what all may use, and what pages stand in. */
const FRAME = ['web/app/route.ts', 'web/app/settings.ts']
const SHELL = 'web/app/shell.tsx'
const PAGES = ['home', 'instructor', 'national', 'report', 'scoreboard', 'start', 'team-room']
/** Parts that several pages are made of, in order: each may import those before it. */
const PARTS = [
  'terminal',
  'citizen',
  'editor',
  'briefing',
  'appeals',
  'inbox',
  'reports',
  'grading',
  'control',
  'msel',
  'replay',
].map((part) => `web/${part}`)

/** Rooms of the house (a folder, or a file) and the places that each may import besides itself. The longest name that fits is a file's room. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'server/exercise': [],
  'server/scenario': ['server/exercise', PORTS],
  [PORTS]: ['server/exercise'],
  'server/engine': ['server/exercise', PORTS],
  'server/proof': ['server/exercise', 'server/engine', PORTS],
  'server/records': ['server/exercise', PORTS],
  'server/paper': ['server/exercise'],
  'server/range': ['server/exercise', PORTS],
  'server/store': ['server/exercise', PORTS],
  'server/lab': ['server/range', 'server/engine/ports', 'server/store/process-start.ts'],
  'server/live': ['server/exercise', 'server/engine', PORTS, 'server/records', 'server/paper'],
  // Where everything is wired together.
  'server/main.ts': ['server'],
  'server/cli': ['server'],
  'server/cli.ts': ['server/cli'],
  'web/kit': ['server/exercise', 'web/feed', ...FRAME],
  'web/feed': ['server/exercise', ...FRAME],
  ...Object.fromEntries(
    PARTS.map((part, n) => [
      part,
      ['server/exercise', 'web/feed', 'web/kit', ...FRAME, ...PARTS.slice(0, n)],
    ]),
  ),
  ...Object.fromEntries(
    PAGES.map((page) => [
      `web/${page}`,
      ['server/exercise', 'web/feed', 'web/kit', ...PARTS, ...FRAME, SHELL],
    ]),
  ),
  'web/app': ['server/exercise', 'web'],
  'web/main.ts': ['web'],
  infra: [],
}

/** Drivers that only one room knows. */
export const DRIVERS: Readonly<Record<string, string>> = {
  dockerode: 'server/range/engine-api',
  'socket.io': 'server/live',
  fastify: 'server/live',
  ssh2: 'server/live/ssh',
  'drizzle-orm': 'server/store',
  '@electric-sql/pglite': 'server/store',
  pg: 'server/store',
  'openid-client': 'server/live',
  yaml: 'server/scenario',
  pdfkit: 'server/paper',
  fontkit: 'server/paper',
  linebreak: 'server/paper',
}
