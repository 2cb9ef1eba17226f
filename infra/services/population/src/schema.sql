create table if not exists person (
  code text primary key,
  given text not null,
  family text not null,
  birth date not null,
  sex text not null,
  address text not null,
  municipality text not null,
  phone text not null,
  deceased date,
  -- The address of a person under protection is given to nobody.
  protected boolean not null default false
);
create index if not exists person_by_name on person (family, given);

create table if not exists family_tie (
  person text not null references person,
  relative text not null references person,
  tie text not null check (tie in ('parent', 'child', 'spouse', 'guardian', 'ward')),
  primary key (person, relative)
);

-- The newest notice in force decides where a person lives; without one, the address in "person".
create table if not exists residence_notice (
  id uuid primary key default gen_random_uuid(),
  person text not null references person,
  address text not null,
  municipality text not null,
  valid_from date not null,
  registered timestamptz not null default now(),
  notified_by text not null,
  receiver text not null
);
create index if not exists residence_notice_by_person on residence_notice (person, registered desc);
