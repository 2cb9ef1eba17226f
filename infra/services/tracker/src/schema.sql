-- Uses of people's data that offices without a register of their own report here. Rows are added and marked, never changed or deleted.
create table if not exists report (
  id bigint generated always as identity primary key,
  logtime timestamptz not null default now(),
  subject text not null,
  action text not null,
  receiver_code text not null,
  receiver_system text not null,
  user_code text,
  message_id text not null,
  -- Why the person is not told: the number of the decision.
  hidden_by text,
  withdrawn_at timestamptz,
  withdrawn_why text
);
create index if not exists report_by_subject on report (subject, logtime desc);
