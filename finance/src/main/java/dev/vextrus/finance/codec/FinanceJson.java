package dev.vextrus.finance.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.math.BigDecimal;
import java.time.Month;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The one JSON form of what the write side keeps: keys sorted, no white space, money as {@code "12.34 EUR"}, decimals as
 * text with their scale, ids as text. Equal values give equal bytes, so digests can be taken over it.
 */
public final class FinanceJson {
    private static final JsonMapper MAPPER = builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();
    private static final JsonMapper COMMANDS = builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private FinanceJson() {}

    /** Strict both ways: a missing or an unknown field is an error, for it means that another release wrote it. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * For commands: what is null is left out, so that a field added later, and not used, changes neither a command's bytes
     * nor the hash that its idempotency key is bound to.
     */
    public static JsonMapper commandMapper() {
        return COMMANDS;
    }

    private static JsonMapper.Builder builder() {
        SimpleModule module = new SimpleModule("vextrus-finance");
        text(module, Money.class, Money::toString, MoneyText::parse);
        text(module, CurrencyCode.class, CurrencyCode::code, CurrencyCode::of);
        text(module, AccountCode.class, AccountCode::value, AccountCode::of);
        text(module, CustomerId.class, CustomerId::value, CustomerId::of);
        text(module, JournalEntryId.class, JournalEntryId::toString, JournalEntryId::of);
        text(module, InvoiceId.class, InvoiceId::toString, InvoiceId::of);
        text(module, PaymentId.class, PaymentId::toString, PaymentId::of);
        text(module, BigDecimal.class, BigDecimal::toPlainString, BigDecimal::new);
        text(module, Month.class, Month::name, Month::valueOf);
        return JsonMapper.builder()
                .addModule(module)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new StdSerializer<T>(type) {
            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                out.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new FromStringDeserializer<T>(type) {
            @Override
            protected T _deserialize(String text, DeserializationContext context) {
                return read.apply(text);
            }
        });
    }
}
