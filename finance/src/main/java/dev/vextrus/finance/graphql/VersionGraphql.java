package dev.vextrus.finance.graphql;

import dev.vextrus.finance.settings.Settings;
import dev.vextrus.finance.settings.Settings.Release;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Tells which release answers. */
@Controller
class VersionGraphql {
    private final Settings settings;

    VersionGraphql(Settings settings) {
        this.settings = settings;
    }

    @QueryMapping
    Release version() {
        return settings.release();
    }
}
