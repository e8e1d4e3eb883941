package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A scan of every file for planted values, in plain, UTF-16 of both orders and BCD of both orders
 * of nibbles. Looks each eight bytes up in a table of the values' first ones.
 */
final class Canaries {

  /** Times that a scan begins anew because a file was compacted away under it. */
  private static final int MOST_PASSES = 50;

  private static final int HEAD = 6;

  /**
   * Bytes of the shortest value. In 300 MB of ciphertext six bytes of 900 values stand by chance
   * once in a thousand scans, seven once in 250,000.
   */
  private static final int SHORTEST = 7;

  private final Map<Long, List<byte[]>> byHead = new HashMap<>();

  /** Whether a value starts with two bytes: most places are done with by this. */
  private final boolean[] starts = new boolean[1 << 16];

  /** Adds a value; of a number its digits, packed, too. */
  Canaries add(String value) {
    put(value.getBytes(StandardCharsets.UTF_8));
    put(value.getBytes(StandardCharsets.UTF_16LE));
    put(value.getBytes(StandardCharsets.UTF_16BE));
    if (value.matches("\\d+")) {
      put(packed(value, false));
      put(packed(value, true));
    }
    return this;
  }

  private static byte[] packed(String digits, boolean swapped) {
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int first = digits.charAt(2 * i) - '0';
      int second = digits.charAt(2 * i + 1) - '0';
      bytes[i] = (byte) (swapped ? second << 4 | first : first << 4 | second);
    }
    return bytes;
  }

  /** Adds bytes as they are; at least seven. */
  void put(byte[] value) {
    if (value.length < SHORTEST) {
      throw new IllegalArgumentException(value.length + " bytes stand somewhere by chance");
    }
    starts[(value[0] & 0xFF) << 8 | value[1] & 0xFF] = true;
    byHead.computeIfAbsent(head(value, 0), any -> new ArrayList<>()).add(value);
  }

  private static long head(byte[] bytes, int from) {
    long head = 0;
    for (int i = from; i < from + HEAD; i++) {
      head = head << 8 | bytes[i] & 0xFF;
    }
    return head;
  }

  /** Files with hits, and what stands there; looks again when a file went while it looked. */
  Map<Path, List<String>> scan(Path directory) {
    for (int pass = 1; ; pass++) {
      try {
        return scanOnce(directory);
      } catch (NoSuchFileException compacted) {
        if (pass == MOST_PASSES) {
          throw new UncheckedIOException(compacted);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Map<Path, List<String>> scanOnce(Path directory) throws IOException {
    Map<Path, List<String>> hits = new HashMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<String> found = hits(Files.readAllBytes(file));
        if (!found.isEmpty()) {
          hits.put(directory.relativize(file), found);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return hits;
  }

  /** Places at which a value stands. */
  int count(byte[] bytes) {
    return hits(bytes).size();
  }

  /** Each place at which a value stands, and the value in hex. */
  private List<String> hits(byte[] bytes) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i + HEAD <= bytes.length; i++) {
      if (!starts[(bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF]) {
        continue;
      }
      List<byte[]> values = byHead.get(head(bytes, i));
      if (values != null) {
        for (byte[] value : values) {
          if (isAt(bytes, i, value)) {
            found.add(i + " of " + bytes.length + ": " + HexFormat.of().formatHex(value));
          }
        }
      }
    }
    return found;
  }

  private static boolean isAt(byte[] bytes, int at, byte[] value) {
    for (int i = 0; i < value.length; i++) {
      if (at + i >= bytes.length || bytes[at + i] != value[i]) {
        return false;
      }
    }
    return true;
  }
}
