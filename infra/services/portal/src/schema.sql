-- Letters from officials to citizens. What registries know about a person is never kept here.
create table if not exists notice (
  id bigint generated always as identity primary key,
  code text not null,
  sender text not null,
  subject text not null,
  body text not null,
  attachment_name text,
  attachment_type text,
  attachment bytea,
  sent_at timestamptz not null default now(),
  read_at timestamptz
);
create index if not exists notice_by_code on notice (code, id desc);
