package dev.vextrus.finance.graphql;

import dev.vextrus.finance.settings.Profile;
import dev.vextrus.finance.settings.Settings;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where the explorer is found in the local profile. All that the page loads lies in jars on our class path. */
@Component
class ExplorerPage implements WebMvcConfigurer {
    private final Settings settings;

    ExplorerPage(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        if (settings.profile() == Profile.LOCAL) {
            registry.addViewController("/graphiql").setViewName("forward:/graphiql/index.html");
            registry.addRedirectViewController("/", "/graphiql");
        }
    }
}
