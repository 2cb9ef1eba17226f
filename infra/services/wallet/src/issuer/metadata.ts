/** Identifiers of what this issuer gives out. */
export const CONFIGURATION = 'eu.europa.ec.eudi.pid_vc_sd_jwt'
export const VCT = 'urn:eudi:pid:1'
export const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
export const PIN_LENGTH = 4

const NAMES: readonly (readonly [path: readonly string[], en: string, et: string, ja: string])[] = [
  [['given_name'], 'Given name', 'Eesnimi', '名'],
  [['family_name'], 'Family name', 'Perekonnanimi', '姓'],
  [['birthdate'], 'Date of birth', 'Sünniaeg', '生年月日'],
  [['age_equal_or_over', '18'], 'Aged 18 or over', 'Vähemalt 18-aastane', '18歳以上'],
  [['age_equal_or_over', '65'], 'Aged 65 or over', 'Vähemalt 65-aastane', '65歳以上'],
  [['sex'], 'Sex', 'Sugu', '性別'],
  [['address'], 'Address', 'Aadress', '住所'],
  [['personal_administrative_number'], 'Personal code', 'Isikukood', '個人コード'],
]

/** Metadata of the credential issuer, OpenID4VCI 1.0 section 12.2. */
export const issuerMetadata = (issuer: string) => ({
  credential_issuer: issuer,
  credential_endpoint: `${issuer}/credential`,
  nonce_endpoint: `${issuer}/nonce`,
  display: [
    { name: 'Police and Border Guard', locale: 'en' },
    { name: 'Politsei- ja Piirivalveamet', locale: 'et' },
    { name: '警察・国境警備庁', locale: 'ja' },
  ],
  credential_configurations_supported: {
    [CONFIGURATION]: {
      format: 'dc+sd-jwt',
      scope: CONFIGURATION,
      vct: VCT,
      cryptographic_binding_methods_supported: ['jwk'],
      credential_signing_alg_values_supported: ['ES256'],
      proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
      credential_metadata: {
        display: [
          { name: 'Identity of Meremaa', locale: 'en' },
          { name: 'Meremaa isikuandmed', locale: 'et' },
          { name: 'メレマー身分証', locale: 'ja' },
        ],
        claims: NAMES.map(([path, en, et, ja]) => ({
          path,
          display: [
            { name: en, locale: 'en' },
            { name: et, locale: 'et' },
            { name: ja, locale: 'ja' },
          ],
        })),
      },
    },
  },
})

/** Metadata of the authorization server (RFC 8414), which is the issuer itself. */
export const serverMetadata = (issuer: string) => ({
  issuer,
  token_endpoint: `${issuer}/token`,
  grant_types_supported: [PRE_AUTHORIZED],
  response_types_supported: [],
  token_endpoint_auth_methods_supported: ['none'],
  'pre-authorized_grant_anonymous_access_supported': true,
})

/** A credential offer, OpenID4VCI 1.0 section 4.1.1. */
export const credentialOffer = (issuer: string, preAuthorized: string) => ({
  credential_issuer: issuer,
  credential_configuration_ids: [CONFIGURATION],
  grants: {
    [PRE_AUTHORIZED]: {
      'pre-authorized_code': preAuthorized,
      tx_code: {
        input_mode: 'numeric',
        length: PIN_LENGTH,
        description: 'The PIN on the page of the issuer',
      },
    },
  },
})
