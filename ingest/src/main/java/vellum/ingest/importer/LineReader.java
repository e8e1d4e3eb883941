package vellum.ingest.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 stream, each bounded: a longer line is skipped, not kept. A byte order mark
 * before the first line is dropped. For one thread.
 */
final class LineReader {

  /** Longest line, and longest CSV row, in bytes. */
  static final int MAX_LINE_BYTES = 64 * 1024;

  /** Bytes of a line that is too long which are kept as its beginning. */
  private static final int KEPT_BYTES = 200;

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private byte[] line = new byte[1024];
  private int lineBytes;
  private boolean tooLong;
  private int position;
  private int limit;
  private long number;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** A line: its number from 1, its text, and its fault, if any. */
  record Line(long number, String text, @Nullable BadRow fault) {}

  /** The next line without its end, or null after the last one. */
  @Nullable Line next() throws IOException {
    lineBytes = 0;
    tooLong = false;
    boolean ended = false;
    boolean any = false;
    while (!ended && fill()) {
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      append(position, end);
      ended = end < limit;
      position = ended ? end + 1 : end;
    }
    if (!any) {
      return null;
    }
    number++;
    return line();
  }

  private Line line() {
    int from = number == 1 && lineBytes >= 3 && hasByteOrderMark() ? 3 : 0;
    int to = lineBytes > from && line[lineBytes - 1] == '\r' ? lineBytes - 1 : lineBytes;
    if (tooLong) {
      String start = new String(line, from, KEPT_BYTES, StandardCharsets.UTF_8);
      return new Line(
          number,
          start,
          new BadRow(BadRowCode.ROW_TOO_LARGE, "", "longer than " + MAX_LINE_BYTES + " bytes"));
    }
    try {
      return new Line(
          number, decoder.decode(ByteBuffer.wrap(line, from, to - from)).toString(), null);
    } catch (CharacterCodingException e) {
      return new Line(
          number,
          new String(line, from, to - from, StandardCharsets.UTF_8),
          new BadRow(BadRowCode.BAD_TEXT, "", "not valid UTF-8"));
    }
  }

  private boolean hasByteOrderMark() {
    return line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
  }

  private void append(int from, int to) {
    int count = to - from;
    if (tooLong || lineBytes + count > MAX_LINE_BYTES) {
      int kept = Math.min(count, Math.max(0, KEPT_BYTES - lineBytes));
      grow(kept);
      System.arraycopy(buffer, from, line, lineBytes, kept);
      lineBytes += kept;
      tooLong = true;
      return;
    }
    grow(count);
    System.arraycopy(buffer, from, line, lineBytes, count);
    lineBytes += count;
  }

  private void grow(int count) {
    if (lineBytes + count > line.length) {
      line = Arrays.copyOf(line, Math.max(lineBytes + count, 2 * line.length));
    }
  }

  private boolean fill() throws IOException {
    if (position < limit) {
      return true;
    }
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }
}
