package dev.vextrus.finance.graphql;

import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.command.CommandContext;
import dev.vextrus.finance.command.FinanceCommand;
import dev.vextrus.finance.command.Outcome.Accepted;
import dev.vextrus.finance.command.Outcome.Conflict;
import dev.vextrus.finance.command.Outcome.KeyReused;
import dev.vextrus.finance.command.Outcome.Refused;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Texts;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries every mutation from its input to the bus and the outcome back into the payload's union. */
public final class Mutations {
    private static final int LONGEST_KEY = 200;

    private final CommandBus bus;

    public Mutations(CommandBus bus) {
        this.bus = bus;
    }

    /**
     * Runs the mutation that {@code environment} is at; its success type is the field's name with {@code Success}.
     *
     * @param idOf the kind among {@link Accepted#ids} that its {@code id} shows
     * @param command made from the input; whatever it refuses is shown by its field
     */
    public Typed run(
            DataFetchingEnvironment environment, String idOf, Function<Input, ? extends FinanceCommand> command) {
        RequestScope scope = RequestScope.of(environment.getGraphQlContext());
        String field = environment.getField().getName();
        Map<String, Object> input = environment.getArgument("input");
        try {
            CommandContext context = new CommandContext(
                    scope.caller().tenant(),
                    scope.caller().actor(),
                    scope.caller().roles(),
                    keyOf(input == null ? null : input.get("idempotencyKey"), scope, environment),
                    scope.correlationId(),
                    null);
            FinanceCommand wanted = command.apply(Input.of(input == null ? Map.of() : input));
            return switch (bus.execute(context, wanted)) {
                case Accepted accepted -> success(field, idOf, accepted);
                case Refused refused -> scope.refused(field, RefusalView.of(refused.refusal()));
                case KeyReused _ -> scope.refused(field, RefusalView.keyReused());
                case Conflict conflict -> scope.refused(field, RefusalView.contended(conflict.stream()));
            };
        } catch (InputRefusal refusal) {
            return scope.refused(field, refusal.view());
        }
    }

    private static Success success(String field, String idOf, Accepted accepted) {
        return new Success(
                Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Success",
                accepted.ids().getOrDefault(idOf, ""),
                accepted.numbers().isEmpty()
                        ? null
                        : accepted.numbers().getFirst().toString(),
                accepted.position(),
                accepted.repeated());
    }

    /** The input's key, else the header's: it stands for one mutation only, so several in a request need their own. */
    private static String keyOf(@Nullable Object given, RequestScope scope, DataFetchingEnvironment environment) {
        String key = given == null ? scope.idempotencyKey() : given.toString();
        boolean several = environment
                        .getOperationDefinition()
                        .getSelectionSet()
                        .getSelections()
                        .size()
                > 1;
        if (key == null || key.isBlank() || (given == null && several)) {
            throw new RequestFailure(
                    ErrorCode.IDEMPOTENCY_KEY_MISSING,
                    several
                            ? "Each of several mutations in a request needs an idempotency key in its input."
                            : "The mutation has no idempotency key.");
        }
        if (key.length() > LONGEST_KEY) {
            throw new InputRefusal(
                    "INPUT_INVALID", "idempotencyKey", "idempotencyKey is longer than 200 characters", "use a UUID");
        }
        // What the log would not give back as it came would be a new key each time it is sent.
        Refusal unstorable = Texts.check("idempotencyKey", key, LONGEST_KEY);
        if (unstorable != null) {
            throw new InputRefusal(unstorable.code(), "idempotencyKey", unstorable.message(), "use a UUID");
        }
        return key;
    }
}
