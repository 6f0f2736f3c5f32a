package dev.vextrus.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes images, one after the other. */
public final class ImageBuild {
    /**
     * The cache is mapped where it was made for, as the command line does: moved elsewhere, every pointer in it is mended
     * at each start, and 40 MiB of it become each process's own memory.
     */
    private static final List<String> MAPPED_IN_PLACE =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

    private final ImageRequest request;
    private final Map<String, Training> trainings;
    private final Consumer<String> progress;

    /**
     * @param trainings by module, how a program is run to train its cache of classes; without one it starts slower
     * @param progress lines for a person who waits
     */
    public ImageBuild(ImageRequest request, Map<String, Training> trainings, Consumer<String> progress) {
        this.request = request;
        this.trainings = Map.copyOf(trainings);
        this.progress = progress;
    }

    /** @throws CannotBuild with what is wrong and what helps */
    public BuiltImage build(Product product) throws InterruptedException {
        progress.accept("image " + name(product));
        try {
            Files.createDirectories(request.work());
            Files.createDirectories(request.output());
            return switch (product) {
                case FINANCE -> program(product, JavaProgram.FINANCE, List.of());
                case PROXY -> program(product, JavaProgram.PROXY, List.of());
                case OPERATOR -> program(product, JavaProgram.OPERATOR, List.of());
                case FINANCE_DEMO -> program(product, JavaProgram.FINANCE, List.of(faultyJar()));
                case TILL_DEMO -> till();
                case TRIAL_POSTGRES -> write(product, TrialPostgres.image(request.work(), libraryless()), false);
            };
        } catch (IOException failed) {
            throw new CannotBuild(
                    "the image " + name(product) + " cannot be made: " + failed.getMessage(),
                    "check the disk's space and rights at " + request.work() + " and " + request.output(),
                    failed);
        }
    }

    private boolean libraryless() {
        return request.base().isPresent();
    }

    private BuiltImage till() throws IOException, InterruptedException {
        Stage stage = Stage.of(faultyJar(), request.work().resolve("stage-" + Product.TILL_DEMO.label()));
        return layered(Product.TILL_DEMO, JavaProgram.TILL, runtime(JavaProgram.TILL), stage, Optional.empty());
    }

    private BuiltImage program(Product product, JavaProgram program, List<Path> extra)
            throws IOException, InterruptedException {
        JavaRuntime runtime = runtime(program);
        Path app =
                request.repository().resolve(program.module()).resolve("target").resolve("app");
        Stage plain = Stage.of(app, List.of(), request.work().resolve("stage-" + program.module()));
        Optional<Path> cache = classCache(program, runtime, plain);
        Stage stage =
                extra.isEmpty() ? plain : Stage.of(app, extra, request.work().resolve("stage-" + product.label()));
        return layered(product, program, runtime, stage, cache);
    }

    private BuiltImage layered(
            Product product, JavaProgram program, JavaRuntime runtime, Stage stage, Optional<Path> cache)
            throws IOException, InterruptedException {
        List<Layer> layers = new ArrayList<>();
        if (!libraryless()) {
            layers.add(SystemLayer.make(
                    request.work().resolve("system"), SharedLibraries.neededBy(runtime.binaries(), runtime.home())));
        }
        layers.add(new Layer("runtime").folder(runtime.home(), JavaRuntime.IN_IMAGE));
        Layer libraries = new Layer("libraries");
        stage.libraries().forEach(jar -> libraries.file(jar, Stage.IN_IMAGE + "/" + jar.getFileName()));
        layers.add(libraries);
        Layer own = new Layer("app");
        stage.own().forEach(jar -> own.file(jar, Stage.IN_IMAGE + "/" + jar.getFileName()));
        own.file(arguments(program, stage, cache.isPresent()), Stage.IN_IMAGE + "/java.args");
        layers.add(own);
        Layer classes = new Layer("classes");
        cache.ifPresent(file -> classes.file(file, Stage.IN_IMAGE + "/classes.aot"));
        layers.add(classes);
        List<String> entrypoint = new ArrayList<>(
                List.of(JavaRuntime.IN_IMAGE + "/bin/java", "@" + Stage.IN_IMAGE + "/java.args", program.mainClass()));
        entrypoint.addAll(program.arguments());
        return write(
                product,
                new ImageContent(program.environment(), program.ports(), entrypoint, layers),
                cache.isPresent());
    }

