-- Who proved their identity where, when and how. The person can read their own rows.
create table if not exists logins (
  id uuid primary key default gen_random_uuid(),
  code text not null,
  method text not null,
  service text not null,
  at timestamptz not null default now()
);
create index if not exists logins_by_code on logins (code, at desc);
-- Cards on hold: both certificates of a person. `restore` is the hash of the code that lifts it.
create table if not exists card_suspension (
  code text primary key,
  serials text[] not null,
  restore text not null,
  tries integer not null default 0,
  since timestamptz not null default date_trunc('second', now())
);
create index if not exists card_suspension_by_serial on card_suspension using gin (serials);
