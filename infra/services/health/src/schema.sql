-- Every FHIR resource as it is now. Columns beside the body are what searches and access rules ask for.
create table if not exists resource (
  type text not null,
  id text not null,
  version int not null default 1,
  updated timestamptz not null default now(),
  -- Personal code of the patient whose record this is; null for practitioners and organisations.
  patient text,
  -- Id of the practitioner who wrote it; null when nobody of the profession did.
  author text,
  status text,
  -- The time it speaks of, [starts, ends).
  starts timestamptz,
  ends timestamptz,
  encounter text,
  -- Values of token and reference parameters, `code:http://loinc.org|4548-4`.
  tokens text[] not null default '{}',
  -- Of a Consent: what it closes, `Observation/123`, or `*` for everything.
  closes text[] not null default '{}',
  body jsonb not null,
  primary key (type, id)
);
create index if not exists resource_of_patient on resource (patient, type, starts desc);

create table if not exists resource_version (
  type text not null,
  id text not null,
  version int not null,
  updated timestamptz not null,
  body jsonb not null,
  primary key (type, id, version)
);

-- What patients closed to the profession.
create or replace view closure as
  select patient, unnest(closes) as target from resource where type = 'Consent' and status = 'active';

create table if not exists practitioner (
  code text primary key,
  id text not null unique,
  name text not null
);

-- Who treats whom, and until when. The family doctor has no end.
create table if not exists treatment (
  practitioner text not null references practitioner (id),
  patient text not null,
  since timestamptz not null default now(),
  until timestamptz not null default 'infinity',
  primary key (practitioner, patient)
);

-- Access tokens and the codes that they are got for. The keys are hashes of what the app holds.
create table if not exists app_token (
  id text primary key,
  code text not null,
  name text not null,
  scope text not null,
  patient text not null,
  until timestamptz not null
);
create table if not exists app_code (
  id text primary key,
  client text not null,
  redirect text not null,
  challenge text not null,
  code text not null,
  name text not null,
  scope text not null,
  patient text not null,
  until timestamptz not null
);
