import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import { createService } from '../../kit/http.ts'
import { nation } from '../../kit/nation/nation.ts'
import { oauth } from '../../kit/protocol.ts'
import { environment } from '../../kit/secrets.ts'
import { cardAuthority, responderIdentity, timeStampIdentity } from './authority.ts'
import { cardRoutes } from './card-routes.ts'
import { openCards } from './cards.ts'
import { Refused } from './certificate.ts'
import { loginsOf } from './history.ts'
import { issuedTo } from './issued.ts'
import { loginRoutes } from './login-routes.ts'
import { createNonces } from './nonces.ts'
import { oidcRoutes } from './oidc-routes.ts'
import { createProvider } from './openid.ts'
import { historyPage, homePage } from './pages.ts'
import { midRoutes, smartIdRoutes } from './phone-api.ts'
import { createPhoneLogins } from './phone-login.ts'
import { phoneRoutes } from './phone-routes.ts'
import { readSettings } from './settings.ts'
import { loadKeys } from './signing-key.ts'
import { statusResponder } from './status-responder.ts'
import { timeStampAuthority } from './time-stamp.ts'
import { trustRoutes } from './trust-routes.ts'
import { verifyWebEid } from './web-eid.ts'

const service = createService('eid')
const settings = readSettings()
const db = openDatabase(environment('DATABASE_URL'))
const land = nation(environment('KILP_SEED'))
const cards = openCards(db)
const nonces = createNonces()
const phones = createPhoneLogins(settings.authority)
const provider = createProvider(settings.issuer, loadKeys(settings.dataFolder))
const authority = cardAuthority(settings.authorityKey)
const timeStamper = timeStampIdentity(settings.timeStampKey, authority)
const responder = responderIdentity(settings.responderKey, authority)

service.speaks('/oidc', oauth())
// The provider reads these itself.
for (const path of ['/oidc/token', '/oidc/profile']) service.speaks(path, { ...oauth(), opaqueBody: true })
service.app.get('/', (c) => c.html(homePage(languageOf(c), nonces.issue('history'), false)))
service.app.post('/history', async (c) => {
  const form = await c.req.parseBody()
  const nonce = String(form.nonce ?? '')
  try {
    if (!nonces.take(nonce, 'history')) throw new Refused('the challenge is not open')
    const { issuer: origin, authority } = settings
    const { person } = verifyWebEid(String(form.token ?? ''), { origin, nonce, authority, now: new Date() })
    return c.html(historyPage(languageOf(c), person, await loginsOf(db, person.code)))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    console.log(`history refused: ${error.message}`)
    return c.html(homePage(languageOf(c), nonces.issue('history'), true), 400)
  }
})
service.app.route('/login', loginRoutes({ provider, settings, db, nonces, cards, phones }))
service.app.route('/phone', phoneRoutes(phones, cards, db))
service.app.route('/mid-api', midRoutes(phones, land))
service.app.route('/smart-id-rp/v2', smartIdRoutes(phones, land))
service.app.route('/card', cardRoutes(settings, nonces, cards))
service.app.route(
  '/',
  trustRoutes({
    authority,
    timeStamper,
    stamp: timeStampAuthority(timeStamper),
    status: statusResponder(responder, authority, {
      isIssued: issuedTo(land.persons, [timeStamper, responder]),
      suspendedSince: cards.suspendedSince,
    }),
  }),
)

service.app.route('/', oidcRoutes(provider))

service.check('registry-db', () => db.query('select'))
await service.listen()
await service.until('registry-db', () =>
  prepareDatabase(db, [new URL('./schema.sql', import.meta.url)], async () => undefined),
)
service.ready()
