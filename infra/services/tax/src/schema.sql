-- What employers reported: paid out, and tax withheld from it.
create table if not exists income (
  code text not null,
  year int not null,
  payer text not null,
  gross numeric(12, 2) not null,
  withheld numeric(12, 2) not null,
  primary key (code, year, payer)
);

-- What schools, charities and banks reported: it lowers the taxable income.
create table if not exists deductible (
  code text not null,
  year int not null,
  kind text not null check (kind in ('training', 'donations', 'interest')),
  amount numeric(12, 2) not null,
  primary key (code, year, kind)
);

-- Where refunds of a person go.
create table if not exists account (
  code text primary key,
  iban text not null
);

create table if not exists declaration (
  id bigint generated always as identity (start with 100001) primary key,
  code text not null,
  year int not null,
  name text not null,
  address text not null,
  state text not null default 'draft' check (state in ('draft', 'confirmed', 'paid')),
  gross numeric(12, 2) not null,
  withheld numeric(12, 2) not null,
  training numeric(12, 2) not null default 0,
  donations numeric(12, 2) not null default 0,
  interest numeric(12, 2) not null default 0,
  note text not null default '',
  tax numeric(12, 2),
  refund numeric(12, 2),
  payout numeric(12, 2),
  iban text,
  made_at timestamptz not null default now(),
  confirmed_at timestamptz,
  paid_at timestamptz
);
create unique index if not exists declaration_draft on declaration (code, year) where state = 'draft';
create index if not exists declaration_by_code on declaration (code, id);
create index if not exists declaration_to_assess on declaration (id) where state = 'confirmed';

-- Payment orders to the treasury, one for each declaration at most.
create table if not exists payment (
  declaration bigint primary key references declaration (id),
  iban text not null,
  amount numeric(12, 2) not null,
  at timestamptz not null default now()
);
