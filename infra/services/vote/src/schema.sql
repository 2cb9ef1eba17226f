-- Who may vote, as the voter list was drawn up. The population register is asked again when somebody votes.
create table if not exists voter (
  code text primary key,
  birth date not null,
  district text not null
);

create table if not exists election (
  id text primary key,
  kind text not null check (kind in ('national', 'mock')),
  title jsonb not null,
  -- Day on which a voter must be of age.
  day date not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  started_by text,
  started_at timestamptz not null default now(),
  closed_at timestamptz,
  -- [{district, name, candidates: [{choice, name, list}]}]
  districts jsonb not null,
  -- Record of the key ceremony, for everybody.
  ceremony jsonb not null,
  -- Published when the election is counted.
  tally jsonb
);
create index if not exists election_by_kind on election (kind, started_at desc);

-- Shares of the election's key, each sealed for its holder.
create table if not exists key_share (
  election text not null references election (id) on delete cascade,
  holder int not null,
  sealed text not null,
  primary key (election, holder)
);

-- The ballot box: signed envelopes around encrypted choices. Whoever reads it learns who voted, and not how.
create table if not exists vote (
  serial bigint generated always as identity primary key,
  id text not null unique,
  session text not null,
  election text not null references election (id) on delete cascade,
  voter text not null,
  district text not null,
  envelope text not null,
  digest text not null,
  -- RFC 3161 token of the time-stamping authority over the digest.
  token text not null,
  registered_at timestamptz not null,
  stored_at timestamptz not null default now(),
  verified int not null default 0,
  unique (election, digest)
);
create index if not exists vote_by_voter on vote (election, voter, registered_at desc);
