package dev.vextrus.finance.graphql;

import dev.vextrus.finance.http.Outcome;
import dev.vextrus.finance.http.RequestNotes;
import dev.vextrus.finance.security.Caller;
import dev.vextrus.finance.security.Denials;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.introspection.GoodFaithIntrospection;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;

/**
 * Hands the caller to the controllers as a value of the request, never as a thread's, and tells how the request went.
 */
final class EdgeInterceptor implements WebGraphQlInterceptor {
    private static final String QUOTE = " with value '";

    private final Admission admission;
    private final Denials denials;

    EdgeInterceptor(Admission admission, Denials denials) {
        this.admission = admission;
        this.denials = denials;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof Caller caller)) {
            throw new IllegalStateException("security: a request without a caller reached the API");
        }
        if (!(request.getAttributes().get(RequestNotes.ATTRIBUTE) instanceof RequestNotes notes)) {
            throw new IllegalStateException("filter: a request reached the API past the outcome filter");
        }
        RequestScope scope =
                new RequestScope(caller, notes, request.getHeaders().getFirst("Idempotency-Key"));
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(RequestScope.class, scope)).build());
        // Controllers answer on the thread that subscribes, so it is this request's own that waits.
        return Mono.using(
                admission::enter,
                place -> chain.next(request).map(response -> told(response, scope, addressOf(request))),
                Admission.Place::leave);
    }

    private WebGraphQlResponse told(WebGraphQlResponse response, RequestScope scope, String from) {
        List<GraphQLError> errors = response.getExecutionResult().getErrors().stream()
                .map(EdgeInterceptor::withCode)
                .toList();
        scope.denied()
                .forEach(denied -> denials.denied(
                        scope.caller(),
                        from,
                        denied.mutation(),
                        denied.refusal().code(),
                        denied.refusal().message(),
                        scope.correlationId()));
        Outcome outcome = scope.outcome();
        for (GraphQLError error : errors) {
            Outcome told = codeOf(error).outcome();
            outcome = told.compareTo(outcome) > 0 ? told : outcome;
        }
        WebGraphQlResponse answer = errors.isEmpty()
                ? response
                : response.transform(builder -> builder.errors(errors).build());
        answer.getResponseHeaders().set(Outcome.HEADER, outcome.label());
        return answer;
    }

    private static String addressOf(WebGraphQlRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null || remote.getAddress() == null
                ? "-"
                : remote.getAddress().getHostAddress();
    }

    static ErrorCode codeOf(GraphQLError error) {
        if (error.getErrorType() instanceof ErrorCode code) {
            return code;
        }
        if (error instanceof GoodFaithIntrospection.BadFaithIntrospectionError) {
            return ErrorCode.QUERY_TOO_COMPLEX;
        }
        boolean wrongValue = NamedVariables.isOfVariables(error)
                || (error instanceof ValidationError invalid
                        && invalid.getValidationErrorType() == ValidationErrorType.WrongType);
        return wrongValue ? ErrorCode.INPUT_INVALID : codeOf(error.getErrorType());
    }

    private static ErrorCode codeOf(ErrorClassification classification) {
        if (classification == ErrorType.InvalidSyntax) {
            return ErrorCode.QUERY_SYNTAX;
        }
        boolean callersMistake =
                classification == ErrorType.ValidationError || classification == ErrorType.OperationNotSupported;
        return callersMistake ? ErrorCode.QUERY_INVALID : ErrorCode.INTERNAL;
    }

    /** The engine quotes a wrong literal as its own syntax tree, which is no news to whoever wrote it. */
    static String readable(GraphQLError error) {
        String message = String.valueOf(error.getMessage());
        int from = message.indexOf(QUOTE);
        int brace = message.indexOf('{', Math.max(0, from));
        int to = message.lastIndexOf("}' ");
        boolean quotesTree = from >= 0 && brace < to && message.startsWith("Value", brace - "Value".length());
        return quotesTree ? message.substring(0, from) + message.substring(to + 2) : message;
    }

    /** Errors that the engine itself raised get one of our codes; its text only quotes the caller's own query. */
    private static GraphQLError withCode(GraphQLError error) {
        if (error.getErrorType() instanceof ErrorCode) {
            return error;
        }
        ErrorCode code = codeOf(error);
        GraphqlErrorBuilder<?> builder = GraphqlErrorBuilder.newError()
                .message("%s", code == ErrorCode.INTERNAL ? "Something went wrong on our side." : readable(error))
                .errorType(code)
                .extensions(Failures.extensions(code));
        if (error.getLocations() != null) {
            builder.locations(error.getLocations());
        }
        if (error.getPath() != null) {
            builder.path(error.getPath());
        }
        return builder.build();
    }
}
