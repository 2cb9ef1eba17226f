-- Who proved their identity where, when and how. The person can read their own rows.
create table if not exists logins (
  id uuid primary key default gen_random_uuid(),
  code text not null,
  method text not null,
  service text not null,
  at timestamptz not null default now()
);
create index if not exists logins_by_code on logins (code, at desc);
