package dev.vextrus.eventstore.postgres;

import dev.vextrus.embeddedpostgres.Role;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A store whose every other commit ends in a lost connection. */
final class LossyCommits implements AutoCloseable {
    private final Loss loss;
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger losses = new AtomicInteger();
    private final PostgresEventStore store;

    /** When the connection is lost: with the work done, or undone. */
    enum Loss {
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    LossyCommits(TestDatabase database, Loss loss) {
        this.loss = loss;
        var sound = database.sources();
        DataSource lossy = proxy(DataSource.class, (method, arguments) -> {
            Object result = call(method, database.as(Role.APPENDER), arguments);
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
            if (method.getName().equals("commit") && loses()) {
                if (loss == Loss.AFTER_COMMIT) {
                    connection.commit();
                }
                connection.abort(Runnable::run);
                losses.incrementAndGet();
                throw new SQLException("the connection was lost, on purpose", "08006");
            }
            return call(method, connection, arguments);
        });
    }

    /** The first, and after a loss whatever comes next: a batch lost before its commit must get through when repeated. */
    private boolean loses() {
        return loss == Loss.AFTER_COMMIT || commits.getAndIncrement() == 0;
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
