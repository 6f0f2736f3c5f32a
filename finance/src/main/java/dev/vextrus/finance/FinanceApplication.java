package dev.vextrus.finance;

import dev.vextrus.finance.database.CannotStart;
import dev.vextrus.finance.database.Migration;
import dev.vextrus.finance.ops.AddressTaken;
import dev.vextrus.finance.ops.Health;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.settings.InvalidSettings;
import dev.vextrus.finance.settings.Profile;
import dev.vextrus.finance.settings.Settings;
import dev.vextrus.finance.settings.SettingsReader;
import dev.vextrus.finance.training.Training;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The finance service. Without argument it serves; with {@code migrate} it only brings the schema up to date and ends;
 * with {@code train} it exercises itself on an empty database and ends ({@link Training}).
 *
 * <p>Auto-configurations of jars on the class path are picked up, which is how a release under test adds its filters and
 * bean post-processors; those that would guess at our four data sources are left out.
 */
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            ErrorMvcAutoConfiguration.class,
            JdbcClientAutoConfiguration.class,
            JdbcTemplateAutoConfiguration.class,
            MultipartAutoConfiguration.class,
            PersistenceExceptionTranslationAutoConfiguration.class,
            TaskExecutionAutoConfiguration.class,
            TaskSchedulingAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            TransactionManagerCustomizationAutoConfiguration.class
        })
public class FinanceApplication {
    private static final Logger LOG = LoggerFactory.getLogger(FinanceApplication.class);
    private static final int WRONG_USAGE = 2;
    private static final int UNAVAILABLE = 3;

    public static void main(String... arguments) {
        try {
            Settings settings = SettingsReader.read(System.getenv(), buildVersion());
            switch (arguments.length == 0 ? "serve" : arguments[0]) {
                case "serve" -> start(settings);
                case "migrate" ->
                    Migration.migrate(
                            settings.database(),
                            ReadModelName.of(settings.release().readModel()));
                case "train" -> train(settings);
                default -> {
                    System.err.println("'" + arguments[0] + "': use serve (or nothing), migrate or train");
                    System.exit(WRONG_USAGE);
                }
            }
        } catch (InvalidSettings invalid) {
            invalid.problems().forEach(System.err::println);
            System.exit(WRONG_USAGE);
        } catch (RuntimeException failure) {
            Optional<String> remedy = remedyOf(failure);
            if (remedy.isEmpty()) {
                LOG.error("the service cannot start", failure);
            }
            System.err.println(remedy.orElse("the service cannot start; the log above says why"));
            System.exit(UNAVAILABLE);
        }
    }

    private static void train(Settings settings) {
        try (ConfigurableApplicationContext context = start(settings)) {
            Training.run(context, settings, Training.ROUNDS);
        }
    }

    /** Starts the service in this process; closing the context drains and stops it. */
    public static ConfigurableApplicationContext start(Settings settings) {
        prepare(settings);
        SpringApplication application = new SpringApplication(FinanceApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(springProperties(settings));
        application.addInitializers(context -> {
            if (context instanceof GenericApplicationContext generic) {
                generic.registerBean(Settings.class, () -> settings);
            }
        });
        ConfigurableApplicationContext context = application.run();
        // Only now does the public address listen.
        context.getBean(Health.class).started();
        LOG.info(
                "serving, {} ms after this process began",
                ManagementFactory.getRuntimeMXBean().getUptime());
        return context;
    }

    private static Map<String, Object> springProperties(Settings settings) {
        boolean local = settings.profile() == Profile.LOCAL;
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", settings.publicAddress().host());
        properties.put("server.port", settings.publicAddress().port());
        properties.put("server.shutdown", "graceful");
        properties.put("server.tomcat.max-http-form-post-size", "0");
        properties.put("server.tomcat.mbeanregistry.enabled", "false");
        properties.put("server.max-http-request-header-size", "16KB");
        // Time for requests under way, after the time that draining may take.
        properties.put(
                "spring.lifecycle.timeout-per-shutdown-phase",
                settings.drainLimit().plusSeconds(20).toMillis() + "ms");
        properties.put("spring.threads.virtual.enabled", "true");
        // In every jar: graphql-java's has a folder of that name too, and may come first on the class path.
        properties.put("spring.graphql.schema.locations", "classpath*:graphql/**/");
        properties.put("spring.graphql.schema.inspection.enabled", "false");
        properties.put("spring.web.resources.add-mappings", local);
        properties.put("spring.jmx.enabled", "false");
        return properties;
    }

    private static void prepare(Settings settings) {
        Migration.prepare(
                settings.database(), ReadModelName.of(settings.release().readModel()));
    }

    /** One line for a person, where a failure was foreseen. */
    private static Optional<String> remedyOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart || cause instanceof AddressTaken) {
                return Optional.ofNullable(cause.getMessage());
            }
            if (cause instanceof PortInUseException taken) {
                return Optional.of("VEXTRUS_HTTP_PORT: port " + taken.getPort()
                        + " is taken; stop what listens there or choose another");
            }
        }
        return Optional.empty();
    }

    private static String buildVersion() {
        return Optional.ofNullable(FinanceApplication.class.getPackage().getImplementationVersion())
                .orElse("0.0.0-development");
    }
}
