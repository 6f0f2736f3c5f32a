package dev.vextrus.eventstore.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A store that loses its connection in a commit, or in a batch sent with foresight, which commits by itself. */
final class LossyCommits implements AutoCloseable {
    private final Loss loss;
    private final Fate fate;
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger losses = new AtomicInteger();
    private final PostgresEventStore store;

    /** When the connection is lost: with the work done, or undone. */
    enum Loss {
        BEFORE_COMMIT,
        AFTER_COMMIT,
        BEFORE_FORESEEN,
        AFTER_FORESEEN
    }

    /** What becomes of the process that loses it, told by what it throws. */
    interface Fate {
        SQLException meet(Connection lost) throws SQLException;
    }

    LossyCommits(TestDatabase database, Loss loss) {
        this(database.sources(), loss, connection -> {
            connection.abort(Runnable::run);
            return new SQLException("the connection was lost, on purpose", "08006");
        });
    }

    LossyCommits(PostgresEventStore.Sources sound, Loss loss, Fate fate) {
        this.loss = loss;
        this.fate = fate;
        DataSource lossy = proxy(DataSource.class, (method, arguments) -> {
            Object result = call(method, sound.appender(), arguments);
            return method.getName().equals("getConnection")
                    ? losing((Connection) Objects.requireNonNull(result))
                    : result;
        });
        this.store = new PostgresEventStore(
                new PostgresEventStore.Sources(lossy, sound.projector(), sound.reader()),
                "1.0.0",
                InstantSource.system());
    }

    PostgresEventStore store() {
        return store;
    }

    int losses() {
        return losses.get();
    }

    private Connection losing(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            boolean foreseen = method.getName().equals("prepareStatement") && isForeseen(arguments);
            if (foreseen && (loss == Loss.BEFORE_FORESEEN || loss == Loss.AFTER_FORESEEN)) {
                return losing((PreparedStatement) Objects.requireNonNull(call(method, connection, arguments)));
            }
            if (method.getName().equals("commit") && loses(Loss.BEFORE_COMMIT, Loss.AFTER_COMMIT)) {
                if (loss == Loss.AFTER_COMMIT) {
                    connection.commit();
                }
                throw lost(connection);
            }
            return call(method, connection, arguments);
        });
    }

    private static boolean isForeseen(@Nullable Object @Nullable [] arguments) {
        return arguments != null && String.valueOf(arguments[0]).contains("append_after");
    }

    private PreparedStatement losing(PreparedStatement statement) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().equals("executeQuery") && loses(Loss.BEFORE_FORESEEN, Loss.AFTER_FORESEEN)) {
                if (loss == Loss.AFTER_FORESEEN) {
                    call(method, statement, arguments);
                }
                throw lost(statement.getConnection());
            }
            return call(method, statement, arguments);
        });
    }

    private SQLException lost(Connection connection) throws SQLException {
        losses.incrementAndGet();
        return fate.meet(connection);
    }

    /** Before it is done, the first only: a batch lost then must get through when repeated. */
    private boolean loses(Loss before, Loss after) {
        return loss == after || (loss == before && commits.getAndIncrement() == 0);
    }

    private interface Handler {
        @Nullable
        Object handle(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (ignored, method, arguments) -> handler.handle(method, arguments)));
    }

    private static @Nullable Object call(Method method, Object target, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
