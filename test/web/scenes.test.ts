import { describe, expect, test } from 'vitest'
import { fold } from '../../server/exercise/fold/evolve.ts'
import { WALL_SCENES } from '../../server/exercise/scenario/wall-scene.ts'
import { exerciseView } from '../../server/exercise/views/exercise-view.ts'
import { nationalView } from '../../server/exercise/views/national-view.ts'
import { NEWS_STAYS_MS, newsOf, nextScene, speaking } from '../../web/national/scenes.ts'
import { SITUATIONS, type SituationName } from '../wall/situations.ts'

const seenIn = (name: SituationName, atMs?: number) => {
  const situation = SITUATIONS[name]()
  const at = atMs ?? situation.atMs
  const state = fold(situation.ledger.filter((event) => event.at <= at))
  return {
    view: nationalView(state, at),
    exercise: exerciseView(state, at, { seat: 'guest' }),
    services: state.scenario.services,
  }
}

test('a wall that changes its views leaves out those that say nothing now', () => {
  expect(speaking(seenIn('quiet'))).toEqual(['situation', 'story', 'day'])
  expect(speaking(seenIn('cascade'))).toEqual([...WALL_SCENES])
  // Nobody is inside any longer, and what comes next is nothing.
  expect(speaking(seenIn('ended'))).toEqual(['situation', 'story'])
})

describe('the next view', () => {
  const still = {
    shown: 'situation',
    everyMs: 20_000,
    shownMs: 20_000,
    newsMs: Number.POSITIVE_INFINITY,
  } as const
  const scenes = ['situation', 'story', 'day'] as const

  test('comes in their order, and after the last the first', () => {
    expect(nextScene(scenes, still)).toBe('story')
    expect(nextScene(scenes, { ...still, shown: 'day' })).toBe('situation')
    // What has nothing to say any longer is left, too.
    expect(nextScene(scenes, { ...still, shown: 'flow' })).toBe('story')
    expect(nextScene(['situation'], still)).toBeNull()
  })

  test('waits until its time, and while something new has just happened in the one that is shown', () => {
    expect(nextScene(scenes, { ...still, shownMs: 19_999 })).toBeNull()
    expect(nextScene(scenes, { ...still, newsMs: NEWS_STAYS_MS - 1 })).toBeNull()
    expect(nextScene(scenes, { ...still, newsMs: NEWS_STAYS_MS })).toBe('story')
  })
})

test('news of a view are what changed in it: not that time goes on', () => {
  const [before, after] = [seenIn('cascade', 59 * 60_000), seenIn('cascade')]
  const later = seenIn('cascade', SITUATIONS.cascade().atMs + 1_000)
  for (const scene of WALL_SCENES) {
    expect(newsOf(scene, after), scene).not.toBe(newsOf(scene, before))
    expect(newsOf(scene, later), scene).toBe(newsOf(scene, after))
  }
})
