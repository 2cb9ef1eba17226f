import { openCitizens } from '../../kit/citizens.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment } from '../../kit/secrets.ts'
import { sessionSchema } from '../../kit/sessions.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { apiRoutes } from './api.ts'
import { citizenRoutes } from './citizen-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { welcomePage } from './frame.ts'
import { idTokensOf } from './id-token.ts'
import { officialsOf } from './officials.ts'
import type { Portal } from './portal.ts'
import { xroadRoutes } from './xroad-routes.ts'

const service = createService('portal')
const db = openDatabase(environment('DATABASE_URL'))
const portal: Portal = {
  db,
  xroad: openXroadClient('portal'),
  // The state app keeps no cookies: it shows its session's id as a bearer token.
  citizens: openCitizens({ service: 'portal', db, welcome: welcomePage, bearer: true }),
  idTokens: idTokensOf(environment('ISSUER')),
  officials: officialsOf(environment('KILP_SEED')),
  services: environment('SERVICES').split(','),
}

service.app.route('/xroad', xroadRoutes(db))
service.app.route('/api', apiRoutes(portal))
service.app.route('/desk', deskRoutes(portal))
service.app.route('/', portal.citizens.routes)
service.app.route('/', citizenRoutes(portal))

service.check('registry-db', () => db.query('select'))
await service.listen()
const schemas = [sessionSchema, new URL('./schema.sql', import.meta.url)]
await service.until('registry-db', () => prepareDatabase(db, schemas, async () => undefined))
service.ready()
