import { lazy, Suspense, useEffect, useLayoutEffect } from 'react'
import { exerciseFor, tokenFor } from '../feed/seat-tokens.ts'
import { LiveFeed } from '../feed/use-feed.tsx'
import { showLang } from '../kit/i18n/i18n.ts'
import { PartGuard } from '../kit/part-guard.tsx'
import { pages } from './pages.ts'
import { isTimeless, type Route, useRoute } from './route.ts'
import { useTheme, useWantedLang } from './settings.ts'

const StartPage = lazy(async () => ({ default: (await pages.start()).StartPage }))
const Join = lazy(async () => ({ default: (await pages.join()).Join }))
const Home = lazy(async () => ({ default: (await pages.home()).HomePage }))
const Comparison = lazy(async () => ({ default: (await pages.comparison()).ComparisonPage }))
const Scoreboard = lazy(async () => ({ default: (await pages.scoreboard()).ScoreboardPage }))
const National = lazy(async () => ({ default: (await pages.national()).NationalPage }))
const TeamRoom = lazy(async () => ({ default: (await pages.team()).TeamPage }))
const Timeline = lazy(async () => ({ default: (await pages.timeline()).TimelinePage }))
const WhiteReport = lazy(async () => ({ default: (await pages.report()).WhiteReport }))
const TeamReport = lazy(async () => ({ default: (await pages.report()).TeamReport }))
const HotWash = lazy(async () => ({ default: (await pages.hotWash()).HotWash }))
const Instructor = lazy(async () => ({ default: (await pages.instructor()).InstructorPage }))
const Replay = lazy(async () => ({ default: (await import('../replay/replay.tsx')).Replay }))

/** One page per scene; each is fed by the seat that its URL belongs to. */
export function App() {
  const route = useRoute()
  const theme = useTheme()
  const lang = useWantedLang()
  // Before the effects of pages that draw in its colours.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  useEffect(() => {
    void showLang(lang)
  }, [lang])
  return (
    // A crash stays with its page: the next page begins anew.
    <PartGuard key={`${route.exercise}/${route.scene}/${route.arg}`}>
      <LiveFeed exercise={exerciseFor(route)} token={tokenFor(route)}>
        <Suspense>
          {route.at === null || isTimeless(route) ? (
            <Page route={route} />
          ) : (
            <Replay token={tokenFor(route)}>
              <Page route={route} />
            </Replay>
          )}
        </Suspense>
      </LiveFeed>
    </PartGuard>
  )
}

function Page({ route }: { readonly route: Route }) {
  switch (route.scene) {
    case 'start':
      return <StartPage />
    case 'join':
      return <Join token={route.arg ?? ''} />
    case 'home':
      return <Home link={route.arg} />
    case 'comparison':
      return <Comparison />
    case 'scoreboard':
      return <Scoreboard withTechniques={false} />
    case 'observer':
      return <Scoreboard withTechniques />
    case 'national':
      return <National />
    case 'team':
      return <TeamRoom team={route.arg ?? ''} />
    case 'timeline':
      return <Timeline />
    case 'report':
      return <WhiteReport />
    case 'hot-wash':
      return <HotWash />
    case 'team-report':
      return <TeamReport team={route.arg ?? ''} />
    case 'instructor':
      return route.arg ? <TeamRoom team={route.arg} /> : <Instructor />
  }
}
