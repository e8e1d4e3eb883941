package vellum.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import vellum.core.disk.Disk;

/**
 * The copies of checkpoints in a second place: who can write to both can change the trail unseen,
 * so it belongs on another machine, under another user. One small file each, named by the entries
 * that it covers: {@code 0000000000000000120.checkpoint}. Nothing there is overwritten or deleted.
 * A trail that is behind what lies there, or differs from it, is not copied: it was cut, restored
 * from an older copy, or goes another way. For one thread; {@link #trouble} is for any.
 */
public final class SecondPlace {

  private static final String END = ".checkpoint";
  private static final int MOST = 100;
  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Path directory;
  private final Disk disk;
  private final Checkpoints checkpoints;
  private final LongSupplier nanos;
  private final Consumer<String> listener;

  /** Entries that the newest copy covers; negative before anybody looked. */
  private long copied = -1;

  private long waitsSince;
  private volatile String trouble = "";

  /**
   * @param listener told why copies wait, and an empty text when they go on
   */
  public SecondPlace(
      Path directory,
      Disk disk,
      Checkpoints checkpoints,
      LongSupplier nanos,
      Consumer<String> listener) {
    this.directory = directory;
    this.disk = disk;
    this.checkpoints = checkpoints;
    this.nanos = nanos;
    this.listener = listener;
  }

  /** Copies what is missing; returns how many. After a failure it tries again in a minute. */
  public int doWork() {
    if (!trouble.isEmpty() && nanos.getAsLong() - waitsSince < RETRY_NANOS) {
      return 0;
    }
    if (copied == checkpoints.signed()) {
      return 0;
    }
    try {
      int done = copy();
      tell("");
      return done;
    } catch (IOException | AuditException e) {
      waitsSince = nanos.getAsLong();
      tell("checkpoints of the audit trail are not copied to " + directory + ": " + why(e));
      return 0;
    }
  }

  private int copy() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException("it is no directory, or not mounted");
    }
    if (copied < 0) {
      copied = newest();
    }
    List<Checkpoints.Signed> missing = checkpoints.page(copied + 1, checkpoints.signed(), MOST);
    for (Checkpoints.Signed one : missing) {
      disk.replace(file(one.size()), one.note().getBytes(UTF_8));
      copied = one.size();
    }
    return missing.size();
  }

  /** Entries of the newest copy, which must be what the trail signed; 0 when there is none. */
  private long newest() throws IOException {
    long newest = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : (Iterable<Path>) files::iterator) {
        newest = Math.max(newest, size(each));
      }
    }
    if (newest > checkpoints.signed()) {
      throw new AuditException.Unreadable(
          "it has a checkpoint over "
              + newest
              + " entries, and the trail's newest is over "
              + checkpoints.signed());
    }
    if (newest > 0 && !isSame(newest)) {
      throw new AuditException.Unreadable(
          "its checkpoint over " + newest + " entries is not what this trail signed");
    }
    return newest;
  }

  private boolean isSame(long size) throws IOException {
    TreeHead theirs = TreeHead.parse(Note.parse(Files.readString(file(size))).text());
    return checkpoints.page(size, size, 1).stream()
        .anyMatch(ours -> TreeHead.parse(Note.parse(ours.note()).text()).agrees(theirs));
  }

  private static long size(Path file) {
    String name = file.getFileName().toString();
    return name.matches("[0-9]{19}\\" + END) ? Long.parseLong(name.substring(0, 19)) : 0;
  }

  private Path file(long size) {
    return directory.resolve(String.format("%019d", size) + END);
  }

  private void tell(String now) {
    if (!now.equals(trouble)) {
      trouble = now;
      listener.accept(now);
    }
  }

  private static String why(Exception failure) {
    return failure instanceof AuditException || failure.getClass() == IOException.class
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }

  /** Why copies wait; empty when they do not. */
  public String trouble() {
    return trouble;
  }
}
