-- The journal that the Data Tracker reads: one row each time data about a person is given to somebody else.
create table if not exists usage (
  id bigint generated always as identity primary key,
  logtime timestamptz not null default now(),
  subject text not null,
  action jsonb not null,
  receiver_code text not null,
  receiver_name jsonb not null,
  receiver_system text not null,
  user_code text,
  message_id text not null,
  hidden boolean not null default false
);
create index if not exists usage_by_subject on usage (subject, logtime desc);
