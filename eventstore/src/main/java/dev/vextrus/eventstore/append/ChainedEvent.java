package dev.vextrus.eventstore.append;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;

/** An event as it will be stored, with its link of the tenant's hash chain. */
public record ChainedEvent(RecordedEvent event, Payload hash) {}
