-- Run by the superuser at every start; brings roles, schemas and rights to what is written here.
-- Each service owns one schema of the database "nation" and sees no other.
set log_statement = none; -- passwords do not belong in a log
\getenv postgres_password DB_POSTGRES
\getenv population_password DB_POPULATION
\getenv tax_password DB_TAX
\getenv eid_password DB_EID
\getenv portal_password DB_PORTAL
\getenv xroad_password DB_XROAD
\getenv archive_password DB_ARCHIVE

select 'create database nation' where not exists (select from pg_database where datname = 'nation') \gexec
\connect nation
set log_statement = none;

select format('create role %I', name)
from unnest(array['population', 'tax', 'eid', 'portal', 'xroad', 'archive', 'dba']) as name
where not exists (select from pg_roles where rolname = name) \gexec

-- The installer of the database worked as "dba". The account stays, since backups belong to it, but nobody logs in with it.
alter role dba with superuser nologin password null;

-- Operation of the state's data centre.
alter role postgres with login password :'postgres_password';

alter role population with login nosuperuser connection limit 10 password :'population_password';
alter role tax with login nosuperuser connection limit 10 password :'tax_password';
alter role eid with login nosuperuser connection limit 10 password :'eid_password';
alter role portal with login nosuperuser connection limit 10 password :'portal_password';
alter role xroad with login nosuperuser connection limit 10 password :'xroad_password';
-- The state archive: institutions deposit records and fetch them again.
alter role archive with login nosuperuser connection limit 5 password :'archive_password';

revoke all on database nation, postgres, template1 from public;
revoke all on schema public from public;
grant connect on database nation to population, tax, eid, portal, xroad, archive;

select format('create schema if not exists %I authorization %I', name, name),
       format('alter role %I in database nation set search_path = %I', name, name)
from unnest(array['population', 'tax', 'eid', 'portal', 'xroad', 'archive']) as name \gexec

create table if not exists archive.record (
  id uuid primary key,
  deposited timestamptz not null default now(),
  body text not null
);
alter table archive.record owner to archive;
