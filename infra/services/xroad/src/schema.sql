-- The message log: one row for each exchange, chained by hash so that a changed or missing row shows.
create table if not exists message_log (
  id bigint primary key,
  at text not null,
  message_id text not null,
  request_id text not null,
  client text not null,
  service text not null,
  user_id text not null,
  issue text not null,
  method text not null,
  path text not null,
  request_hash text not null,
  status int not null,
  response_hash text not null,
  hash text not null
);
