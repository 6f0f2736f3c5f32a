package dev.vextrus.demoreleases;

import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Found by Spring Boot when the jar lies on the class path; does nothing unless a fault is chosen. */
@AutoConfiguration
public class FaultyReleaseConfiguration {
    private final Optional<Fault> fault = Fault.in(System.getenv());

    /** Behind the service's own outermost filters, so the fault passes through them like one of its own. */
    @Bean
    FilterRegistrationBean<FaultyAnswers> faultyAnswers() {
        if (fault.equals(Optional.of(Fault.CRASH))) {
            throw new IllegalStateException("this release cannot start: it was made to crash");
        }
        FilterRegistrationBean<FaultyAnswers> registration = new FilterRegistrationBean<>(new FaultyAnswers(fault));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }
}
