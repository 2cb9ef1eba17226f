-- Run by the superuser at every start; brings roles, schemas and rights to what is written here.
-- Each service owns one schema of the database "nation" and sees no other. Who they are is in DB_SERVICES: "name=password name=password".
set log_statement = none; -- passwords do not belong in a log
\getenv postgres_password DB_POSTGRES
\getenv services DB_SERVICES

select 'create database nation' where not exists (select from pg_database where datname = 'nation') \gexec
\connect nation
set log_statement = none;

create temporary table service as
select split_part(entry, '=', 1) as name, split_part(entry, '=', 2) as password
from unnest(string_to_array(:'services', ' ')) as entry;

select format('create role %I', name)
from (select name from service union all select 'dba') as wanted
where not exists (select from pg_roles where rolname = name) \gexec

-- The installer of the database worked as "dba". The account stays, since backups belong to it, but nobody logs in with it.
alter role dba with superuser nologin password null;

-- Operation of the state's data centre.
alter role postgres with login password :'postgres_password';

select format('alter role %I with login nosuperuser connection limit 8 password %L', name, password) from service \gexec

revoke all on database nation, postgres, template1 from public;
revoke all on schema public from public;
select format('revoke %I from %I', given.rolname, name)
from service
join pg_roles member on member.rolname = name
join pg_auth_members on pg_auth_members.member = member.oid
join pg_roles given on given.oid = pg_auth_members.roleid \gexec
select format('grant connect on database nation to %I', name) from service \gexec

select format('create schema if not exists %I authorization %I', name, name),
       format('alter role %I in database nation set search_path = %I', name, name)
from service \gexec

-- The state archive, one of them: institutions deposit records and fetch them again.
create table if not exists archive.record (
  id uuid primary key,
  deposited timestamptz not null default now(),
  body text not null
);
alter table archive.record owner to archive;
