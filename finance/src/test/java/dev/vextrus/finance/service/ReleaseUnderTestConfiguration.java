package dev.vextrus.finance.service;

import dev.vextrus.finance.command.CommandBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * What a jar on the class path can do to a release, as the demo's faulty releases do: it counts statements, and, told to by
 * the environment, lets a command be committed and then never answers.
 */
@AutoConfiguration
class ReleaseUnderTestConfiguration {
    /** Names a file to write once a command is committed; its answer is then held back for ever. */
    static final String HOLD = "VEXTRUS_TEST_HOLD_FILE";

    static final AtomicInteger READ_STATEMENTS = new AtomicInteger();

    @Bean
    static BeanPostProcessor underTest() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                String hold = System.getenv(HOLD);
                if (bean instanceof CommandBus bus && hold != null) {
                    return holdingBack(bus, Path.of(hold));
                }
                return name.equals("readerDataSource") ? counting((DataSource) bean) : bean;
            }
        };
    }

    private static CommandBus holdingBack(CommandBus bus, Path file) {
        return (context, command) -> {
            var outcome = bus.execute(context, command);
            if (!context.idempotencyKey().equals("held")) {
                return outcome;
            }
            try {
                Files.writeString(file, "committed");
                new CountDownLatch(1).await();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return outcome;
        };
    }

    private static DataSource counting(DataSource source) {
        return (DataSource) proxy(
                DataSource.class,
                source,
                (method, result) -> result instanceof Connection connection ? counting(connection) : result);
    }

    private static Object counting(Connection connection) {
        return proxy(Connection.class, connection, (method, result) -> result);
    }

    private interface Change {
        Object apply(String method, Object result);
    }

    private static Object proxy(Class<?> type, Object target, Change change) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type, AutoCloseable.class}, (self, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && String.valueOf(arguments[0]).contains("read_v")) {
                        READ_STATEMENTS.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return result == null ? null : change.apply(method.getName(), result);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                });
    }
}
