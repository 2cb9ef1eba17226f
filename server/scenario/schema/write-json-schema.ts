import { writeFile } from 'node:fs/promises'
import { jsonSchemas } from './json-schema.ts'

// node server/scenario/schema/write-json-schema.ts
for (const [path, content] of jsonSchemas()) await writeFile(path, content)
