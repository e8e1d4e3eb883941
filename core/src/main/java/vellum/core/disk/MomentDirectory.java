package vellum.core.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * A directory of a moment below the temporary one, for files out of which a native library is
 * loaded: of this user only and of a name that nobody knows before, so that nobody else puts a
 * library there, and gone once it is mapped, so that not even {@code kill -9} leaves one behind.
 * Not thread-safe.
 */
public final class MomentDirectory implements AutoCloseable {

  private final Path path;

  private MomentDirectory(Path path) {
    this.path = path;
  }

  /** Makes one. */
  public static MomentDirectory make() throws IOException {
    return new MomentDirectory(
        Files.createTempDirectory(
            "vellum-native-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
  }

  public Path path() {
    return path;
  }

  /** Removes it with its files; what a file system keeps as long as it is mapped stays. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      // The library is loaded: nothing hangs on it.
    }
  }
}
