package dev.vextrus.finance.graphql;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.InputMapDefinesTooManyFieldsException;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Names the exact place of a variable's wrong value in an answer; does nothing where the variables were in order. */
final class NamedVariables extends SimplePerformantInstrumentation {

    @Override
    public CompletableFuture<ExecutionResult> instrumentExecutionResult(
            ExecutionResult result,
            InstrumentationExecutionParameters parameters,
            @Nullable InstrumentationState state) {
        if (result.getErrors().stream().noneMatch(NamedVariables::isOfVariables)) {
            return CompletableFuture.completedFuture(result);
        }
        Optional<WrongVariable> wrong = find(parameters.getExecutionInput(), parameters.getSchema());
        List<GraphQLError> errors = result.getErrors().stream()
                .map(error ->
                        isOfVariables(error) && wrong.isPresent() ? wrong.get().instead(error) : error)
                .toList();
        return CompletableFuture.completedFuture(result.transform(builder -> builder.errors(errors)));
    }

    /** Whether the engine complains about the value of a variable: what it is, that it is missing, what it has too many. */
    static boolean isOfVariables(GraphQLError error) {
        return error instanceof CoercingParseValueException
                || error instanceof NonNullableValueCoercedAsNullException
                || error instanceof InputMapDefinesTooManyFieldsException;
    }

    /** The query was read and found valid before its variables were, so it can be read again. */
    private static Optional<WrongVariable> find(ExecutionInput input, GraphQLSchema schema) {
        String named = input.getOperationName();
        return Parser.parse(input.getQuery()).getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(operation -> named == null || named.isEmpty() || named.equals(operation.getName()))
                .findFirst()
                .flatMap(operation -> WrongVariable.in(
                        schema,
                        operation.getVariableDefinitions(),
                        input.getRawVariables().toMap()));
    }
}
