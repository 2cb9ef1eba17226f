import type { WallScene } from '#exercise/scenario/wall-scene.ts'
import { useNational } from '../feed/use-national.ts'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { StoryFeed } from '../kit/story-feed.tsx'
import { CountryBoard } from './country-board.tsx'
import { DataFlow } from './data-flow.tsx'
import { DaySchedule } from './day-schedule.tsx'
import { EndScene } from './end-scene.tsx'
import { LifeList } from './life-list.tsx'
import { SceneFrame } from './scene-frame.tsx'
import { NO_NEWS } from './scenes.ts'
import { ServicesScene } from './services-scene.tsx'
import { SituationScene } from './situation-scene.tsx'
import { namesOf } from './wall-lines.tsx'

/** With more teams than these, attacks that were blocked everywhere at once would push out the few that were not. */
const FEW_TEAMS = 6
const NO_NEWS_OF_MANY = [...NO_NEWS, 'story.attack.blocked']

/** So much has room on a big screen; a page is as long as it must be. */
const ROOM = { page: { life: 40, story: 30 }, big: { life: 12, story: 24 } } as const

/** One main view of the national picture. */
export function Scene({ scene, big }: { readonly scene: WallScene; readonly big: boolean }) {
  const say = useSay()
  const view = useNational()
  const exercise = useExercise()
  const { services } = useExerciseState().scenario
  const names = namesOf(say, exercise)
  const room = big ? ROOM.big : ROOM.page
  switch (scene) {
    case 'situation':
      return view.phase === 'ended' ? <EndScene /> : <SituationScene big={big} />
    case 'services':
      return <ServicesScene big={big} />
    case 'life':
      return (
        <SceneFrame>
          <LifeList view={view} most={room.life} nameOf={names.service} />
        </SceneFrame>
      )
    case 'flow':
      return (
        <SceneFrame>
          <DataFlow services={services} view={view} />
        </SceneFrame>
      )
    case 'story':
      return (
        <SceneFrame>
          <section className="national-story card" aria-labelledby="national-story">
            <StoryFeed
              view={exercise}
              limit={room.story}
              id="national-story"
              without={exercise.teams.length > FEW_TEAMS ? NO_NEWS_OF_MANY : NO_NEWS}
            />
          </section>
        </SceneFrame>
      )
    case 'countries':
      return (
        <SceneFrame>
          <CountryBoard view={view} names={names} />
        </SceneFrame>
      )
    case 'day':
      return (
        <SceneFrame>
          <DaySchedule view={exercise} />
        </SceneFrame>
      )
  }
}
