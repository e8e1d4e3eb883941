package vellum.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;

final class NativeLibraryTest {

  @TempDir private Path directory;

  /** Opens a store, and ends as {@code kill -9} ends it: without any hook. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws IOException {
      try (Stores stores = new Stores(new RealDisk(), 1 << 20, 1);
          Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        System.out.println(maps.filter(line -> line.contains("librocksdbjni")).count());
        System.out.println(stores.cachedBytes());
        System.out.flush();
        Runtime.getRuntime().halt(9);
      }
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenItsProcessIsKilled() throws Exception {
    // when
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> said =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    // then
    assertThat(child.waitFor()).as(said.toString()).isEqualTo(9);
    assertThat(Integer.parseInt(said.get(0))).as("it was loaded").isPositive();
    assertThat(directory).isEmptyDirectory();
  }
}
