import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { FOLD_HASH } from './server/engine/snapshots/fold-hash.ts'
import { SecondTry } from './test/kit/second-try.ts'

/** Debian's Chromium where the machine has it (`KILP_CHROMIUM`), else the browser that Playwright finds. */
const chromium = process.env.KILP_CHROMIUM
const launch = {
  ...(chromium ? { executablePath: chromium } : {}),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

/** Files that take minutes. Vitest starts with the largest where it knows of no earlier run, so these would come last and keep one core waiting. */
const LONG =
  /((cheats|stock-clients|first-light|engine-gone|pack|two-at-once)\.docker|layout(-services)?\.browser)\.test\.tsx?$/

/**
 * Where real containers and real browsers share two cores, a moment may pass that a test waits for: it is tried once more, and told below all else. What needs neither is not.
 */
const ONCE_MORE = { retry: 1 }

/** Those that take minutes share the cores, one round for all of them. */
const MINUTES = {
  setupFiles: ['test/kit/properties.ts'],
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 10_000 } },
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
}

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [
      ...sorted.filter((file) => LONG.test(file.moduleId)),
      ...sorted.filter((file) => !LONG.test(file.moduleId)),
    ]
  }
}

export default defineConfig({
  // Pages are built from web/, tests run from the top.
  root: process.env.VITEST ? import.meta.dirname : join(import.meta.dirname, 'web'),
  base: './',
  plugins: [react()],
  // A page takes a server's snapshots only where both fold alike.
  define: { __FOLD_HASH__: JSON.stringify(FOLD_HASH) },
  build: {
    outDir: join(import.meta.dirname, '.kilp/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What is small and used in many places comes as one file: 73 files cost a page's first look a tenth more time than 27, and 8 KiB more.
          groups: [
            {
              name: 'shared',
              test: /lucide-react|web\/(kit|feed|control)\//,
              minShareCount: 3,
              maxModuleSize: 4000,
            },
          ],
        },
      },
    },
  },
  test: {
    sequence: { sequencer: LongFirst },
    reporters: ['default', new SecondTry()],
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.{docker,slow,page,host}.test.ts'],
          setupFiles: ['test/kit/properties.ts'],
          // Modules are loaded once for all files of a worker: half of the time went into loading them anew. A file that sets what a module reads when it is loaded resets the modules after itself.
          isolate: false,
          // More than cores: a third of the tests wait for a socket or a clock.
          maxWorkers: '150%',
          // A bound against hanging, not a measurement: two cores may do a lot besides.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        extends: true,
        test: {
          // What takes its time without any container; beside those, so that both cores have work.
          name: 'slow',
          include: ['test/**/*.slow.test.ts'],
          ...MINUTES,
        },
      },
      {
        extends: true,
        test: {
          name: 'docker',
          include: ['test/**/*.docker.test.ts'],
          ...MINUTES,
          ...ONCE_MORE,
        },
      },
      {
        extends: true,
        test: {
          // By themselves: they change the rules, routes and limits of the engine's machine, which a platform that runs beside them would mend or miss.
          name: 'host',
          include: ['test/**/*.host.test.ts'],
          ...ONCE_MORE,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        // All found before the first page is loaded: one found later would reload the page in the middle of a test.
        optimizeDeps: { entries: ['web/**/*.{ts,tsx}', 'test/web/*.browser.test.tsx'] },
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.tsx'],
          ...ONCE_MORE,
          testTimeout: 60_000,
          // Of two cores Vitest would leave one alone.
          maxWorkers: 2,
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: launch }),
            instances: [{ browser: 'chromium' }],
          },
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          // By themselves: Chromium drops every connection when the container engine adds a network.
          name: 'page',
          include: ['test/**/*.page.test.ts'],
          ...ONCE_MORE,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
