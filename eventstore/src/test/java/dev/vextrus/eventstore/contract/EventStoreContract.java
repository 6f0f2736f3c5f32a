package dev.vextrus.eventstore.contract;

/** All of it. Implement {@link #store()} with one empty store per test and {@link #release()} with what it writes. */
public interface EventStoreContract
        extends AppendContract, GuardContract, CommandContract, NumberContract, ReadContract, DeliveryContract {}
