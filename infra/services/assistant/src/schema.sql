-- Answers that citizens added, in their own words. They are text to read, and nothing else.
create table if not exists contribution (
  id bigint generated always as identity primary key,
  lang text not null check (lang in ('en', 'et', 'ja')),
  title text not null,
  body text not null,
  author text not null,
  at timestamptz not null default now()
);

create table if not exists conversation (
  id bigint generated always as identity (start with 1001) primary key,
  code text not null,
  name text not null,
  lang text not null,
  waiting boolean not null default false,
  made_at timestamptz not null default now()
);
create index if not exists conversation_by_code on conversation (code, id);
create index if not exists conversation_waiting on conversation (id) where waiting;

create table if not exists message (
  id bigint generated always as identity primary key,
  conversation bigint not null references conversation (id),
  author text not null check (author in ('citizen', 'assistant', 'official')),
  text text not null,
  -- Where an answer comes from, or which official wrote it.
  source text,
  link text,
  at timestamptz not null default now()
);
create index if not exists message_by_conversation on message (conversation, id);

-- What the assistant would do. Nothing happens before the citizen confirms it.
create table if not exists proposal (
  id bigint generated always as identity primary key,
  conversation bigint not null references conversation (id),
  tool text not null,
  fields jsonb not null,
  state text not null default 'proposed' check (state in ('proposed', 'running', 'done', 'declined', 'failed')),
  at timestamptz not null default now()
);
create index if not exists proposal_by_conversation on proposal (conversation, id);
