const json = (description: string) => ({
  description,
  content: { 'application/json': { schema: { type: 'object' } } },
})
const code = { name: 'code', in: 'path', required: true, schema: { type: 'string', pattern: '^\\d{11}$' } }
const query = (name: string, required: boolean) => ({
  name,
  in: 'query',
  required,
  schema: { type: 'string' },
})
const refused = { 400: json('The request is not valid'), 404: json('No person has this code') }
const read = (summary: string, parameters: readonly object[] = [code]) => ({
  summary,
  parameters,
  responses: { 200: json('Found'), ...refused },
})

/** Description of the data service `persons`; X-Road's getOpenAPI answers with it. */
export const openapi = {
  openapi: '3.0.3',
  info: { title: 'Population Register: persons', version: '1.0.0' },
  paths: {
    '/': { get: read('Living residents by name', [query('name', true), query('municipality', false)]) },
    '/{code}': { get: read('Personal data') },
    '/{code}/family': { get: read('Parents, children, spouse, guardian and wards') },
    '/{code}/status': { get: read('Whether the person is alive') },
    '/{code}/residence': {
      get: read('Residence notices, newest first'),
      post: {
        summary: 'Register a residence',
        parameters: [code],
        requestBody: json('address, municipality, validFrom (a day; today when missing)'),
        responses: { 201: json('Registered'), ...refused },
      },
    },
  },
} as const
