package vellum.core.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A small file of labelled lines, as every file of keys is written: readable by people, and whole
 * or refused. Format 1 of every kind:
 *
 * <pre>
 *   vellum month-key 1
 *   month: 2026-11.default
 *   ...
 *   crc32c: 1c291ca3          over all bytes before this line
 * </pre>
 *
 * Lines end with a line feed; labels have a fixed order; bytes are ASCII.
 */
final class KeyText {

  static final int FORMAT = 1;

  private static final int MAX_BYTES = 4096;
  private static final String CRC = "crc32c";
  private static final int END_BYTES = ("\n" + CRC + ": 01234567\n").length();
  private static final Pattern HEAD = Pattern.compile("vellum ([a-z-]+) ([0-9]{1,9})");

  private KeyText() {}

  /** The bytes of a file: a value for each label. */
  static byte[] write(String kind, List<String> labels, List<String> values) {
    StringBuilder text = new StringBuilder("vellum " + kind + " " + FORMAT + "\n");
    for (int i = 0; i < labels.size(); i++) {
      text.append(labels.get(i)).append(": ").append(values.get(i)).append('\n');
    }
    text.append(CRC).append(": ").append(crc(text.toString())).append('\n');
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The values of a file, in the order of the labels. */
  static List<String> read(Path file, String kind, List<String> labels) throws IOException {
    String text = text(file);
    List<String> lines = text.lines().toList();
    checkHead(file, kind, lines.isEmpty() ? "" : lines.get(0));
    if (lines.size() != labels.size() + 2) {
      throw garbled(file, "it has " + lines.size() + " lines");
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      String start = labels.get(i) + ": ";
      String line = lines.get(i + 1);
      if (!line.startsWith(start)) {
        throw garbled(file, "line " + (i + 2) + " must begin with '" + start + "'");
      }
      values.add(line.substring(start.length()));
    }
    if (!text.equals(new String(write(kind, labels, values), StandardCharsets.US_ASCII))) {
      throw garbled(file, "its check value does not match its text");
    }
    return values;
  }

  /** Whether a file says that it is of a kind, be it whole or not. */
  static boolean isKind(Path file, String kind) throws IOException {
    return text(file).startsWith("vellum " + kind + " ");
  }

  /** Cuts off what lies behind the last line of a text: the rest of a longer one under it. */
  static void cutBehindEnd(Path file) throws IOException {
    int end = text(file).indexOf("\n" + CRC);
    if (end < 0) {
      throw garbled(file, "it was cut short");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(end + END_BYTES);
    }
  }

  /** Whether a file has a line of a label. */
  static boolean has(Path file, String label) throws IOException {
    return text(file).contains("\n" + label + ": ");
  }

  /** What a file says it is of, whole or not; empty when it is none of ours. */
  static String kind(Path file) throws IOException {
    Matcher head = HEAD.matcher(text(file).lines().findFirst().orElse(""));
    return head.matches() ? head.group(1) : "";
  }

  /** Bytes of a value that must have a length; the message does not repeat the value. */
  static byte[] hex(Path file, String value, int bytes, String label) {
    if (!value.matches("[0-9a-f]{" + 2 * bytes + "}")) {
      throw garbled(file, label + " must have " + 2 * bytes + " hex digits");
    }
    return HexFormat.of().parseHex(value);
  }

  static CryptoException.KeyUnreadable garbled(Path file, String what) {
    return new CryptoException.KeyUnreadable(
        file + " is garbled: " + what + "; put back a copy from a backup of the keys");
  }

  private static void checkHead(Path file, String kind, String line) {
    Matcher head = HEAD.matcher(line);
    if (!head.matches() || !head.group(1).equals(kind)) {
      throw new CryptoException.KeyUnreadable(
          file
              + " is no "
              + kind
              + " file of vellum; move it out of here, or put back the right one");
    }
    int format = Integer.parseInt(head.group(2));
    if (format > FORMAT) {
      throw new CryptoException.KeyTooNew(
          file
              + " has format "
              + format
              + ", and this version reads up to "
              + FORMAT
              + ": run the version that wrote it, or a newer one");
    }
  }

  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      if (Files.notExists(file)) {
        throw new NoSuchFileException(file.toString());
      }
      throw new CryptoException.KeyUnreadable(file + " is no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw garbled(file, "it is longer than " + MAX_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.US_ASCII);
    }
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return String.format("%08x", crc.getValue());
  }
}
