package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Names and sizes of the files of directories. */
final class FileList {

  private FileList() {}

  /** All files under directories that are about to go, by their paths from a root. */
  static Evidence.Removed of(Path root, List<Path> directories) {
    List<RemovedFiles.RemovedFile> files = new ArrayList<>();
    for (Path directory : directories) {
      walk(
          directory,
          (file, bytes) ->
              files.add(new RemovedFiles.RemovedFile(root.relativize(file).toString(), bytes)));
    }
    RemovedFiles list = RemovedFiles.of(Instant.EPOCH, files);
    return new Evidence.Removed(null, list.count(), list.bytes(), list.digest(), list.listed());
  }

  /** Bytes of all files under a directory; 0 when it is not there. */
  static long bytes(Path directory) {
    LongAdder sum = new LongAdder();
    walk(directory, (file, bytes) -> sum.add(bytes));
    return sum.sum();
  }

  /** Receives a file and its size. */
  private interface Sink {
    void file(Path file, long bytes);
  }

  /** Looks at all files; what vanishes meanwhile, as compaction has it, is passed over. */
  private static void walk(Path directory, Sink sink) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                sink.file(file, attributes.size());
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              return passOver(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure)
                throws IOException {
              return failure == null ? FileVisitResult.CONTINUE : passOver(failure);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the files of " + directory + " cannot be listed", e);
    }
  }

  private static FileVisitResult passOver(IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
