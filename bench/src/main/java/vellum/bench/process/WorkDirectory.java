package vellum.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.RealDisk;

/**
 * Where a run keeps traffic and data: a new directory that goes with the run, also when the JVM is
 * told to end, or one to keep. Thread-safe.
 */
public final class WorkDirectory implements AutoCloseable {

  private static final String PREFIX = "vellum-bench";
  private static final String LOG = ".log";
  private static final int ATTEMPTS = 100;
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path path;
  private final Stays stays;

  /** What is left of a directory. */
  private enum Stays {
    NOTHING,
    LOGS,
    ALL
  }

  private WorkDirectory(Path path, Stays stays) {
    this.path = path;
    this.stays = stays;
    if (stays != Stays.ALL) {
      Ending.deletes(this, this::deleteAtTheEnd);
    }
  }

  /** A new one among the temporary ones. */
  public static WorkDirectory temporary() throws IOException {
    return new WorkDirectory(Files.createTempDirectory(PREFIX), Stays.NOTHING);
  }

  /**
   * One to keep, or a temporary one.
   *
   * @param kept made if need be, and left as it is in the end; null for a temporary one
   */
  public static WorkDirectory of(@Nullable Path kept) throws IOException {
    return kept == null ? temporary() : new WorkDirectory(Files.createDirectories(kept), Stays.ALL);
  }

  /**
   * A new one of which only files called {@code .log} stay, and none if it is a temporary one.
   *
   * @param parent in which it is made; null for the temporary one
   */
  public static WorkDirectory in(@Nullable Path parent) throws IOException {
    return parent == null
        ? temporary()
        : new WorkDirectory(
            Files.createTempDirectory(Files.createDirectories(parent).toAbsolutePath(), PREFIX),
            Stays.LOGS);
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /** Bytes that can still be written. */
  public long freeBytes() throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  /** Deletes what is below a path in here, unless all is kept; for what a run needs no more. */
  public void drop(Path part) throws IOException {
    if (stays != Stays.ALL) {
      new RealDisk().deleteTree(part);
    }
  }

  private void delete() throws IOException {
    if (stays == Stays.NOTHING) {
      new RealDisk().deleteTree(path);
    } else if (stays == Stays.LOGS) {
      for (Path entry : entries()) {
        if (!entry.toString().endsWith(LOG)) {
          new RealDisk().deleteTree(entry);
        }
      }
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.toList();
    }
  }

  /** Threads of this JVM may still write in it: tries until they have nothing left to write to. */
  private void deleteAtTheEnd() {
    for (int attempt = 1; ; attempt++) {
      try {
        delete();
        return;
      } catch (IOException | UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException("files stay in " + path, e);
        }
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }

  @Override
  public void close() throws IOException {
    if (!Ending.hasBegun()) {
      delete();
      Ending.forget(this);
    }
  }
}
