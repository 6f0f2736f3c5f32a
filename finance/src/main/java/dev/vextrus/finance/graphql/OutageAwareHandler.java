package dev.vextrus.finance.graphql;

import dev.vextrus.finance.http.ErrorAnswer;
import graphql.GraphQLError;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.webmvc.GraphQlHttpHandler;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers 503 with {@code Retry-After} where the database was out: proxies, balancers and clients then know what to do
 * without reading GraphQL.
 */
final class OutageAwareHandler extends GraphQlHttpHandler {

    OutageAwareHandler(WebGraphQlHandler handler) {
        super(handler);
    }

    @Override
    protected HttpStatus selectResponseStatus(WebGraphQlResponse response, MediaType type) {
        for (GraphQLError error : response.getExecutionResult().getErrors()) {
            if (error.getErrorType() == ErrorCode.UNAVAILABLE) {
                response.getResponseHeaders().set("Retry-After", ErrorAnswer.RETRY_AFTER_SECONDS);
                return HttpStatus.SERVICE_UNAVAILABLE;
            }
        }
        return super.selectResponseStatus(response, type);
    }
}
