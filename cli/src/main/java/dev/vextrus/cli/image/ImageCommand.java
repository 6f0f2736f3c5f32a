package dev.vextrus.cli.image;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.JavaProgram;
import dev.vextrus.image.BuiltImage;
import dev.vextrus.image.CannotBuild;
import dev.vextrus.image.ImageBuild;
import dev.vextrus.image.ImageRequest;
import dev.vextrus.image.Product;
import dev.vextrus.image.Training;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Makes container images without a container daemon. */
@Command(
        name = "image",
        description = {
            "Make container images without a container daemon and without pulling anything.",
            "They are OCI archives that 'ctr images import', 'docker load', Podman, Skopeo and kind accept."
        },
        footer = {
            "",
            "Examples:",
            "  vextrus image                                     all that a cluster needs",
            "  vextrus image finance --release-version 1.4.0     one of them, as version 1.4.0",
            "  vextrus image finance --base eclipse-temurin:25-jre",
            "  ctr -n k8s.io images import .vextrus/images/finance-1.4.0.tar"
        })
public final class ImageCommand implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;

    private final Output output;

    @Parameters(
            arity = "0..*",
            paramLabel = "IMAGE",
            converter = ProductReader.class,
            completionCandidates = ProductLabels.class,
            description = "Which: ${COMPLETION-CANDIDATES} (default: all but finance-demo).")
    private List<Product> products = List.of();

    @Option(
            names = "--release-version",
            paramLabel = "V",
            description = "Tag, label and VEXTRUS_RELEASE_VERSION of the images (default: the build's version).")
    private @Nullable String releaseVersion;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where the archives go (default: .vextrus/images beside the launcher).")
    private @Nullable Path archives;

    @Option(
            names = "--base",
            paramLabel = "IMAGE",
            description = "Build upon this image, which brings the C library: a reference, or an archive that"
                    + " 'docker save' made (default: upon nothing, with the libraries of this machine).")
    private @Nullable String base;

    @Option(
            names = "--no-training",
            description = "Leave out the cache of classes: builds faster and to the same bytes, starts slower.")
    private boolean noTraining;

    public ImageCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        List<BuiltImage> built = new ArrayList<>();
        try {
            ImageBuild build = new ImageBuild(request(), trainings(), output::progress);
            for (Product product : products.isEmpty() ? Product.usual() : products) {
                built.add(build.build(product));
                tell(built.getLast());
            }
        } catch (CannotBuild cannot) {
            throw Failure.unavailable("IMAGE_NOT_BUILT", String.valueOf(cannot.getMessage()), cannot.remedy(), cannot);
        }
        if (output.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("images", built.stream().map(ImageCommand::fields).toList());
            fields.put("seconds", Duration.ofNanos(System.nanoTime() - began).toSeconds());
            output.result(fields);
        }
        return ExitCode.DONE;
    }

    private ImageRequest request() {
        Path home = JavaProgram.home();
        Path work = home.resolve(".vextrus");
        String version = releaseVersion == null ? builtVersion() : releaseVersion;
        if (!version.matches(ImageRequest.VERSION)) {
            throw Failure.usage(
                    "VERSION_MALFORMED",
                    "--release-version: '" + version + "' cannot be an image's tag",
                    "use letters, digits, dots, underscores and hyphens, such as 1.4.0");
        }
        return new ImageRequest(
                home,
                Path.of(System.getProperty("java.home")),
                work.resolve("image"),
                archives == null
                        ? work.resolve("images")
                        : archives.toAbsolutePath().normalize(),
                version,
                Optional.ofNullable(base));
    }

    /** The version of this build, as its images bear it. */
    public static String builtVersion() {
        return Optional.ofNullable(ImageCommand.class.getPackage().getImplementationVersion())
                .orElse("0.0.0-development");
    }

    private Map<String, Training> trainings() {
        return noTraining ? Map.of() : Map.of("finance", new FinanceTraining(output));
    }

    private void tell(BuiltImage image) {
        output.say("%s  %.0f MiB, %.0f MiB unpacked%s  %s"
                .formatted(
                        image.name(),
                        image.bytes() / MEBIBYTE,
                        image.unpackedBytes() / MEBIBYTE,
                        image.trained() ? ", trained" : "",
                        image.archive()));
    }

    private static Map<String, Object> fields(BuiltImage image) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", image.name());
        fields.put("archive", image.archive().toString());
        fields.put("bytes", image.bytes());
        fields.put("unpackedBytes", image.unpackedBytes());
        fields.put("digest", image.digest());
        fields.put("trained", image.trained());
        return fields;
    }

    /** Reads an image's label. */
    static final class ProductReader implements ITypeConverter<Product> {
        @Override
        public Product convert(String text) {
            return Product.labelled(text.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                            + String.join(", ", (Iterable<String>) () -> new ProductLabels().iterator())));
        }
    }

    /** The labels, for help and completion. */
    static final class ProductLabels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Product.values()).map(Product::label).iterator();
        }
    }
}
