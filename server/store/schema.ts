import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  doublePrecision,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import type { Evidence } from '../exercise/scenario/model.ts'

/**
 * One schema for both backends. JSON columns are `json`, not `jsonb`: a ledger gives back exactly what was written, and
 * `jsonb` refuses the NUL characters that a hostile service may put into evidence.
 */

/** The ledger. The primary key is what lets only one of two writers have a position. */
export const events = pgTable(
  'events',
  {
    exerciseId: text('exercise_id').notNull(),
    position: integer('position').notNull(),
    type: text('type').notNull(),
    version: integer('version').notNull(),
    at: doublePrecision('at').notNull(),
    wall: bigint('wall', { mode: 'number' }).notNull(),
    data: json('data').$type<object>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.exerciseId, table.position] }),
    // One entry per exercise: lists them without walking the ledger.
    index('events_first').on(table.wall, table.exerciseId).where(sql`${table.position} = 1`),
  ],
)

export const clocks = pgTable('clocks', {
  exerciseId: text('exercise_id').primaryKey(),
  exerciseMs: doublePrecision('exercise_ms').notNull(),
  wall: bigint('wall', { mode: 'number' }).notNull(),
})

export const samples = pgTable(
  'samples',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    exerciseId: text('exercise_id').notNull(),
    at: doublePrecision('at').notNull(),
    wall: bigint('wall', { mode: 'number' }).notNull(),
    team: text('team').notNull(),
    service: text('service').notNull(),
    journey: text('journey').notNull(),
    verdict: text('verdict').notNull(),
    ms: doublePrecision('ms').notNull(),
    evidence: json('evidence').$type<Evidence>(),
  },
  (table) => [index('samples_by_service').on(table.exerciseId, table.team, table.service, table.id)],
)

/**
 * What was folded before, of each audience the latest. A cache: nothing is lost with it, and no dump holds it. The body is base64 in a
 * `text`, which PGlite takes ten times faster than a `bytea`; its migration says not to compress it once more.
 */
export const snapshots = pgTable(
  'snapshots',
  {
    exerciseId: text('exercise_id').notNull(),
    audience: text('audience').notNull(),
    /** Which sources made it. */
    madeBy: text('made_by').notNull(),
    position: integer('position').notNull(),
    body: text('body').notNull(),
  },
  (table) => [primaryKey({ columns: [table.exerciseId, table.audience] })],
)

/**
 * Files of messages and answers: what is in the ledger names them by hash. Base64 in a `text` as above; most of them are compressed already.
 * `owner`: the team that uploaded it, empty where it came with the scenario.
 */
export const files = pgTable(
  'files',
  {
    exerciseId: text('exercise_id').notNull(),
    sha256: text('sha256').notNull(),
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    bytes: integer('bytes').notNull(),
    wall: bigint('wall', { mode: 'number' }).notNull(),
    body: text('body').notNull(),
  },
  (table) => [primaryKey({ columns: [table.exerciseId, table.sha256, table.owner] })],
)

/** Recordings of terminals, each in parts: lines in JSON, whose text has no NUL in it. */
export const casts = pgTable(
  'casts',
  {
    exerciseId: text('exercise_id').notNull(),
    cast: text('cast').notNull(),
    part: integer('part').notNull(),
    terminal: text('terminal').notNull(),
    team: text('team').notNull(),
    bytes: integer('bytes').notNull(),
    text: text('text').notNull(),
  },
  (table) => [primaryKey({ columns: [table.exerciseId, table.cast, table.part] })],
)

export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  /** Wrapped, because drizzle takes a bare JSON string for JSON text and parses it once more. */
  value: json('value').$type<{ readonly value: unknown }>().notNull(),
})
