package dev.vextrus.finance;

import dev.vextrus.finance.database.CannotStart;
import dev.vextrus.finance.settings.InvalidSettings;
import dev.vextrus.finance.settings.Profile;
import dev.vextrus.finance.settings.Settings;
import dev.vextrus.finance.settings.SettingsReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The finance service. Without argument it serves; with {@code migrate} it only brings the schema up to date and ends.
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
    private static final int WRONG_USAGE = 2;
    private static final int UNAVAILABLE = 3;

    public static void main(String... arguments) {
        try {
            Settings settings = SettingsReader.read(System.getenv(), buildVersion());
            if (arguments.length > 0 && arguments[0].equals("migrate")) {
                FinanceConfiguration.migrate(settings);
            } else {
                start(settings);
            }
        } catch (InvalidSettings invalid) {
            invalid.problems().forEach(System.err::println);
            System.exit(WRONG_USAGE);
        } catch (RuntimeException failure) {
            System.err.println(remedyOf(failure));
            System.exit(UNAVAILABLE);
        }
    }

    /** Starts the service in this process; closing the context drains and stops it. */
    public static ConfigurableApplicationContext start(Settings settings) {
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
        return application.run();
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
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "25s");
        properties.put("spring.threads.virtual.enabled", "true");
        properties.put("spring.graphql.schema.introspection.enabled", local);
        properties.put("spring.graphql.schema.inspection.enabled", "false");
        properties.put("spring.web.resources.add-mappings", local);
        properties.put("spring.jmx.enabled", "false");
        properties.put("spring.main.log-startup-info", "false");
        return properties;
    }

    /** One line for a person: an exception's own words are only shown where it was written for that. */
    private static String remedyOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart known) {
                return String.valueOf(known.getMessage());
            }
            if (cause instanceof java.io.UncheckedIOException
                    || cause instanceof org.springframework.boot.web.server.PortInUseException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return "the service cannot start: " + failure;
    }

    private static String buildVersion() {
        return Optional.ofNullable(FinanceApplication.class.getPackage().getImplementationVersion())
                .orElse("0.0.0-development");
    }
}
