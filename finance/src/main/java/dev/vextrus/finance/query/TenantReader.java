package dev.vextrus.finance.query;

import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.kernel.TenantId;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens transactions of the reader role for one tenant. The tenant is set for the transaction only, so a pooled
 * connection carries it to nobody else; row-level security shows nothing where it is not set.
 */
public final class TenantReader {
    private final JdbcClient jdbc;
    private final ReadModelName name;
    private final TransactionTemplate transaction;
    private volatile long readNanos = System.nanoTime();

    /** @param reader connections of the role that row-level security holds to one tenant */
    public TenantReader(DataSource reader, ReadModelName name) {
        this.jdbc = JdbcClient.create(reader);
        this.name = name;
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(reader));
        this.transaction.setReadOnly(true);
    }

    /** Whether anything was read here within the last {@code time}, or it was made just then. */
    public boolean readWithin(Duration time) {
        return System.nanoTime() - readNanos < time.toNanos();
    }

    /** Makes statements within the transaction. */
    @FunctionalInterface
    public interface Statements {
        /** A statement for a schema called {@code read_model}; {@code :tenant} is bound. */
        JdbcClient.StatementSpec sql(String sql);
    }

    /** @throws org.springframework.dao.DataAccessException if the database cannot be reached or fails */
    public <T> T read(TenantId tenant, Function<Statements, T> work) {
        readNanos = System.nanoTime();
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("select set_config('vextrus.tenant', ?, true)")
                    .param(tenant.value())
                    .query()
                    .singleRow();
            return work.apply(sql -> jdbc.sql(name.qualify(sql)).param("tenant", tenant.value()));
        }));
    }
}
