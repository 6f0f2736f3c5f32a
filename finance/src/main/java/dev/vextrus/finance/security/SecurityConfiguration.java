package dev.vextrus.finance.security;

import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.http.ErrorAnswer;
import dev.vextrus.finance.http.Outcome;
import dev.vextrus.finance.http.OutcomeFilter;
import dev.vextrus.finance.settings.Profile;
import dev.vextrus.finance.settings.Settings;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** Tokens for everything but health and, in the local profile, the explorer; no session, no cookie. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** An issuer's tokens may be meant for other services too: without a role of ours they read nothing either. */
    private static final String[] ANY_ROLE =
            Arrays.stream(Role.values()).map(Role::name).toArray(String[]::new);

    @Bean
    JwtDecoder tokenDecoder(Settings settings, Clock clock) {
        return TokenDecoder.of(settings.tokens(), clock);
    }

    @Bean
    Denials denials(MeterRegistry registry) {
        return new Denials(registry);
    }

    @Bean
    CorsConfigurationSource corsOrigins(Settings settings) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(settings.corsOrigins());
        cors.setAllowedMethods(List.of("GET", "POST"));
        cors.setAllowedHeaders(List.of(
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "X-Operation",
                OutcomeFilter.CORRELATION_HEADER,
                "X-Requested-With"));
        cors.setExposedHeaders(List.of(
                Outcome.HEADER,
                OutcomeFilter.RELEASE_HEADER,
                OutcomeFilter.CORRELATION_HEADER,
                "Retry-After",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset"));
        cors.setAllowCredentials(false);
        cors.setMaxAge(Duration.ofHours(1));
        return request -> cors;
    }

    private static @Nullable Caller callerOf(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof CallerToken token ? token.getPrincipal() : null;
    }

    @Bean
    SecurityFilterChain apiSecurity(
            HttpSecurity http,
            Settings settings,
            JwtDecoder tokenDecoder,
            CorsConfigurationSource corsOrigins,
            Denials denials) {
        boolean production = settings.profile() == Profile.PRODUCTION;
        RateLimits limits = new RateLimits(settings.rateLimits(), TimeMeter.SYSTEM_NANOTIME);
        TokenRefusal tokenRefusal = new TokenRefusal(limits, denials);
        http.csrf(AbstractHttpConfigurer::disable) // no cookie authenticates; ForgeryFilter covers what is left
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .cors(cors -> cors.configurationSource(corsOrigins))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/health", "/health/*").permitAll();
                    if (!production) {
                        requests.requestMatchers("/", "/graphiql", "/graphiql/**", "/webjars/**")
                                .permitAll();
                    }
                    requests.anyRequest().hasAnyRole(ANY_ROLE);
                })
                .oauth2ResourceServer(server -> server.jwt(
                                jwt -> jwt.decoder(tokenDecoder).jwtAuthenticationConverter(CallerToken::new))
                        .authenticationEntryPoint(tokenRefusal))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(tokenRefusal)
                        .accessDeniedHandler((request, response, denied) -> {
                            ErrorAnswer answer = ErrorAnswer.ofStatus(403);
                            String what = request.getMethod() + " " + request.getRequestURI();
                            denials.denied(
                                    callerOf(request),
                                    request.getRemoteAddr(),
                                    what,
                                    answer.code(),
                                    answer.message(),
                                    Denials.correlationOf(request));
                            answer.writeTo(response);
                        }));
        http.addFilterBefore(new RateLimitFilter(limits, denials), AuthorizationFilter.class);
        if (production) {
            http.addFilterBefore(new ForgeryFilter(denials), AuthorizationFilter.class);
        }
        return http.build();
    }
}
