import { openCitizens } from '../../kit/citizens.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment, pem } from '../../kit/secrets.ts'
import { sessionSchema } from '../../kit/sessions.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { contractRoutes } from './contract-routes.ts'
import { welcomePage } from './pages.ts'
import { siga, sigaRoutes } from './siga-routes.ts'
import { validateRoutes } from './validate-routes.ts'

const service = createService('sign')
const db = openDatabase(environment('DATABASE_URL'))
const xroad = openXroadClient('sign')
const citizens = openCitizens({ service: 'sign', db, welcome: welcomePage })
const trust = { cardAuthority: pem(environment('CARD_CA')), timeStamps: pem(environment('TSA_KEY')) }

for (const path of ['/containers', '/upload']) service.speaks(path, siga)
service.app.route('/', citizens.routes)
service.app.route('/', contractRoutes({ db, xroad, citizens, trust }))
service.app.route('/validate', validateRoutes(process.env.DATA_FOLDER ?? '/srv/data', trust))
service.app.route('/', sigaRoutes(db, trust))

service.check('registry-db', () => db.query('select'))
await service.listen()
const schemas = [sessionSchema, new URL('./schema.sql', import.meta.url)]
await service.until('registry-db', () => prepareDatabase(db, schemas, async () => undefined))
service.ready()
