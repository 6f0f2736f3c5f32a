package dev.vextrus.demoreleases;

import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.invoice.InvoiceCommand;
import dev.vextrus.finance.projection.Projection;
import java.util.Optional;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Found by Spring Boot when the jar lies on the class path; does nothing unless a fault is chosen. */
@AutoConfiguration
public class FaultyReleaseConfiguration {
    private static final String VERSION = "VEXTRUS_RELEASE_VERSION";

    /** Behind the service's own outermost filters, so the fault passes through them like one of its own. */
    @Bean
    FilterRegistrationBean<FaultyAnswers> faultyAnswers() {
        FilterRegistrationBean<FaultyAnswers> registration = new FilterRegistrationBean<>(new FaultyAnswers(chosen()));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    /** Wraps the parts that a fault lies in. */
    @Bean
    static BeanPostProcessor faultyParts() {
        Optional<Fault> fault = chosen();
        if (fault.equals(Optional.of(Fault.CRASH))) {
            throw new IllegalStateException("this release cannot start: it was made to crash");
        }
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return fault.map(chosen -> faulty(chosen, bean)).orElse(bean);
            }
        };
    }

    private static Object faulty(Fault fault, Object bean) {
        return switch (fault) {
            case CORRUPT ->
                bean instanceof Projection sound && sound.name().equals(CorruptBalances.PROJECTION)
                        ? new CorruptBalances(sound, System.getenv().getOrDefault(VERSION, ""))
                        : bean;
            case MISCALCULATE ->
                bean instanceof Decider<?> decider && decider.commands().equals(InvoiceCommand.class)
                        ? new MiscalculatedTax(ofInvoices(decider))
                        : bean;
            case INCOMPATIBLE -> bean instanceof EventCodec sound ? new IncompatibleEvents(sound) : bean;
            case ERRORS, SLOW, CRASH, CRASH_LATER -> bean;
        };
    }

    @SuppressWarnings("unchecked") // commands() says which commands it decides
    private static Decider<InvoiceCommand> ofInvoices(Decider<?> decider) {
        return (Decider<InvoiceCommand>) decider;
    }

    private static Optional<Fault> chosen() {
        return Fault.in(System.getenv());
    }
}
