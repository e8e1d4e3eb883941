package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vellum.core.crypto.KeyEncryption.Erasure;

/**
 * The last line of a file of a key or tombstone, {@code erasure: HARDWARE}: there only where it is
 * so, so that files without it are what they always were. Stateless.
 */
final class ErasureLine {

  private static final String LABEL = "erasure";

  private ErasureLine() {}

  /** What a file says, be it whole or not. */
  static Erasure of(Path file) throws IOException {
    return KeyText.has(file, LABEL) ? Erasure.HARDWARE : Erasure.LOGICAL;
  }

  static byte[] write(String kind, List<String> labels, List<String> values, Erasure erasure) {
    return erasure == Erasure.LOGICAL
        ? KeyText.write(kind, labels, values)
        : KeyText.write(kind, and(labels, LABEL), and(values, erasure.name()));
  }

  /** The values without this one. */
  static List<String> read(Path file, String kind, List<String> labels, Erasure erasure)
      throws IOException {
    if (erasure == Erasure.LOGICAL) {
      return KeyText.read(file, kind, labels);
    }
    List<String> values = KeyText.read(file, kind, and(labels, LABEL));
    if (!values.get(labels.size()).equals(erasure.name())) {
      throw KeyText.garbled(file, LABEL + " must be " + erasure);
    }
    return values;
  }

  private static List<String> and(List<String> list, String last) {
    List<String> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
