package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.image.FinanceTraining;
import dev.vextrus.cli.image.ImageCommand;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.JavaProgram;
import dev.vextrus.image.BuiltImage;
import dev.vextrus.image.CannotBuild;
import dev.vextrus.image.ImageBuild;
import dev.vextrus.image.ImageRequest;
import dev.vextrus.image.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A trial's images: built here, and handed to the cluster by the command that its owner knows. */
final class TrialImages {
    private TrialImages() {}

    /**
     * The images' names, once the cluster's nodes have them.
     *
     * @throws Failure if nobody says how they get one, or the command failed
     */
    static Map<Product, String> handOver(Output output, TrialOptions options, List<Product> products)
            throws InterruptedException {
        Map<Product, String> names = new EnumMap<>(Product.class);
        names.putAll(options.images());
        List<Product> missing =
                products.stream().filter(product -> !names.containsKey(product)).toList();
        String command = options.loadImage();
        if (command == null && !missing.isEmpty()) {
            String labels = missing.stream().map(Product::label).collect(Collectors.joining(" "));
            throw Failure.usage(
                    "IMAGE_NOT_HANDED_OVER",
                    "the cluster's nodes need the images " + labels,
                    "say how they get an archive, such as --load-image 'kind load image-archive {}'; or push what"
                            + " 'vextrus image " + labels + "' makes, and name each with --image, as in --image "
                            + missing.getFirst().label() + "=registry.example/"
                            + missing.getFirst().label() + ":1");
        }
        for (Product product : missing) {
            BuiltImage built = built(output, product);
            load(output, String.valueOf(command).replace("{}", built.archive().toString()));
            names.put(product, built.name());
        }
        return names;
    }

    private static BuiltImage built(Output output, Product product) throws InterruptedException {
        Path work = JavaProgram.home().resolve(".vextrus");
        ImageRequest request = new ImageRequest(
                JavaProgram.home(),
                Path.of(System.getProperty("java.home")),
                work.resolve("image"),
                work.resolve("images"),
                ImageCommand.builtVersion(),
                Optional.empty());
        try {
            return new ImageBuild(request, Map.of("finance", new FinanceTraining(output)), output::progress)
                    .build(product);
        } catch (CannotBuild cannot) {
            throw Failure.unavailable("IMAGE_NOT_BUILT", String.valueOf(cannot.getMessage()), cannot.remedy(), cannot);
        }
    }

    private static void load(Output output, String command) throws InterruptedException {
        output.progress("handing it over: " + command);
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw Failure.unavailable(
                        "IMAGE_NOT_LOADED",
                        "--load-image: '" + command + "' ended with " + process.exitValue() + ": " + said.strip(),
                        "try the command by itself");
            }
        } catch (IOException failed) {
            throw Failure.unavailable(
                    "IMAGE_NOT_LOADED", "--load-image: " + failed.getMessage(), "try the command by itself", failed);
        }
    }
}
