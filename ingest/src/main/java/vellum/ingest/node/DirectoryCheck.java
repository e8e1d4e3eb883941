package vellum.ingest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Whether directories can be used as they must be. Stateless. */
final class DirectoryCheck {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(OWNER);

  private DirectoryCheck() {}

  /** Makes the data directory when it is absent; else it must be writable and its owner's only. */
  static void data(Path data, List<String> problems) throws IOException {
    Path path = data.toAbsolutePath();
    if (!Files.exists(path)) {
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(path, OWNER_ONLY);
    }
    owned(path, problems);
    boolean isUsable = Files.isWritable(path) && Files.isReadable(path) && Files.isExecutable(path);
    if (Files.isDirectory(path) && !isUsable) {
      problems.add(
          "the data directory " + path + " cannot be written: change its owner or choose another");
    }
  }

  /** Whether a data directory is a directory, and its owner's only. */
  static void owned(Path path, List<String> problems) throws IOException {
    if (!Files.isDirectory(path)) {
      problems.add(path + " is no directory: choose another with --data");
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!OWNER.containsAll(permissions)) {
      problems.add(
          "the data directory "
              + path
              + " is open to others than its owner ("
              + PosixFilePermissions.toString(permissions)
              + "): chmod 700 "
              + path);
    }
  }

  /** Native libraries are unpacked into the temporary directory, and mapped from there. */
  static void executable(Path directory, List<String> problems) {
    try {
      Path probe = Files.createTempFile(directory, "vellum", ".probe", OWNER_ONLY);
      try {
        if (!Files.isExecutable(probe)) {
          problems.add(
              "the temporary directory "
                  + directory
                  + " is mounted noexec, so that native libraries cannot load from it: set"
                  + " VELLUM_JAVA_OPTS=-Djava.io.tmpdir=DIR to one that is not");
        }
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      problems.add(
          "the temporary directory "
              + directory
              + " cannot be written ("
              + e
              + "): set VELLUM_JAVA_OPTS=-Djava.io.tmpdir=DIR to one that can");
    }
  }
}
