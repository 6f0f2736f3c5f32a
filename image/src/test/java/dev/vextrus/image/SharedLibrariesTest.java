package dev.vextrus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedLibrariesTest {
    private static final Path PROGRAM = Path.of("/opt/java/lib/libinstrument.so");
    private static final String SAID = """
            \tlinux-vdso.so.1 (0x00007fee5e2c8000)
            \tlibjvm.so => not found
            \tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007fee5c920000)
            \t/lib64/ld-linux-x86-64.so.2 (0x00007fee5e2ca000)
            """;

    @Test
    void libraries_and_the_loader_are_found_and_what_the_kernel_brings_is_not_asked_for() {
        assertThat(SharedLibraries.paths(SAID, PROGRAM, Set.of("libjvm.so")))
                .containsExactly("/lib/x86_64-linux-gnu/libm.so.6", "/lib64/ld-linux-x86-64.so.2");
    }

    @Test
    void a_library_that_nobody_brings_is_named_with_the_remedy() {
        assertThatThrownBy(() -> SharedLibraries.paths(SAID, PROGRAM, Set.of()))
                .isInstanceOfSatisfying(CannotBuild.class, cannot -> {
                    assertThat(cannot).hasMessageContaining("libinstrument.so").hasMessageContaining("libjvm.so");
                    assertThat(cannot.remedy()).contains("--base");
                });
    }
}
