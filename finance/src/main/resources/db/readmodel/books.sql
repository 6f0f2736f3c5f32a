-- Amounts are minor units of the currency beside them; debits are positive, credits negative.
-- position: the place in the log of the event that a row stands for, or of the last one that changed it.

create table read_model.tenant_read_model (
    tenant               text primary key,
    name                 text not null,
    base_currency        text not null,
    fiscal_year_start    int not null,
    zone                 text not null,
    receivable           text,
    output_tax           text,
    retained_earnings    text,
    currency_trading     text,
    position             bigint not null
);

create table read_model.account_read_model (
    tenant   text not null,
    code     text collate "C" not null,
    name     text not null,
    type     text not null,
    parent   text,
    currency text,
    active   boolean not null,
    position bigint not null,
    primary key (tenant, code)
);

create table read_model.period_read_model (
    tenant   text not null,
    period   text collate "C" not null,
    status   text not null,
    reason   text not null,
    position bigint not null,
    primary key (tenant, period)
);

create table read_model.journal_entry_read_model (
    tenant      text not null,
    id          uuid not null,
    date        date not null,
    reference   text not null,
    memo        text not null,
    source_kind text not null,
    source_id   text not null,
    reversed_by uuid,
    metadata    json not null,
    actor       text not null,
    recorded_at timestamptz not null,
    position    bigint not null,
    primary key (tenant, id)
);
create index journal_entry_by_date on read_model.journal_entry_read_model (tenant, date, position);
create index journal_entry_by_position on read_model.journal_entry_read_model (tenant, position);

create table read_model.journal_line (
    tenant        text not null,
    entry         uuid not null,
    line          int not null,
    account       text collate "C" not null,
    date          date not null,
    position      bigint not null,
    currency      text not null,
    amount        bigint not null,
    base_currency text not null,
    base_amount   bigint not null,
    dimensions    json not null,
    primary key (tenant, entry, line)
);
create index journal_line_by_account on read_model.journal_line (tenant, account, date, position);
create index journal_line_by_position on read_model.journal_line (tenant, position);

-- What stands on an account now.
create table read_model.account_balance (
    tenant        text not null,
    account       text collate "C" not null,
    currency      text not null,
    base_currency text not null,
    debit         numeric(38, 0) not null,
    credit        numeric(38, 0) not null,
    base_debit    numeric(38, 0) not null,
    base_credit   numeric(38, 0) not null,
    primary key (tenant, account, currency)
) with (fillfactor = 50);

-- What one business date added to it: a balance as of any date is a sum over few rows.
create table read_model.account_balance_day (
    tenant        text not null,
    account       text collate "C" not null,
    currency      text not null,
    date          date not null,
    base_currency text not null,
    debit         numeric(38, 0) not null,
    credit        numeric(38, 0) not null,
    base_debit    numeric(38, 0) not null,
    base_credit   numeric(38, 0) not null,
    primary key (tenant, account, currency, date)
) with (fillfactor = 50);
