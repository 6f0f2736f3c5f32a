-- Every canonical fact as the tables hold it: balances, open amounts, unallocated payments. Zero is not a fact.
create table read_model.parity_fact (
    tenant   text not null,
    fact     text not null,
    amount   numeric(38, 0) not null,
    primary key (tenant, fact)
) with (fillfactor = 70);

-- The sum modulo 2^256 of the hashes of a tenant's facts, and the position of the last event that changed one.
create table read_model.parity_tenant (
    tenant   text primary key,
    digest   bytea not null,
    position bigint not null
) with (fillfactor = 50);
create index parity_tenant_position on read_model.parity_tenant (position);

create table read_model.parity_cut (
    position bigint primary key
);

-- The digest of each tenant that changed since the cut before.
create table read_model.parity_digest (
    position bigint not null,
    tenant   text not null,
    digest   bytea not null,
    primary key (position, tenant)
);
create index parity_digest_of_tenant on read_model.parity_digest (tenant, position);
