create table if not exists card (code text primary key);
