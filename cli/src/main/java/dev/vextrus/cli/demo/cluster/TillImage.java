package dev.vextrus.cli.demo.cluster;

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
import java.util.Map;
import java.util.Optional;

/** The light service's image: built here, and handed to the cluster by the command that its owner knows. */
final class TillImage {
    private TillImage() {}

    /**
     * The image's name, once the cluster's nodes have it.
     *
     * @throws Failure if nobody says how they get it, or the command failed
     */
    static String handOver(Output output, TrialOptions options) throws InterruptedException {
        String named = options.image();
        if (named != null) {
            return named;
        }
        String command = options.loadImage();
        if (command == null) {
            throw Failure.usage(
                    "IMAGE_NOT_HANDED_OVER",
                    "the cluster's nodes need the image " + Product.TILL_DEMO.repository(),
                    "say how they get an archive, such as --load-image 'kind load image-archive {}'; or push what"
                            + " 'vextrus image till-demo' makes, and name it with --image");
        }
        BuiltImage built = built(output);
        load(output, command.replace("{}", built.archive().toString()));
        return built.name();
    }

    private static BuiltImage built(Output output) throws InterruptedException {
        Path work = JavaProgram.home().resolve(".vextrus");
        ImageRequest request = new ImageRequest(
                JavaProgram.home(),
                Path.of(System.getProperty("java.home")),
                work.resolve("image"),
                work.resolve("images"),
                ImageCommand.builtVersion(),
                Optional.empty());
        try {
            return new ImageBuild(request, Map.of(), output::progress).build(Product.TILL_DEMO);
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
