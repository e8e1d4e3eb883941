package vellum.bench.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import vellum.ingest.node.NodeConfig;
import vellum.ingest.node.NodeException;

/**
 * What options of a command may be, checked before it makes anything. What is out of bounds ends in
 * a {@link ParameterException}: a message with value and bound, and exit code 2. For one thread.
 */
public final class Bounds {

  /** Records that a run may ask for: no disk has room for more. */
  public static final long MOST_RECORDS = 100_000_000_000L;

  private static final double MIB = 1 << 20;

  /** What runs call their traffic, and the data of their servers. */
  private static final Pattern OF_A_RUN = Pattern.compile("traffic|data(-\\d+)?");

  private final CommandSpec command;

  /**
   * @param command whose options these are
   */
  public Bounds(CommandSpec command) {
    this.command = command;
  }

  /** A number of records: at least 1. */
  public Bounds records(long value) {
    return within("--records", value, 1, MOST_RECORDS);
  }

  /** A whole number with both bounds included. */
  public Bounds within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw refused(
          String.format(Locale.ROOT, "%s must be %,d to %,d: %,d", option, least, most, value));
    }
    return this;
  }

  /** A share, 0 to 1. */
  public Bounds share(String option, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw refused(option + " must be 0 to 1: " + value);
    }
    return this;
  }

  /** One of some words. */
  public Bounds oneOf(String option, String value, List<String> words) {
    if (!words.contains(value)) {
      throw refused(option + " must be one of " + String.join(", ", words) + ": " + value);
    }
    return this;
  }

  /**
   * A file that is written in the end, found out before the run.
   *
   * @param file null if there is to be none
   */
  public Bounds file(String option, @Nullable Path file) {
    if (file != null) {
      Path parent = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
      if (!Files.isDirectory(parent)) {
        throw refused(option + " " + file + ": there is no directory " + parent);
      }
      if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : parent)) {
        throw refused(option + " " + file + " cannot be written");
      }
    }
    return this;
  }

  /**
   * A directory that is there or can be made.
   *
   * @param directory null for a temporary one
   */
  public Bounds directory(String option, @Nullable Path directory) {
    if (directory != null) {
      Path there = there(directory);
      if (!Files.isDirectory(there) || !Files.isWritable(there)) {
        throw refused(option + " " + directory + ": cannot write in " + there);
      }
    }
    return this;
  }

  /**
   * A directory that results are written to in the end: made now, since a run takes an hour.
   *
   * @param directory null if there is to be none
   */
  public Bounds made(String option, @Nullable Path directory) {
    if (directory != null) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw refused(option + " " + directory + " cannot be made");
      }
      if (!Files.isWritable(directory)) {
        throw refused(option + " " + directory + " cannot be written in");
      }
    }
    return this;
  }

  /**
   * A directory in which no run has worked before: its data would be taken for this run's.
   *
   * @param directory null for a temporary one
   * @throws IOException when it cannot be listed
   */
  public Bounds unused(String option, @Nullable Path directory) throws IOException {
    if (directory != null && Files.isDirectory(directory)) {
      try (Stream<Path> entries = Files.list(directory)) {
        Optional<String> earlier =
            entries
                .map(entry -> String.valueOf(entry.getFileName()))
                .filter(name -> OF_A_RUN.matcher(name).matches())
                .min(Comparator.naturalOrder());
        if (earlier.isPresent()) {
          throw refused(
              String.format(
                  "%s %s has the %s of an earlier run: name another directory, or delete it",
                  option, directory, earlier.get()));
        }
      }
    }
    return this;
  }

  /** Settings of a server, {@code section.key=value}: names and values as a server checks them. */
  public Bounds settings(List<String> settings) {
    try {
      NodeConfig.load(null, Map.of(), new ArrayList<>(settings));
    } catch (NodeException.BadConfig e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    return this;
  }

  /**
   * Room on the disk for all records.
   *
   * @param directory null for a temporary one
   * @param bytesEach that a record takes at most while the program runs
   * @throws IOException when the disk does not tell
   */
  public Bounds room(@Nullable Path directory, long records, long bytesEach) throws IOException {
    Path there =
        there(directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory);
    double needed = (double) records * bytesEach;
    long free = Files.getFileStore(there).getUsableSpace();
    if (needed > free) {
      throw refused(
          String.format(
              Locale.ROOT,
              "%,d records need about %,.0f MiB of disk, and %s has %,.0f MiB left: ask for fewer"
                  + " --records or use another disk",
              records,
              needed / MIB,
              there,
              free / MIB));
    }
    return this;
  }

  private static Path there(Path directory) {
    Path there = directory.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = Objects.requireNonNull(there.getParent());
    }
    return there;
  }

  private ParameterException refused(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
