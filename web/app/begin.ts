import { exerciseFor, tokenFor } from '../feed/seat-tokens.ts'
import { connectEarly } from '../feed/use-feed.tsx'
import { parseRoute } from './route.ts'

// The first thing that the application does: what it waits for longest is under way while all else is read and run.
const route = parseRoute(location.hash)
connectEarly({ exercise: exerciseFor(route), token: tokenFor(route) })
