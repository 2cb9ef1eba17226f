import { defineConfig } from 'drizzle-kit'

/** Only for `drizzle-kit generate`; the platform applies the migrations itself when it opens its store. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './server/store/schema.ts',
  out: './server/store/migrations',
})
