create table if not exists class (
  id text primary key,
  year int not null
);

create table if not exists pupil (
  code text primary key,
  name text not null,
  class_id text not null references class
);

create table if not exists teacher (
  code text primary key,
  name text not null
);

-- Who teaches which subject to whom: the right to set tasks and to grade comes from here.
create table if not exists teaching (
  class_id text not null references class,
  subject text not null,
  teacher text not null references teacher,
  primary key (class_id, subject)
);

create table if not exists lesson (
  class_id text not null,
  day int not null,
  period int not null,
  subject text not null,
  room text not null,
  primary key (class_id, day, period),
  foreign key (class_id, subject) references teaching
);

-- Parents whom the population register confirmed, so that they see their child's grades while it is away.
create table if not exists guardian (
  parent text not null,
  pupil text not null references pupil,
  confirmed_at timestamptz not null default now(),
  primary key (parent, pupil)
);

create table if not exists task (
  id bigint generated always as identity primary key,
  class_id text not null,
  subject text not null,
  title text not null,
  body text not null,
  due date not null,
  set_at timestamptz not null default now(),
  foreign key (class_id, subject) references teaching
);
create index if not exists task_by_class on task (class_id, id desc);

-- The file is kept here and nowhere in the file system: nothing can be run or served from a path.
create table if not exists submission (
  id bigint generated always as identity primary key,
  task_id bigint not null references task,
  pupil text not null references pupil,
  file_name text not null,
  file_type text not null,
  file bytea not null,
  handed_in_at timestamptz not null default now(),
  unique (task_id, pupil)
);

create table if not exists grade (
  task_id bigint not null references task,
  pupil text not null references pupil,
  grade int not null check (grade between 1 and 5),
  comment text not null,
  teacher text not null,
  given_at timestamptz not null default now(),
  primary key (task_id, pupil)
);
create index if not exists grade_by_pupil on grade (pupil, given_at desc);

-- For pupils without e-ID. `failures` since the last good login; `tried_at` is the last try.
create table if not exists password (
  pupil text primary key references pupil,
  username text not null unique,
  hash text,
  failures int not null default 0,
  tried_at timestamptz not null default now()
);

-- Letters to parents that X-Road still has to carry to their mailboxes.
create table if not exists outbox (
  id bigint generated always as identity primary key,
  task_id bigint not null references task,
  pupil text not null references pupil,
  receiver text not null,
  subject text not null,
  body text not null,
  made_at timestamptz not null default now(),
  tries int not null default 0,
  next_at timestamptz not null default now(),
  delivered_at timestamptz
);
create index if not exists outbox_waiting on outbox (next_at) where delivered_at is null;
create index if not exists outbox_by_grade on outbox (task_id, pupil);
