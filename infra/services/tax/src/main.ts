import { openCitizens } from '../../kit/citizens.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment } from '../../kit/secrets.ts'
import { sessionSchema } from '../../kit/sessions.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { usageRoutes, usageSchema } from '../../kit/xroad-provider.ts'
import { apiRoutes } from './api.ts'
import { assessForever } from './assessment.ts'
import { helpRoutes } from './help-files.ts'
import { pageRoutes } from './page-routes.ts'
import { welcomePage } from './pages.ts'
import { seed } from './seed.ts'
import { xroadRoutes } from './xroad-routes.ts'

const service = createService('tax')
const db = openDatabase(environment('DATABASE_URL'))
const xroad = openXroadClient('tax')
const citizens = openCitizens({ service: 'tax', db, welcome: welcomePage })

service.app.route('/v2', usageRoutes(db))
service.app.route('/xroad', xroadRoutes(db))
service.app.route('/api', apiRoutes(db, xroad, citizens))
service.app.route('/help', helpRoutes())
service.app.route('/', citizens.routes)
service.app.route('/', pageRoutes(db, xroad, citizens))

service.check('registry-db', () => db.query('select'))
await service.listen()
const schemas = [usageSchema, sessionSchema, new URL('./schema.sql', import.meta.url)]
await service.until('registry-db', () => prepareDatabase(db, schemas, seed))
service.ready()
await assessForever(db)
