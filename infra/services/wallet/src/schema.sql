-- Offers that citizens made, each for one credential. The PIN is told to the citizen alone.
create table if not exists offer (
  id uuid primary key,
  code text not null,
  pre_authorized text not null unique,
  pin text not null,
  wrong int not null default 0,
  state text not null default 'open' check (state in ('open', 'used', 'locked')),
  made_at timestamptz not null default now(),
  until timestamptz not null
);

-- Access tokens by their hash: each is good for one credential of one person.
create table if not exists access (
  id text primary key,
  code text not null,
  until timestamptz not null
);

create table if not exists nonce (
  value text primary key,
  until timestamptz not null
);

-- Credentials given out. Index in a status list is random, so that neighbours tell nothing.
create table if not exists credential (
  id bigint generated always as identity primary key,
  list int not null,
  index int not null,
  code text not null,
  thumbprint text not null,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text,
  unique (list, index)
);
create index if not exists credential_by_code on credential (code, id);

-- What verifiers asked for, and what came. Only the browser that asked sees the outcome.
create table if not exists verification (
  id uuid primary key,
  purpose text not null,
  device text not null check (device in ('same', 'other')),
  nonce text not null,
  opaque text not null,
  browser text not null,
  response_code text,
  state text not null default 'waiting' check (state in ('waiting', 'checking', 'accepted', 'refused')),
  reason text,
  claims jsonb,
  made_at timestamptz not null default now(),
  until timestamptz not null
);
