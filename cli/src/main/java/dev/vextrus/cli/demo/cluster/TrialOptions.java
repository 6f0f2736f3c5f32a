package dev.vextrus.cli.demo.cluster;

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
            paramLabel = "IMAGE",
            description = "In a cluster: the light service's image where nodes have it or can pull it"
                    + " ('vextrus image till-demo' makes it).")
    private @Nullable String image;

    public Router router() {
        return router;
    }

    @Nullable
    String loadImage() {
        return loadImage;
    }

    @Nullable
    String image() {
        return image;
    }

    /** Whether anything of it was asked for. */
    public boolean given() {
        return router != Router.AUTO || loadImage != null || image != null;
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
