package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import vellum.core.crypto.KeyEncryption.Erasure;
import vellum.core.record.MonthId;

/**
 * The file of one month's key, {@code 2026-11.default.key}. The wrapped secret is bound to its
 * month by the check value, eight bytes derived from secret and month, so that files swapped or
 * renamed are found. A line {@code erasure: HARDWARE} is there as long as no other key-encryption
 * key than those of tokens ever wrapped the secret.
 *
 * @param key random id of the key
 * @param kek id of the key-encryption key that wrapped the secret
 * @param wrapped secret, wrapped
 * @param created when the key was made
 * @param check {@link SubKeys#checkValue}
 * @param erasure what its destruction is worth
 */
record KeyFile(
    MonthId month,
    String key,
    String kek,
    byte[] wrapped,
    Instant created,
    byte[] check,
    Erasure erasure) {

  private static final String KIND = "month-key";
  private static final List<String> LABELS =
      List.of("month", "key", "kek", "wrapped", "created", "check");
  private static final HexFormat HEX = HexFormat.of();

  byte[] text() {
    return ErasureLine.write(
        KIND,
        LABELS,
        List.of(
            month.toString(),
            key,
            kek,
            HEX.formatHex(wrapped),
            created.toString(),
            HEX.formatHex(check)),
        erasure);
  }

  /** Reads the file that must be the one of a month. */
  static KeyFile read(Path file, MonthId month) throws IOException {
    Erasure erasure = ErasureLine.of(file);
    List<String> values = ErasureLine.read(file, KIND, LABELS, erasure);
    if (!values.get(0).equals(month.toString())) {
      throw KeyText.garbled(file, "it is the key of " + values.get(0));
    }
    try {
      return new KeyFile(
          month,
          values.get(1),
          values.get(2),
          HEX.parseHex(values.get(3)),
          Instant.parse(values.get(4)),
          HEX.parseHex(values.get(5)),
          erasure);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw KeyText.garbled(file, "a value has not the form of its label");
    }
  }

  KeyFile rewrapped(KeyEncryption next, byte[] nextWrapped) {
    return new KeyFile(
        month, key, next.id(), nextWrapped, created, check, erasure.and(next.erasure()));
  }
}
