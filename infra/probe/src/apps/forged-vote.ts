import 'reflect-metadata'
import { generateKeyPairSync, sign } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { App } from '../app.ts'
import { ALGORITHM, importPair, YEARS_MS } from '../certificate.ts'

/**
 * What a forger does who has no card: a key and a certificate of their own making that names `person` as signer and the card authority as issuer.
 * Takes `ballot` as `vote/encrypt` gives it; gives what the card would: `{certificate, signature}`.
 */
export const forgeSignature: App = async (input, place) => {
  const victim = place.population.land.byCode.get(input.person ?? '')
  if (!victim) throw new Error(`there is no ${input.person}`)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keys = await importPair(privateKey)
  const name = (text: string) => text.toUpperCase().replace(/([,+"\\<>;=#])/g, '\\$1')
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '5eed',
    subject: `CN=${name(`${victim.family},${victim.given},${victim.code}`)}, 2.5.4.5=PNOEE-${victim.code}, C=EE`,
    issuer: 'CN=Meremaa Card CA, O=Meremaa, C=EE',
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + YEARS_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.nonRepudiation, true),
    ],
  })
  const { signingInput } = JSON.parse(input.ballot ?? '')
  const signature = sign('sha256', Buffer.from(signingInput, 'base64'), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return {
    certificate: Buffer.from(certificate.rawData).toString('base64'),
    signature: signature.toString('base64'),
  }
}
