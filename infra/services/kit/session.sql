-- Who is logged in at this service. The key is the hash of what the browser holds.
create table if not exists session (
  id text primary key,
  code text not null,
  name text not null,
  csrf text not null,
  until timestamptz not null
);
