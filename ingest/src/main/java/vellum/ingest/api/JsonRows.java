package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.linecorp.armeria.common.HttpData;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import vellum.core.billing.Money;
import vellum.core.billing.Sum;
import vellum.core.record.Output;

/**
 * A JSON object with long arrays of like rows, written as bytes as they come: a tree of a hundred
 * thousand rows takes longer to make and to collect than everything else about it. Names and texts
 * are encoded once. For one thread, once.
 *
 * <pre>
 *   {head..., "rows":[{...},{...}], "totals":[{...}]}
 * </pre>
 */
final class JsonRows {

  private static final int ROW_BYTES = 256;
  private static final int MOST_BYTES = 1 << 26;
  private static final int MOST_DIGITS = 20;
  private static final int NANO_DIGITS = 9;
  private static final long NANOS = 1_000_000_000;
  private static final byte[] NANOS_NAME = {'_', 'n', 'a', 'n', 'o', 's'};

  private final Output out;
  private final Map<String, byte[]> encoded = new HashMap<>();
  private final byte[] digits = new byte[MOST_DIGITS];
  private boolean inArray;
  private boolean inRow;
  private boolean isFirst;

  /**
   * @param head fields before the arrays, at least one
   * @param rows how many there will be about
   */
  JsonRows(ObjectNode head, int rows) {
    byte[] bytes = Json.write(head);
    out = new Output((int) Math.min(MOST_BYTES, bytes.length + (rows + 4L) * ROW_BYTES));
    out.write(bytes, 0, bytes.length - 1);
  }

  /** Begins an array of rows, behind the one before. */
  void array(String name) {
    endArray();
    out.writeByte(',');
    write(encoded(name));
    out.writeByte(':');
    out.writeByte('[');
    inArray = true;
    isFirst = true;
  }

  private void endArray() {
    if (inArray) {
      out.writeByte(']');
    }
  }

  /** A text of the row, which begins with its first field. */
  void text(String name, String value) {
    name(name);
    write(encoded(value));
  }

  void number(String name, Sum value) {
    name(name);
    integer(value);
  }

  /** An amount as a text, and once more in nanos. */
  void money(String name, Sum nanos) {
    name(name);
    out.writeByte('"');
    if (nanos.isLong() && nanos.longValue() != Long.MIN_VALUE) {
      decimal(nanos.longValue());
    } else {
      ascii(Money.text(nanos.value()));
    }
    out.writeByte('"');
    name(name);
    // The name of the nanos is that of the amount with an ending, before its quote.
    int quote = out.size() - 2;
    out.truncate(quote);
    write(NANOS_NAME);
    out.writeByte('"');
    out.writeByte(':');
    out.writeByte('"');
    integer(nanos);
    out.writeByte('"');
  }

  void endRow() {
    out.writeByte('}');
    inRow = false;
    isFirst = false;
  }

  HttpData end() {
    endArray();
    out.writeByte('}');
    return HttpData.wrap(out.bytes(), 0, out.size());
  }

  private void name(String name) {
    if (inRow) {
      out.writeByte(',');
    } else {
      if (!isFirst) {
        out.writeByte(',');
      }
      out.writeByte('{');
      inRow = true;
    }
    write(encoded(name));
    out.writeByte(':');
  }

  /** With quotes and escapes. */
  private byte[] encoded(String text) {
    byte[] found = encoded.get(text);
    if (found == null) {
      found = Json.write(TextNode.valueOf(text));
      encoded.put(text, found);
    }
    return found;
  }

  private void write(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
  }

  private void ascii(String text) {
    write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void integer(Sum value) {
    long plain = value.longValue();
    if (value.isLong() && plain != Long.MIN_VALUE) {
      sign(plain);
      digits(Math.abs(plain), 1);
    } else {
      BigInteger large = value.value();
      ascii(large.toString());
    }
  }

  private void sign(long value) {
    if (value < 0) {
      out.writeByte('-');
    }
  }

  /** As {@link Money#text} has it. */
  private void decimal(long nanos) {
    sign(nanos);
    long amount = Math.abs(nanos);
    digits(amount / NANOS, 1);
    long fraction = amount % NANOS;
    if (fraction != 0) {
      out.writeByte('.');
      digits(fraction, NANO_DIGITS);
      int end = out.size();
      while (out.bytes()[end - 1] == '0') {
        end--;
      }
      out.truncate(end);
    }
  }

  /** At least so many digits, with zeros before. */
  private void digits(long value, int least) {
    int at = MOST_DIGITS;
    long left = value;
    while (left != 0 || MOST_DIGITS - at < least) {
      digits[--at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    out.write(digits, at, MOST_DIGITS - at);
  }
}
