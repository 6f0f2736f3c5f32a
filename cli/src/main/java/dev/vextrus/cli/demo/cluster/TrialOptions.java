package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.image.Product;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a demonstration gets its image into the cluster, and its traffic to the pods. */
public final class TrialOptions {
    /** Who shares the requests out. */
    public enum Router {
        /** A Gateway where the cluster has one, else by replica ratio. */
        AUTO,
        GATEWAY,
        REPLICA_RATIO
    }

    @Option(
            names = "--router",
            paramLabel = "R",
            defaultValue = "auto",
            description = "In a cluster: gateway, replica-ratio, or auto: a Gateway where there is one"
                    + " (default: ${DEFAULT-VALUE}).",
            converter = RouterReader.class)
    private Router router = Router.AUTO;

    @Option(
            names = "--load-image",
            paramLabel = "COMMAND",
            description = "In a cluster: the command that hands an image's archive to its nodes, with {} for the file,"
                    + " such as 'kind load image-archive {}'.")
    private @Nullable String loadImage;

    @Option(
            names = "--image",
            paramLabel = "[PRODUCT=]IMAGE",
            description = "In a cluster: an image where nodes have it or can pull it, such as"
                    + " finance=registry.example/finance:1; without a product, the light service's"
                    + " ('vextrus image till-demo' makes it).")
    private List<String> images = List.of();

    public Router router() {
        return router;
    }

    @Nullable
    String loadImage() {
        return loadImage;
    }

    /**
     * Those that the nodes have already.
     *
     * @throws Failure if one is given for what is no product
     */
    Map<Product, String> images() {
        Map<Product, String> named = new EnumMap<>(Product.class);
        for (String given : images) {
            int equals = given.indexOf('=');
            String label = equals < 0 ? Product.TILL_DEMO.label() : given.substring(0, equals);
            Product product = Product.labelled(label)
                    .orElseThrow(() -> Failure.usage(
                            "IMAGE_UNKNOWN",
                            "--image " + given + ": '" + label + "' is no product",
                            "use one of "
                                    + Stream.of(Product.values())
                                            .map(Product::label)
                                            .collect(Collectors.joining(", "))));
            named.put(product, given.substring(equals + 1));
        }
        return named;
    }

    /** Whether anything of it was asked for. */
    public boolean given() {
        return router != Router.AUTO || loadImage != null || !images.isEmpty();
    }

    /** With a hyphen, as people write it. */
    static final class RouterReader implements picocli.CommandLine.ITypeConverter<Router> {
        @Override
        public Router convert(String text) {
            return switch (text) {
                case "auto" -> Router.AUTO;
                case "gateway" -> Router.GATEWAY;
                case "replica-ratio" -> Router.REPLICA_RATIO;
                default ->
                    throw new picocli.CommandLine.TypeConversionException(
                            "'" + text + "' is no router; use one of auto, gateway, replica-ratio");
            };
        }
    }
}
