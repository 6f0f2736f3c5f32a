-- Who may do what. Row-level security is forced on every table; where no policy speaks for a role, it sees nothing.

REVOKE ALL ON FUNCTION append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append TO vextrus_appender;
GRANT USAGE ON SCHEMA eventlog TO vextrus_appender, vextrus_projector, vextrus_reader;
GRANT SELECT ON events, commands, chains, series, snapshots TO vextrus_appender, vextrus_projector;
GRANT SELECT ON events, commands, snapshots TO vextrus_reader;
GRANT INSERT, UPDATE ON snapshots TO vextrus_appender;

DO $$
DECLARE
    named text;
BEGIN
    FOREACH named IN ARRAY ARRAY['events', 'commands', 'chains', 'series', 'snapshots'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', named);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', named);
        -- append() runs as the owner.
        EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', named);
        EXECUTE format('CREATE POLICY service ON %I TO vextrus_appender, vextrus_projector'
                       ' USING (true) WITH CHECK (true)', named);
        -- Where the transaction names no tenant, this compares with null and shows nothing.
        EXECUTE format('CREATE POLICY tenant ON %I TO vextrus_reader'
                       ' USING (tenant = nullif(current_setting(''vextrus.tenant'', true), ''''))', named);
    END LOOP;
END
$$;

-- Even the owner does not change what was written, but by taking this away first.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
