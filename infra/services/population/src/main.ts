import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment } from '../../kit/secrets.ts'
import { usageRoutes, usageSchema } from '../../kit/xroad-provider.ts'
import { statisticsPage } from './pages.ts'
import { personRoutes } from './register.ts'
import { seedPersons } from './seed.ts'

const service = createService('population')
const db = openDatabase(environment('DATABASE_URL'))

service.app.get('/', (c) => statisticsPage(c, db))
service.app.route('/persons', personRoutes(db))
service.app.route('/v2', usageRoutes(db))

service.check('registry-db', () => db.query('select'))
await service.listen()
await service.until('registry-db', () =>
  prepareDatabase(db, [usageSchema, new URL('./schema.sql', import.meta.url)], (client) =>
    seedPersons(client, environment('KILP_SEED')),
  ),
)
service.ready()
