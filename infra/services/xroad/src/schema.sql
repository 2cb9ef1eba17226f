-- RFC 3161 tokens, each over the result of a hash chain whose one step has these digests (base64, a space between).
create table if not exists message_timestamp (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  digests text not null,
  token bytea not null
);

-- The message log: one row for each message, request or response, as it went out, with the signature of the security server that sent it.
-- Rows are chained by hash, so that a changed or missing one shows.
create table if not exists message_log (
  id bigint primary key,
  at text not null,
  message_id text not null,
  request_id text not null,
  response boolean not null,
  client text not null,
  service text not null,
  user_id text not null,
  issue text not null,
  head text not null,
  body bytea not null,
  message_hash text not null,
  signature text not null,
  hash text not null,
  timestamp_id bigint references message_timestamp
);
create index if not exists message_log_message on message_log (message_id, client);
create index if not exists message_log_waiting on message_log (id) where timestamp_id is null;
