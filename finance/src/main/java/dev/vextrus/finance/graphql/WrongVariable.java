package dev.vextrus.finance.graphql;

import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.TypeFromAST;
import graphql.language.VariableDefinition;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in a request's variables the first value stands that its type does not take. The engine names the variable only;
 * among a hundred lines nobody finds an amount by that.
 *
 * @param path such as {@code input.lines[3].amount}
 * @param reason what the type says about the value, which is not quoted
 */
record WrongVariable(String path, String reason) {

    /** Empty where every value is of its type, as far as can be seen without the engine. */
    static Optional<WrongVariable> in(
            GraphQLSchema schema, List<VariableDefinition> definitions, Map<String, Object> values) {
        for (VariableDefinition definition : definitions) {
            String name = definition.getName();
            GraphQLType type = TypeFromAST.getTypeFromAST(schema, definition.getType());
            boolean takesDefault = !values.containsKey(name) && definition.getDefaultValue() != null;
            WrongVariable wrong = takesDefault ? null : find(name, type, values.get(name));
            if (wrong != null) {
                return Optional.of(wrong);
            }
        }
        return Optional.empty();
    }

    /** The error that the caller sees in place of the engine's, which it keeps the place in the query of. */
    GraphQLError instead(GraphQLError engines) {
        Map<String, Object> extensions = Failures.extensions(ErrorCode.INPUT_INVALID);
        extensions.put("field", path);
        return GraphQLError.newError()
                .message("%s", "Variable '" + path + "' has an invalid value: " + reason)
                .errorType(ErrorCode.INPUT_INVALID)
                .locations(engines.getLocations() == null ? List.of() : engines.getLocations())
                .extensions(extensions)
                .build();
    }

    private static @Nullable WrongVariable find(String path, @Nullable GraphQLType type, @Nullable Object value) {
        if (type instanceof GraphQLNonNull required) {
            return value == null
                    ? new WrongVariable(path, "it is missing")
                    : find(path, required.getWrappedType(), value);
        }
        if (value == null) {
            return null;
        }
        return switch (type) {
            case GraphQLList list -> inList(path, list.getWrappedType(), value);
            case GraphQLInputObjectType object -> inObject(path, object, value);
            case GraphQLEnumType choice -> inChoice(path, choice, value);
            case GraphQLScalarType scalar -> inScalar(path, scalar, value);
            case null, default -> null;
        };
    }

    /** One value where a list is asked for stands for a list of it. */
    private static @Nullable WrongVariable inList(String path, GraphQLType each, Object value) {
        if (!(value instanceof List<?> items)) {
            return find(path, each, value);
        }
        int index = 0;
        for (Object item : items) {
            WrongVariable wrong = find(path + "[" + index++ + "]", each, item);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable WrongVariable inObject(String path, GraphQLInputObjectType type, Object value) {
        if (!(value instanceof Map<?, ?> given)) {
            return new WrongVariable(path, "it must be an object of the type " + type.getName());
        }
        for (Object name : given.keySet()) {
            if (type.getFieldDefinition(String.valueOf(name)) == null) {
                return new WrongVariable(path + "." + name, type.getName() + " has no such field");
            }
        }
        for (GraphQLInputObjectField field : type.getFieldDefinitions()) {
            boolean takesDefault = !given.containsKey(field.getName()) && field.hasSetDefaultValue();
            WrongVariable wrong = takesDefault
                    ? null
                    : find(path + "." + field.getName(), field.getType(), given.get(field.getName()));
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable WrongVariable inChoice(String path, GraphQLEnumType type, Object value) {
        List<String> names =
                type.getValues().stream().map(choice -> choice.getName()).toList();
        return value instanceof String name && names.contains(name)
                ? null
                : new WrongVariable(path, type.getName() + " must be one of " + String.join(", ", names));
    }

    private static @Nullable WrongVariable inScalar(String path, GraphQLScalarType type, Object value) {
        try {
            type.getCoercing().parseValue(value, GraphQLContext.getDefault(), Locale.ROOT);
            return null;
        } catch (CoercingParseValueException refused) {
            return new WrongVariable(path, String.valueOf(refused.getMessage()));
        }
    }
}
