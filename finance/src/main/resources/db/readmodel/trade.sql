create table read_model.invoice_read_model (
    tenant      text not null,
    id          uuid not null,
    number      bigint,
    status      text not null,
    customer    text collate "C" not null,
    date        date not null,
    due_date    date not null,
    reference   text not null,
    author      text not null,
    currency    text not null,
    net         bigint not null,
    tax         bigint not null,
    total       bigint not null,
    open        bigint not null,
    entry       uuid,
    voided_on   date,
    void_reason text not null,
    reversal    uuid,
    drafted_at  bigint not null,
    position    bigint not null,
    primary key (tenant, id)
) with (fillfactor = 70);
create index invoice_by_draft on read_model.invoice_read_model (tenant, drafted_at);
create index invoice_by_date on read_model.invoice_read_model (tenant, date, drafted_at);
create index invoice_by_customer on read_model.invoice_read_model (tenant, customer, drafted_at);

create table read_model.invoice_line (
    tenant           text not null,
    invoice          uuid not null,
    line             int not null,
    description      text not null,
    quantity         numeric not null,
    unit_price       numeric not null,
    discount_percent numeric not null,
    tax_code         text,
    tax_percent      numeric,
    tax_inclusive    boolean,
    tax_account      text,
    revenue_account  text not null,
    currency         text not null,
    net              bigint not null,
    tax              bigint not null,
    primary key (tenant, invoice, line)
);

create table read_model.payment_read_model (
    tenant      text not null,
    id          uuid not null,
    status      text not null,
    customer    text collate "C" not null,
    date        date not null,
    bank_account text not null,
    reference   text not null,
    currency    text not null,
    amount      bigint not null,
    unallocated bigint not null,
    entry       uuid not null,
    reversed_on date,
    reason      text not null,
    reversal    uuid,
    received_at bigint not null,
    position    bigint not null,
    primary key (tenant, id)
) with (fillfactor = 70);
create index payment_by_receipt on read_model.payment_read_model (tenant, received_at);
create index payment_by_customer on read_model.payment_read_model (tenant, customer, received_at);

create table read_model.payment_allocation (
    tenant    text not null,
    position  bigint not null,
    payment   uuid not null,
    invoice   uuid not null,
    currency  text not null,
    amount    bigint not null,
    withdrawn boolean not null,
    primary key (tenant, position)
);
create index payment_allocation_by_payment on read_model.payment_allocation (tenant, payment);
create index payment_allocation_by_invoice on read_model.payment_allocation (tenant, invoice);
