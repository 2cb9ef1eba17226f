import { describe, expect, test } from 'vitest'
import { unknownCommand } from '../../server/cli/unknown-command.ts'
import { runKilp } from '../platform/kilp-process.ts'

const commands = ['up', 'down', 'check', 'prove', 'rehearse']

describe('the first word', () => {
  test.each([[], ['up'], ['check', 'chekc'], ['--help'], ['--scenario', 'chekc']])(
    'of %j is fine',
    (...args) => {
      expect(unknownCommand(args, commands)).toBeNull()
    },
  )
  test('that is nearly a command is asked back', () => {
    expect(unknownCommand(['chekc'], commands)?.message).toBe(
      'There is no command "chekc". Did you mean "check"? There are: up, down, check, prove, rehearse (kilp --help)',
    )
  })
  test('of two that are as near it is the one that begins alike', () => {
    expect(unknownCommand(['stauts'], ['seats', 'status'])?.message).toContain('Did you mean "status"?')
  })
  test('that is like none is only refused', () => {
    expect(unknownCommand(['scoreboard'], commands)?.message).not.toContain('Did you mean')
  })
})

test('kilp chekc says so, and nothing of up', { timeout: 120_000 }, async () => {
  const { code, stderr } = await runKilp('/nowhere', ['chekc'])
  expect(code).toBe(1)
  expect(stderr.trim()).toMatch(/^There is no command "chekc"\. Did you mean "check"\?/)
  expect(stderr).not.toMatch(/too many arguments| {4}at /)
})
