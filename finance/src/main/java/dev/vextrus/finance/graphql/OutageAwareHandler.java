package dev.vextrus.finance.graphql;

import dev.vextrus.finance.http.ErrorAnswer;
import graphql.GraphQLError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.webmvc.GraphQlHttpHandler;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers 503 with {@code Retry-After} where the database was out: proxies, balancers and clients then know what to do
 * without reading GraphQL; and takes a body that is the word null for the mistake that it is.
 */
final class OutageAwareHandler extends GraphQlHttpHandler {

    OutageAwareHandler(WebGraphQlHandler handler, JsonMapper json) {
        super(handler, new BodyConverter(json));
    }

    private static final class BodyConverter extends JacksonJsonHttpMessageConverter {
        BodyConverter(JsonMapper json) {
            super(json);
        }

        @Override
        protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
            @Nullable Object body = super.readInternal(type, message);
            if (body == null) {
                throw new HttpMessageNotReadableException("the body is null", message);
            }
            return body;
        }
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
