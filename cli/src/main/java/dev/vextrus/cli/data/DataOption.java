package dev.vextrus.cli.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --data}, for every command that works on a data folder. */
public final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder with the data (default: VEXTRUS_DATA, or .vextrus/data beside the launcher).")
    private @Nullable Path path;

    /** The folder, made where there is none: for what begins books. */
    public DataFolder open() {
        return DataFolder.open(path == null ? standard() : path);
    }

    /** The folder, refused where it holds no books: for what can only look at them. */
    public DataFolder existing() {
        return DataFolder.existing(path == null ? standard() : path);
    }

    private static Path standard() {
        String named = System.getenv("VEXTRUS_DATA");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        return Path.of(System.getProperty("vextrus.home", "."), ".vextrus", "data");
    }
}
