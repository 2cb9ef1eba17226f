import { findUsage, get, grant, post, put, subsystem } from './model.ts'

/** Documents that hospitals' systems read and write, each in the name of a doctor. */
const DOCUMENTS = ['Encounter', 'Observation', 'MedicationRequest', 'Immunization']

export const health = subsystem('health', [
  {
    code: 'fhir',
    type: 'REST',
    url: 'http://health/xroad/fhir',
    endpoints: [
      ...[get('/metadata'), get('/Patient'), get('/Patient/*')],
      ...[get('/Practitioner'), get('/Practitioner/*'), get('/Organization'), get('/Organization/*')],
      ...DOCUMENTS.flatMap((type) => [get(`/${type}`), get(`/${type}/*`), get(`/${type}/*/_history/*`)]),
      ...DOCUMENTS.flatMap((type) => [post(`/${type}`), put(`/${type}/*`)]),
    ],
    access: [grant('clinic')],
  },
  findUsage('http://health'),
])
