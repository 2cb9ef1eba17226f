import { environment } from '../../kit/secrets.ts'
import { fhirBase, type Resource } from './fhir.ts'
import { KINDS, type ResourceKind } from './parameters.ts'

/** The CapabilityStatement: made from the same table that the searches use, so that it says what is so. */
export function capabilityStatement(): Resource {
  const base = environment('BASE_URL')
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-01',
    kind: 'instance',
    publisher: 'Health Information Centre of Meremaa',
    software: { name: 'Health information system of Meremaa' },
    implementation: { description: 'National health records', url: fhirBase() },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: {
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                },
              ],
            },
          ],
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [
                { url: 'authorize', valueUri: `${base}/auth/authorize` },
                { url: 'token', valueUri: `${base}/auth/token` },
              ],
            },
          ],
        },
        resource: Object.entries(KINDS).map(([type, kind]) => resourceCapability(type, kind)),
      },
    ],
  }
}

function resourceCapability(type: string, { parameters, includes, interactions }: ResourceKind) {
  return {
    type,
    interaction: interactions.map((code) => ({ code })),
    versioning: interactions.includes('update') ? 'versioned-update' : 'versioned',
    readHistory: true,
    updateCreate: false,
    ...(includes.length > 0 ? { searchInclude: includes.map((name) => `${type}:${name}`) } : {}),
    searchParam: [
      { name: '_id', type: 'token' },
      { name: '_lastUpdated', type: 'date' },
      ...Object.entries(parameters).map(([name, kind]) => ({ name, type: kind })),
    ],
  }
}
