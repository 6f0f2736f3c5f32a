package dev.vextrus.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What an image from nothing needs of an operating system: names for its user, and shared libraries. */
final class SystemLayer {
    private static final Map<String, String> FILES = Map.of(
            "passwd", "root:x:0:0:root:/:/sbin/nologin\nvextrus:x:1000:1000:vextrus:/tmp:/sbin/nologin\n",
            "group", "root:x:0:\nvextrus:x:1000:\n",
            "nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n",
            "os-release",
                    "NAME=Vextrus\nID=vextrus\nPRETTY_NAME=\"Vextrus image (libraries of the building machine)\"\n");

    private SystemLayer() {}

    /**
     * @param folder for the files that are written here
     * @param libraries by their path in the image
     */
    static Layer make(Path folder, Map<String, Path> libraries) throws IOException {
        Stage.delete(folder);
        Path etc = Files.createDirectories(folder.resolve("etc"));
        Path empty = Files.createDirectories(folder.resolve("empty"));
        for (var file : FILES.entrySet()) {
            Files.writeString(etc.resolve(file.getKey()), file.getValue());
        }
        Layer layer = new Layer("system").folder(etc, "/etc").sharedFolder(empty, "/tmp");
        libraries.forEach((there, here) -> layer.file(here, there));
        return layer;
    }
}
