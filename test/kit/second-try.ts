import type { Reporter, TestModule } from 'vitest/node'

/** Tells, below all else, which tests passed only when they were tried again, and why they failed first: each is a fault to look for. */
export class SecondTry implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const found = modules.flatMap((module) =>
      [...module.children.allTests('passed')]
        .filter((test) => test.diagnostic()?.flaky)
        .map((test) => {
          const why = test.result().errors?.[0]?.message.split('\n')[0] ?? ''
          return `  ${module.relativeModuleId} > ${test.fullName}\n    ${why}`
        }),
    )
    if (found.length > 0) console.warn(`\nPassed only when tried again:\n${found.join('\n')}\n`)
  }
}
