package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import vellum.core.crypto.KeyEncryption.Erasure;
import vellum.core.record.MonthId;

/**
 * What is left of a month's key, {@code 2026-11.default.destroyed}: the reason why no other is made
 * for that month, ever.
 *
 * @param key id of the key, or {@code none} when the month never had one
 * @param erasure what its destruction is worth
 */
record Tombstone(MonthId month, String key, Instant destroyed, Erasure erasure) {

  static final String KIND = "key-tombstone";
  static final String NO_KEY = "none";

  private static final List<String> LABELS = List.of("month", "key", "destroyed");

  byte[] text() {
    return ErasureLine.write(
        KIND, LABELS, List.of(month.toString(), key, destroyed.toString()), erasure);
  }

  /** Reads the file that must be the one of a month. */
  static Tombstone read(Path file, MonthId month) throws IOException {
    Erasure erasure = ErasureLine.of(file);
    List<String> values = ErasureLine.read(file, KIND, LABELS, erasure);
    if (!values.get(0).equals(month.toString())) {
      throw KeyText.garbled(file, "it is the tombstone of " + values.get(0));
    }
    try {
      return new Tombstone(month, values.get(1), Instant.parse(values.get(2)), erasure);
    } catch (DateTimeException e) {
      throw KeyText.garbled(file, "a value has not the form of its label");
    }
  }
}
