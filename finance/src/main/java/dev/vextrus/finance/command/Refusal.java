package dev.vextrus.finance.command;

import org.jspecify.annotations.Nullable;

/**
 * Why a command was not carried out.
 *
 * @param rule the rule that it breaks; its name is the stable code
 * @param message what is wrong, with the values concerned
 * @param field the part of the command that is wrong, such as {@code lines[1].account}, where it is one part
 * @param remedy what would make it right
 */
public record Refusal(Rule rule, String message, @Nullable String field, String remedy) {

    public String code() {
        return rule.name();
    }
}
