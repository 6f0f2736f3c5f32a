-- The log. Only append() writes to it; nobody updates or deletes. Roles: DESIGN "Database roles".

CREATE TABLE events (
    position       bigint      PRIMARY KEY,
    version        bigint      NOT NULL CHECK (version > 0),
    number         bigint,
    recorded_at    timestamptz NOT NULL,
    id             uuid        NOT NULL,
    correlation_id uuid        NOT NULL,
    causation_id   uuid,
    schema_version integer     NOT NULL,
    tenant         text        NOT NULL,
    stream         text        NOT NULL,
    type           text        NOT NULL,
    actor          text        NOT NULL,
    release        text        NOT NULL,
    series         text,
    -- The bytes that were hashed, not jsonb, which would give back others.
    payload        bytea       NOT NULL,
    hash           bytea       NOT NULL,
    CHECK ((series IS NULL) = (number IS NULL))
);
CREATE UNIQUE INDEX events_by_stream ON events (tenant, stream, version);
CREATE INDEX events_by_tenant ON events (tenant, position);

CREATE TABLE commands (
    sequence       bigint      PRIMARY KEY,
    first_position bigint      NOT NULL,
    last_position  bigint      NOT NULL,
    decided_at     timestamptz NOT NULL,
    tenant         text        NOT NULL,
    principal      text        NOT NULL,
    key            text        NOT NULL,
    body_hash      text        NOT NULL,
    type           text        NOT NULL,
    release        text        NOT NULL,
    -- A line for each stream read: its version, a space, its name.
    reads          text        NOT NULL,
    body           bytea       NOT NULL,
    refusal        bytea
);
CREATE UNIQUE INDEX commands_by_key ON commands (tenant, principal, key);

-- The last link of each tenant's hash chain: a cut tail does not match it.
CREATE TABLE chains (
    tenant   text   PRIMARY KEY,
    position bigint NOT NULL,
    hash     bytea  NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE series (
    tenant text   NOT NULL,
    name   text   NOT NULL,
    last   bigint NOT NULL,
    PRIMARY KEY (tenant, name)
) WITH (fillfactor = 50);

-- A cache: may be emptied at any time.
CREATE TABLE snapshots (
    tenant       text   NOT NULL,
    stream       text   NOT NULL,
    fold_version text   NOT NULL,
    version      bigint NOT NULL,
    state        bytea  NOT NULL,
    PRIMARY KEY (tenant, stream, fold_version, version)
);
