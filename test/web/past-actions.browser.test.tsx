import { beforeEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until } from './recorded-feed.tsx'

const AT = 372_000
const running = recordLedger(AT)
const ended = continued(running, AT, [['end-exercise', { reason: 'over' }]])
const blue: Audience = { seat: 'blue', team: 'finland' }

/** What of a page's buttons somebody could press. */
const pressable = (box: HTMLElement, name: string) =>
  [...box.querySelectorAll('button')].some((button) => button.textContent?.includes(name) && !button.disabled)

async function room(
  ledger: typeof running,
  more: { readonly record?: boolean; readonly replay?: boolean } = {},
) {
  const feed = recordedFeed(ledger, blue, AT)
  const { exercise } = feed.store.getState()
  const record = more.record ?? more.replay ?? false
  feed.store.setState({ exercise: exercise && { ...exercise, record }, replay: more.replay ?? false })
  const box = await showPage(<TeamPage team="finland" />, feed, {
    hash: '#/team/finland',
    lang: 'en',
    theme: 'dark',
  })
  await until(() => box.querySelector('.work-claim, .service-terminals, [role=tabpanel]'))
  return box
}

beforeEach(() => sessionStorage.clear())

describe('what a team’s page offers', () => {
  test('while it runs: the service’s traffic, the autopilot’s place, work, hints', async () => {
    const box = await room(running)
    for (const name of ['Record the traffic', 'Take over', 'Hint 3 of 3'])
      expect(pressable(box, name), name).toBe(true)
  })

  test.each([
    ['after the end', ended, {}],
    ['in a record that never ended', running, { record: true }],
    ['in a replay of what still runs', running, { replay: true }],
  ] as const)('%s: nothing of that, which could do nothing, or do it now', async (_, ledger, more) => {
    const box = await room(ledger, more)
    for (const name of ['Record the traffic', 'Take over', 'Hint 3 of 3'])
      expect(pressable(box, name), name).toBe(false)
  })

  test('in a replay: no service as it is now, and no source to be saved', async () => {
    const box = await room(running, { replay: true })
    await page.getByRole('tab', { name: 'As a citizen' }).click()
    await until(() => box.textContent?.includes('The services cannot be shown now.'))
    expect(box.querySelector('iframe')).toBeNull()
    await page.getByRole('tab', { name: 'Code' }).click()
    await until(() => box.textContent?.includes('This is a replay'))
    expect(pressable(box, 'Save')).toBe(false)
  })
})
