package dev.vextrus.finance.bulk.http;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.bulk.BulkImport;
import dev.vextrus.finance.bulk.export.BookExport;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires bulk import and export. */
@Configuration(proxyBeanMethods = false)
class BulkConfiguration {

    @Bean
    BulkImport bulkImport(EventStore eventStore, EventCodec eventCodec, CommandBus commandBus) {
        return new BulkImport(eventStore, eventCodec, commandBus);
    }

    @Bean
    Spool spool(Settings settings) {
        return Spool.in(settings.uploads().folder());
    }

    @Bean
    BookExport bookExport(EventStore eventStore, EventCodec eventCodec) {
        return new BookExport(eventStore, eventCodec);
    }
}
