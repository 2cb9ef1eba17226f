-- Containers of the REST interface: each belongs to the service that made it.
create table if not exists container (
  id uuid primary key default gen_random_uuid(),
  owner text not null,
  name text not null,
  asice bytea not null,
  at timestamptz not null default now()
);
-- Signatures that were prepared and wait for the card. `place` is the container or contract that they are for.
create table if not exists prepared (
  id text primary key,
  place text not null,
  intent jsonb not null,
  at timestamptz not null default now()
);
-- Contracts of two people. `asice` is there from the first signature on; then the text stays.
create table if not exists contract (
  id bigint generated always as identity primary key,
  owner text not null,
  owner_name text not null,
  partner text,
  title text not null,
  body text not null,
  asice bytea,
  at timestamptz not null default now()
);
create index if not exists contract_by_owner on contract (owner, id desc);
create index if not exists contract_by_partner on contract (partner, id desc);
