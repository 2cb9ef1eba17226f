import { DatabaseSync } from 'node:sqlite'

export interface LogLine {
  readonly id: number
  /** When it came in, ISO 8601. */
  readonly at: string
  readonly service: string
  readonly line: string
}

export interface Search {
  /** Words that must all be in a line, in any order; empty finds every line. */
  readonly text: string
  /** Only lines of this service; empty: of all. */
  readonly service: string
  /** Only lines older than the one with this id. */
  readonly before: number
  /** Only lines that came in from then on, until then, ISO 8601; empty: whenever. */
  readonly from: string
  readonly to: string
  readonly limit: number
}

export interface LogStore {
  /** Keeps lines, oldest first. */
  add(lines: readonly Omit<LogLine, 'id'>[]): void
  /** Newest first. */
  search(search: Search): readonly LogLine[]
  services(): readonly string[]
}

/** Lines that are kept of services, and of the network's sensor; the oldest go. Apart, so that whoever makes much traffic pushes no service's log out. */
const KEPT = 200_000
const KEPT_OF_SENSOR = 200_000
const SENSOR = 'sensor'
const TRIM_EVERY = 5_000

/**
 * Log lines in SQLite with a full-text index of trigrams, so that parts of words are found in every script, Chinese characters included.
 * Shorter words than three letters are looked for line by line.
 */
export function openLogStore(path: string, kept = KEPT, keptOfSensor = KEPT_OF_SENSOR): LogStore {
  const db = new DatabaseSync(path)
  db.exec(`
    pragma journal_mode = wal;
    pragma synchronous = off;
    create table if not exists line (id integer primary key, at text not null, service text not null, line text not null);
    create index if not exists line_by_service on line (service, id);
    create virtual table if not exists line_text using fts5(line, content='line', content_rowid='id', tokenize='trigram');
    create trigger if not exists line_added after insert on line begin
      insert into line_text (rowid, line) values (new.id, new.line);
    end;
    create trigger if not exists line_gone after delete on line begin
      insert into line_text (line_text, rowid, line) values ('delete', old.id, old.line);
    end;
  `)
  const insert = db.prepare('insert into line (at, service, line) values (?, ?, ?)')
  const trimOf = (whose: string) =>
    db.prepare(
      `delete from line where ${whose} and id <= (select id from line where ${whose} order by id desc limit 1 offset ?)`,
    )
  const trim = trimOf(`service <> '${SENSOR}'`)
  const trimSensor = trimOf(`service = '${SENSOR}'`)
  let sinceTrim = 0
  return {
    add(lines) {
      db.exec('begin')
      for (const { at, service, line } of lines) insert.run(at, service, line)
      sinceTrim += lines.length
      if (sinceTrim >= TRIM_EVERY) {
        trim.run(kept)
        trimSensor.run(keptOfSensor)
        sinceTrim = 0
      }
      db.exec('commit')
    },
    search({ text, service, before, from, to, limit }) {
      // A control character ends a query for SQLite.
      const words = text.split(/[\s\p{Cc}]+/u).filter(Boolean)
      const long = words.filter((word) => [...word].length >= 3)
      const short = words.filter((word) => [...word].length < 3)
      const conditions = [
        'id < ?',
        ...(service ? ['service = ?'] : []),
        ...(from ? ['at >= ?'] : []),
        ...(to ? ['at <= ?'] : []),
        ...(long.length > 0 ? ['id in (select rowid from line_text where line_text match ?)'] : []),
        ...short.map(() => 'instr(lower(line), lower(?)) > 0'),
      ]
      const values = [
        before,
        ...(service ? [service] : []),
        ...(from ? [from] : []),
        ...(to ? [to] : []),
        ...(long.length > 0 ? [long.map(phrase).join(' ')] : []),
        ...short,
        limit,
      ]
      return db
        .prepare(
          `select id, at, service, line from line where ${conditions.join(' and ')} order by id desc limit ?`,
        )
        .all(...values)
        .map((row) => ({ ...row })) as unknown as LogLine[]
    },
    services: () =>
      db
        .prepare('select distinct service from line order by service')
        .all()
        .map((row) => String(row.service)),
  }
}

/** A word as a phrase of the index's query language, in which a quote is written twice. */
const phrase = (word: string): string => `"${word.replaceAll('"', '""')}"`
