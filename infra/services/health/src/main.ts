import { openCitizens } from '../../kit/citizens.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { oauth } from '../../kit/protocol.ts'
import { environment } from '../../kit/secrets.ts'
import { sessionSchema } from '../../kit/sessions.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { fromXroadOnly, usageRoutes, usageSchema } from '../../kit/xroad-provider.ts'
import { appLoginRoutes, smartConfiguration } from './app-login.ts'
import { deskRoutes } from './desk-routes.ts'
import { fhir } from './fhir.ts'
import { fhirRoutes } from './fhir-routes.ts'
import { pageRoutes } from './page-routes.ts'
import { personReader, xroadReader } from './reader.ts'
import { welcomePage } from './record-pages.ts'
import { seed } from './seed.ts'

const service = createService('health')
const db = openDatabase(environment('DATABASE_URL'))
const xroad = openXroadClient('health')
const citizens = openCitizens({ service: 'health', db, welcome: welcomePage })

service.speaks('/fhir', fhir)
service.speaks('/xroad/fhir', fhir)
service.speaks('/auth/token', oauth())
service.app.route('/v2', usageRoutes(db))
service.app.use('/xroad/*', fromXroadOnly())
service.app.route('/xroad/fhir', fhirRoutes(db, xroad, xroadReader(db)))
service.app.get('/fhir/.well-known/smart-configuration', (c) => c.json(smartConfiguration()))
service.app.route('/fhir', fhirRoutes(db, xroad, personReader(db, citizens)))
service.app.route('/auth', appLoginRoutes(db, xroad, citizens))
service.app.route('/', citizens.routes)
service.app.route('/', pageRoutes(db, xroad, citizens))
service.app.route('/desk', deskRoutes(db, xroad, citizens))

service.check('registry-db', () => db.query('select'))
await service.listen()
const schemas = [usageSchema, sessionSchema, new URL('./schema.sql', import.meta.url)]
await service.until('registry-db', () => prepareDatabase(db, schemas, seed))
service.ready()
