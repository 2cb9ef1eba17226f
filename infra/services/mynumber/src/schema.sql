-- The residents' register, as the certificate authority and the portal see it: the number and the four pieces of information.
create table if not exists resident (
  number text primary key,
  name text not null,
  birth date not null,
  sex text not null check (sex in ('M', 'F')),
  address text not null
);

-- Which personal code of Meremaa belongs to a number. A code belongs to one number at most.
create table if not exists link (
  number text primary key references resident,
  code text not null unique,
  linked timestamptz not null default now()
);

-- Own certificates of the two authorities, made at the first start.
create table if not exists authority (
  use text primary key check (use in ('authentication', 'signature')),
  certificate text not null
);

create table if not exists certificate (
  serial text primary key,
  use text not null check (use in ('authentication', 'signature')),
  card uuid not null,
  number text not null references resident,
  der text not null,
  issued timestamptz not null default now(),
  not_after timestamptz not null,
  revoked timestamptz,
  reason text
);
create index if not exists certificate_by_number on certificate (number, issued desc);

-- What people handed in, signed with their card. The document is kept as it was signed.
create table if not exists application (
  id uuid primary key default gen_random_uuid(),
  number text not null references resident,
  kind text not null,
  document text not null,
  serial text not null references certificate,
  signature text not null,
  received timestamptz not null default now()
);

-- One request of a web service for a person's information: pushed, opened in a browser, answered with the card, decided.
create table if not exists consent (
  id text primary key,
  client text not null,
  redirect_uri text not null,
  state text not null,
  code_challenge text not null,
  items jsonb not null,
  purpose text not null,
  browser text,
  number text references resident,
  granted jsonb,
  code text unique,
  code_until timestamptz,
  token text unique,
  token_until timestamptz,
  until timestamptz not null
);

-- What is fetched for whom. The result stays for an hour.
create table if not exists self_information (
  id uuid primary key default gen_random_uuid(),
  consent text references consent,
  client text not null,
  number text not null references resident,
  items jsonb not null,
  purpose text not null,
  state text not null default 'processing' check (state in ('processing', 'completed')),
  result jsonb,
  made timestamptz not null default now()
);
create unique index if not exists self_information_once on self_information (consent);
create index if not exists self_information_to_do on self_information (made) where state = 'processing';

-- The record of exchanges that a person sees: written before anything is asked.
create table if not exists exchange_record (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  number text not null references resident,
  requester jsonb not null,
  provider jsonb not null,
  item text not null,
  purpose text not null,
  message_id text not null
);
create index if not exists exchange_record_by_number on exchange_record (number, id desc);
