import { openCitizens } from '../../kit/citizens.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment } from '../../kit/secrets.ts'
import { sessionSchema } from '../../kit/sessions.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { usageRoutes, usageSchema } from '../../kit/xroad-provider.ts'
import { apiRoutes } from './api.ts'
import { readCorpus } from './articles.ts'
import { loadContributions } from './contributions.ts'
import { deskRoutes } from './desk.ts'
import { pageRoutes } from './page-routes.ts'
import { welcomePage } from './pages.ts'
import { openLibrary } from './search.ts'

const service = createService('assistant')
const db = openDatabase(environment('DATABASE_URL'))
const xroad = openXroadClient('assistant')
const citizens = openCitizens({ service: 'assistant', db, welcome: welcomePage })
const library = openLibrary(await readCorpus(new URL('./corpus', import.meta.url)))
const assistant = { db, xroad, library }

service.app.route('/v2', usageRoutes(db))
service.app.route('/api', apiRoutes(assistant, citizens))
service.app.route('/', citizens.routes)
service.app.route('/desk', deskRoutes(db, citizens, environment('KILP_SEED')))
service.app.route('/', pageRoutes(assistant, citizens))

service.check('registry-db', () => db.query('select'))
await service.listen()
const schemas = [usageSchema, sessionSchema, new URL('./schema.sql', import.meta.url)]
await service.until('registry-db', async () => {
  await prepareDatabase(db, schemas, async () => undefined)
  await loadContributions(db, library)
})
service.ready()
