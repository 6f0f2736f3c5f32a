package dev.vextrus.eventstore.memory;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.StreamWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Refuses the texts that PostgreSQL refuses, so that a test against memory does not pass where the real store fails. */
final class UnstorableText {
    static final AppendResult REJECTED =
            new AppendResult.Rejected("a text contains the character U+0000, which the database cannot store");

    private UnstorableText() {}

    static boolean isIn(AppendRequest request) {
        List<String> texts = new ArrayList<>();
        texts.add(request.metadata().actor().id());
        for (StreamWrite write : request.writes()) {
            for (NewEvent event : write.events()) {
                texts.add(event.type());
                texts.add(Objects.requireNonNullElse(event.series(), ""));
            }
        }
        CommandRecord command = request.command();
        if (command != null) {
            texts.addAll(List.of(command.principal(), command.key(), command.bodyHash(), command.type()));
        }
        return texts.stream().anyMatch(text -> text.indexOf('\0') >= 0);
    }
}
