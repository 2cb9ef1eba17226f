import { openCitizens } from '../../kit/citizens.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment } from '../../kit/secrets.ts'
import { sessionSchema } from '../../kit/sessions.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { apiRoutes } from './api.ts'
import { pageRoutes } from './page-routes.ts'
import { welcomePage } from './pages.ts'
import { openRegisters } from './registers.ts'
import { reportRoutes } from './report-routes.ts'
import { trackerRoutes } from './tracker-routes.ts'
import type { Tracker } from './usage.ts'
import { usagesRoutes } from './usages-routes.ts'

const service = createService('tracker')
const db = openDatabase(environment('DATABASE_URL'))
const xroad = openXroadClient('tracker')
const tracker: Tracker = { db, xroad, registers: openRegisters(xroad, environment('SERVICES').split(',')) }
const citizens = openCitizens({ service: 'tracker', db, welcome: welcomePage })

service.app.route('/v2', trackerRoutes(tracker))
service.app.route('/xroad/usages', usagesRoutes(tracker))
service.app.route('/xroad/reports', reportRoutes(db))
service.app.route('/api', apiRoutes(tracker, citizens))
service.app.route('/', citizens.routes)
service.app.route('/', pageRoutes(tracker, citizens))

service.check('registry-db', () => db.query('select'))
await service.listen()
const schemas = [sessionSchema, new URL('./schema.sql', import.meta.url)]
await service.until('registry-db', () => prepareDatabase(db, schemas, async () => undefined))
service.ready()
