package vellum.core.period;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vellum.core.disk.Disk;
import vellum.core.record.MonthId;

/**
 * Where periods lie in the data directory, by kind and stage:
 *
 * <pre>
 *   live/2026-11.default           a month with identities
 *   archive/2025.default/03        a month without, in its archive year
 *   archive/2025.default/03.making the same, being made
 *   usage/2026-11                  usage log of a month
 *   content/2026-12-05             content that goes on that day
 *   suspense/2026-11               what came in a month for a year that was gone
 *   holds/2026-11.hold-7r3kx9pw    identities under a hold
 * </pre>
 *
 * Thread-safe.
 *
 * @param data the data directory
 */
public record Directories(Path data, Disk disk) {

  static final String LIVE = "live";
  static final String ARCHIVE = "archive";
  static final String USAGE = "usage";
  static final String CONTENT = "content";
  static final String SUSPENSE = "suspense";
  static final String HOLDS = "holds";
  static final String MAKING = ".making";

  /** Of a period with identities; of usage and content the only one. */
  public Path live(MonthId month) {
    return switch (month.kind()) {
      case TRAFFIC -> data.resolve(LIVE).resolve(month.toString());
      case USAGE -> data.resolve(USAGE).resolve(month.month().toString());
      case SUSPENSE -> data.resolve(SUSPENSE).resolve(month.month().toString());
      case CONTENT -> data.resolve(CONTENT).resolve(month.contentDay().toString());
      case HOLD -> data.resolve(HOLDS).resolve(month.toString());
      case YEAR, CASE, TRAIL -> throw new IllegalArgumentException(month + " holds no records");
    };
  }

  /** Of a month of traffic without identities. */
  public Path archive(MonthId month) {
    return year(month).resolve("%02d".formatted(month.month().getMonthValue()));
  }

  /** Where a month's archive is made, beside {@link #archive}. */
  public Path making(MonthId month) {
    return year(month).resolve("%02d".formatted(month.month().getMonthValue()) + MAKING);
  }

  /** Of the archive year of a month. */
  public Path year(MonthId month) {
    if (month.kind() != MonthId.Kind.TRAFFIC) {
      throw new IllegalArgumentException("only months of traffic have an archive: " + month);
    }
    return data.resolve(ARCHIVE)
        .resolve("%04d.%s".formatted(month.month().getYear(), month.retentionClass()));
  }

  /** Of a period, as its owner has it. */
  public Path of(MonthId month, Stage.Owner owner) {
    return owner == Stage.Owner.ARCHIVE ? archive(month) : live(month);
  }

  /**
   * Makes a directory durably, with those above it: the journal is released on the strength of what
   * is in it. One that is there stays as it is.
   */
  void make(Path directory) {
    if (Files.isDirectory(directory)) {
      return;
    }
    try {
      Path parent = directory.toAbsolutePath().normalize().getParent();
      if (parent == null) {
        throw new IOException(directory + " has no parent");
      }
      make(parent);
      Files.createDirectory(directory);
      disk.forceDirectory(parent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
