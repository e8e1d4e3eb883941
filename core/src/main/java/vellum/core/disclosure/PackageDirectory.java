package vellum.core.disclosure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vellum.core.disk.Disk;

/** The directory of a package before anything more is written. Stateless. */
final class PackageDirectory {

  private static final Set<String> FIXED =
      Set.of(
          Manifest.FILE,
          Manifest.SIGNATURE_FILE,
          Manifest.STAMP_FILE,
          Manifest.SUMS_FILE,
          Manifest.README_FILE);

  private static final Pattern OWN =
      Pattern.compile("records-[0-9]{6}\\.(csv|ndjson|xml)\\.p7m(\\.making)?");

  private PackageDirectory() {}

  /** Makes it when absent, and removes what was begun after a state was taken. */
  static void prepare(Path directory, PackageState state, Disk disk) throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      disk.forceDirectory(Objects.requireNonNull(directory.toAbsolutePath().getParent()));
    }
    sweep(directory, state);
  }

  private static void sweep(Path directory, PackageState state) throws IOException {
    Set<String> finished = new HashSet<>();
    for (PackageFile file : state.files()) {
      Path path = directory.resolve(file.file());
      if (!Files.isRegularFile(path) || Files.size(path) != file.bytes()) {
        throw new PackageException.BadDirectory(file.file() + " is missing or of another size");
      }
      finished.add(file.file());
    }
    for (Attachment each : state.attachments()) {
      if (!Files.isRegularFile(directory.resolve(each.file()))) {
        throw new PackageException.BadDirectory(each.file() + " is missing");
      }
      finished.add(each.file());
    }
    List<Path> found;
    try (Stream<Path> list = Files.list(directory)) {
      found = list.filter(path -> !finished.contains(path.getFileName().toString())).toList();
    }
    for (Path path : found) {
      if (!isOwn(path.getFileName().toString())) {
        throw new PackageException.BadDirectory(
            directory + " holds what is no package; name another directory");
      }
      if (finished.isEmpty() && path.getFileName().toString().equals(Manifest.FILE)) {
        throw new PackageException.BadDirectory(directory + " holds a package already");
      }
    }
    for (Path path : found) {
      Files.delete(path);
    }
  }

  /** Whether a file is one that every package has, or may have. */
  static boolean isFixed(String name) {
    return FIXED.contains(name);
  }

  private static boolean isOwn(String name) {
    String whole = name.endsWith(".tmp") ? name.substring(0, name.length() - 4) : name;
    return FIXED.contains(whole) || Attachment.isFile(whole) || OWN.matcher(name).matches();
  }
}
