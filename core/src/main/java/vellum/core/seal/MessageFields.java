package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import vellum.core.record.Output;

/** Writes fields of a message in Protobuf's encoding. As thread-safe as its output. */
record MessageFields(Output out) {

  private static final long MICROS = 1_000_000;

  /** The tag of a text or message. */
  void tag(int number) {
    out.writeVarint((long) number << 3 | RowFormat.BYTES);
  }

  void number(int number, long value) {
    out.writeVarint((long) number << 3);
    out.writeVarint(value);
  }

  void text(int number, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bytes(number, bytes, 0, bytes.length);
  }

  void bytes(int number, byte[] bytes, int offset, int length) {
    tag(number);
    out.writeVarint(length);
    out.write(bytes, offset, length);
  }

  /** A {@link com.google.protobuf.Timestamp}. */
  void time(int number, long micros) {
    tag(number);
    int start = out.reserve(1);
    long seconds = Math.floorDiv(micros, MICROS);
    long nanos = Math.floorMod(micros, MICROS) * 1000;
    if (seconds != 0) {
      number(1, seconds);
    }
    if (nanos != 0) {
      number(2, nanos);
    }
    out.closeLength(start);
  }
}