    /** A linked runtime is kept: the next build only needs another when the JDK or the modules change. */
    private JavaRuntime runtime(JavaProgram program) throws IOException, InterruptedException {
        String hash = new Hash()
                .add(request.jdk().resolve("release"))
                .add(program.modules().toString())
                .name();
        Path home = request.work().resolve("runtime-" + hash);
        if (!Files.isDirectory(home)) {
            progress.accept("  linking a Java runtime of " + program.modules().size() + " modules");
            Path part = request.work().resolve("runtime.part");
            Stage.delete(part);
            JavaRuntime.link(request.jdk(), program.modules(), part);
            Fixed.stamp(part);
            Files.move(part, home);
        }
        return new JavaRuntime(home);
    }

    private Optional<Path> classCache(JavaProgram program, JavaRuntime runtime, Stage stage)
            throws IOException, InterruptedException {
        Training training = trainings.get(program.module());
        if (training == null) {
            return Optional.empty();
        }
        String prefix = "classes-" + program.module() + "-";
        String hash = stage.fingerprint()
                .add(runtime.home().getFileName().toString())
                .add(program.flags().toString())
                .name();
        Path cache = request.work().resolve(prefix + hash + ".aot");
        if (!Files.exists(cache)) {
            progress.accept("  training its cache of classes");
            forgetOthers(prefix);
            Path part = request.work().resolve("classes.part");
            List<String> command = new ArrayList<>();
            command.add(runtime.java().toString());
            command.add("-XX:AOTCacheOutput=" + part);
            command.addAll(program.flags());
            // As in a container: on a large machine a share of the memory would be another kind of heap.
            command.add("-Xmx512m");
            command.addAll(List.of("-cp", stage.classPath(stage.folder().toString()), program.mainClass()));
            Files.deleteIfExists(part);
            if (!training.run(command) || !Files.exists(part)) {
                progress.accept("  the image goes without its cache: it starts all the same, some three times slower");
                return Optional.empty();
            }
            Files.move(part, cache);
        }
        return Optional.of(cache);
    }

    private void forgetOthers(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(request.work())) {
            for (Path old : files.filter(file -> file.getFileName().toString().matches(prefix + "[0-9a-f]+\\.aot"))
                    .toList()) {
                Files.delete(old);
            }
        }
    }

    /** The JVM's arguments in a file, so that an entry point stays short and can be read. */
    private Path arguments(JavaProgram program, Stage stage, boolean trained) throws IOException {
        List<String> lines = new ArrayList<>(program.flags());
        if (trained) {
            lines.add("-XX:AOTCache=" + Stage.IN_IMAGE + "/classes.aot");
            lines.addAll(MAPPED_IN_PLACE);
        }
        lines.add("-cp");
        lines.add(stage.classPath(Stage.IN_IMAGE));
        return Files.write(stage.folder().resolve("java.args"), lines);
    }

    private BuiltImage write(Product product, ImageContent content, boolean trained)
            throws IOException, InterruptedException {
        String name = name(product);
        Map<String, String> environment = new TreeMap<>(content.environment());
        environment.put("VEXTRUS_RELEASE_VERSION", request.releaseVersion());
        Map<String, String> labels = new TreeMap<>(Map.of(
                "org.opencontainers.image.title", product.repository(),
                "org.opencontainers.image.description", product.description(),
                "org.opencontainers.image.version", request.releaseVersion(),
                "org.opencontainers.image.licenses", "Apache-2.0"));
        Path target = request.output().resolve(product.label() + "-" + request.releaseVersion() + ".tar");
        String digest = new Archive(name, labels, environment, content.ports(), content.entrypoint(), content.layers())
                .write(request.base(), request.work(), target);
        long unpacked = content.layers().stream().mapToLong(Layer::bytes).sum();
        return new BuiltImage(name, target, Files.size(target), unpacked, digest, trained);
    }

    private Path faultyJar() throws IOException {
        Path target = request.repository().resolve("demo-releases").resolve("target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> jars = Files.list(target)) {
                Optional<Path> jar = jars.filter(
                                file -> file.getFileName().toString().matches("vextrus-demo-releases-[0-9].*\\.jar"))
                        .findFirst();
                if (jar.isPresent()) {
                    return jar.get();
                }
            }
        }
        throw new CannotBuild(
                "the faulty releases are not built: no jar in " + target,
                "run './vextrus' without VEXTRUS_NO_BUILD, or 'mvn package -DskipTests'");
    }

    private String name(Product product) {
        return product.repository() + ":" + request.releaseVersion();
    }
}
