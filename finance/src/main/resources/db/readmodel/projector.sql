-- One row: how far this version has followed the log, and who may write it.
-- The holder's lease ends at lease_until by the database's clock; each new holder gets a higher epoch.
create table read_model.projector (
    one         boolean primary key default true check (one),
    position    bigint not null default 0,
    state       text not null default 'building' check (state in ('building', 'live')),
    holder      text,
    epoch       bigint not null default 0,
    lease_until timestamptz not null default '-infinity'
) with (fillfactor = 10);
insert into read_model.projector default values;

-- Events that this version could not read, and all later events of their streams, which would not make sense without.
create table read_model.quarantine (
    tenant   text not null,
    stream   text not null,
    position bigint primary key,
    type     text not null,
    reason   text not null
);
