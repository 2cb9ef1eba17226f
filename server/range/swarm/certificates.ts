import 'reflect-metadata'
import { randomBytes, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** A certificate and its key, both PEM. */
export interface Pair {
  readonly cert: string
  readonly key: string
}

/** What the platform and the agents know one another by: nobody else's certificate counts, whatever its name. */
export interface Credentials {
  /** Certificate of the authority, PEM. Its key is thrown away: no more certificates of it can be made. */
  readonly ca: string
  /** For the platform, good for nothing but being a client. */
  readonly platform: Pair
  /** For all agents, good for nothing but being a server. */
  readonly agent: Pair
  /** Wall time, ms. */
  readonly notAfter: number
}

/** The name that every agent's certificate bears, whatever its address is. */
export const AGENT_NAME = 'kilp-agent'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY_MS = 86_400_000
const VALID_MS = 60 * DAY_MS
/** An exercise that begins with them is over long before they are. */
const RENEW_MS = 30 * DAY_MS
/** Clocks of two machines may differ. */
const BACK_MS = DAY_MS

/** Whether they last for another exercise. Pure. */
export const lasts = ({ notAfter }: Pick<Credentials, 'notAfter'>, now: number): boolean =>
  notAfter - now > RENEW_MS

/** Makes an authority, a certificate of it for each side, and forgets the authority's key. X.509 by RFC 5280. */
export async function makeCredentials(now: number): Promise<Credentials> {
  x509.cryptoProvider.set(webcrypto)
  const notBefore = new Date(now - BACK_MS)
  const notAfter = now + VALID_MS
  const authority = await keys()
  const name = `CN=Kilp agents ${randomBytes(4).toString('hex')}`
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name,
    notBefore,
    notAfter: new Date(notAfter),
    signingAlgorithm: ALGORITHM,
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  })
  const pair = async (subject: string, use: x509.ExtendedKeyUsage): Promise<Pair> => {
    const own = await keys()
    const made = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject: `CN=${subject}`,
      issuer: name,
      notBefore,
      notAfter: new Date(notAfter),
      signingAlgorithm: ALGORITHM,
      publicKey: own.publicKey,
      signingKey: authority.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([use]),
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: subject }]),
      ],
    })
    const der = await webcrypto.subtle.exportKey('pkcs8', own.privateKey)
    return { cert: made.toString('pem'), key: x509.PemConverter.encode(der, 'PRIVATE KEY') }
  }
  return {
    ca: ca.toString('pem'),
    platform: await pair('kilp-platform', x509.ExtendedKeyUsage.clientAuth),
    agent: await pair(AGENT_NAME, x509.ExtendedKeyUsage.serverAuth),
    notAfter,
  }
}

const keys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
/** Positive, as RFC 5280 wants it. */
const serial = () => `01${randomBytes(15).toString('hex')}`
