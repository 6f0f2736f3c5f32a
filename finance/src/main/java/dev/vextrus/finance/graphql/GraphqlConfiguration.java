package dev.vextrus.finance.graphql;

import dev.vextrus.finance.security.Denials;
import dev.vextrus.finance.settings.Profile;
import dev.vextrus.finance.settings.Settings;
import graphql.execution.instrumentation.Instrumentation;
import graphql.introspection.GoodFaithIntrospection;
import java.util.List;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.data.pagination.ConnectionFieldTypeVisitor;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.webmvc.GraphQlHttpHandler;
import tools.jackson.databind.json.JsonMapper;

/** Puts the edge together; Spring for GraphQL finds the slices by itself. */
@Configuration(proxyBeanMethods = false)
class GraphqlConfiguration {
    private static final int DEEPEST_QUERY = 12;
    private static final long DEAREST_QUERY = 20_000;

    @Bean
    RuntimeWiringConfigurer scalars() {
        return wiring -> wiring.scalar(Scalars.DECIMAL)
                .scalar(Scalars.DATE)
                .scalar(Scalars.MONTH)
                .scalar(Scalars.DATE_TIME)
                .scalar(Scalars.POSITION)
                .scalar(Scalars.CURRENCY_CODE);
    }

    @Bean
    GraphQlSourceBuilderCustomizer edge(Settings settings) {
        boolean introspection = settings.profile() == Profile.LOCAL;
        // The engine's own check refuses two types side by side, which people ask for; SchemaQuestions takes its place.
        GoodFaithIntrospection.enabledJvmWide(false);
        CheckedDocuments documents = new CheckedDocuments(new QueryLimits(DEEPEST_QUERY, DEAREST_QUERY, introspection));
        return builder -> builder.configureGraphQl(graphql -> graphql.preparsedDocumentProvider(documents))
                .typeVisitors(List.of(ConnectionFieldTypeVisitor.create(List.of(new PageAdapter()))))
                .defaultTypeResolver(environment -> environment.getObject() instanceof Typed typed
                        ? environment.getSchema().getObjectType(typed.typeName())
                        : null);
    }

    @Bean
    Instrumentation namedVariables() {
        return new NamedVariables();
    }

    @Bean
    DataFetcherExceptionResolver failures() {
        return new Failures();
    }

    @Bean
    WebGraphQlInterceptor edgeInterceptor(Denials denials) {
        return new EdgeInterceptor(Admission.of(Runtime.getRuntime().availableProcessors()), denials);
    }

    @Bean
    GraphQlHttpHandler graphQlHttpHandler(WebGraphQlHandler handler, JsonMapper json) {
        return new OutageAwareHandler(handler, json);
    }
}
