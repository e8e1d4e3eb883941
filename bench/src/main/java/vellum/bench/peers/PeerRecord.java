package vellum.bench.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One message of the traffic, as each peer likes it: its Protobuf bytes, or columns. Messages are
 * whole records, so a second message of the same {@link #id} is a duplicate and nothing else.
 * Columns are read out of the bytes when the first is asked for. For one thread at a time.
 *
 * <pre>
 *   message length u32 | message | for each {@link PeerColumn}:
 *     ID: two i64 · TIME, SMALL, LONG: i64 · TEXT, IDENTITY: length u16, ASCII
 * </pre>
 */
final class PeerRecord {

  private static final List<PeerColumn> COLUMNS = List.of(PeerColumn.values());

  private final byte[] bytes;
  private long idHigh;
  private long idLow;
  private final Map<PeerColumn, Long> numbers = new EnumMap<>(PeerColumn.class);
  private final Map<PeerColumn, String> texts = new EnumMap<>(PeerColumn.class);
  private boolean decoded;

  /**
   * @param bytes as {@link PeerRecordWriter} made them; kept, not copied
   */
  PeerRecord(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The message's Protobuf bytes begin here in {@link #bytes}. */
  static int messageOffset() {
    return Integer.BYTES;
  }

  /** Bytes of the Protobuf message. */
  int messageLength() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  byte[] bytes() {
    return bytes;
  }

  /** A copy of the Protobuf message. */
  byte[] message() {
    byte[] message = new byte[messageLength()];
    System.arraycopy(bytes, messageOffset(), message, 0, message.length);
    return message;
  }

  /** The record id in its usual text form. */
  String id() {
    decode();
    return new UUID(idHigh, idLow).toString();
  }

  long idHigh() {
    decode();
    return idHigh;
  }

  long idLow() {
    decode();
    return idLow;
  }

  /** Value of a column of type TIME, SMALL or LONG. */
  long number(PeerColumn column) {
    decode();
    Long number = numbers.get(column);
    if (number == null) {
      throw new IllegalArgumentException(column + " is no number");
    }
    return number;
  }

  /** Value of a column of type TEXT or IDENTITY; empty when the record has none. */
  String text(PeerColumn column) {
    decode();
    String text = texts.get(column);
    if (text == null) {
      throw new IllegalArgumentException(column + " is no text");
    }
    return text;
  }

  /**
   * The numbers, addresses and chat ids by which the record must be found, each once: what sender
   * and recipient hold, alphanumeric names of businesses left out.
   */
  List<String> subjects() {
    List<String> subjects = new ArrayList<>(2);
    for (PeerColumn column : List.of(PeerColumn.SENDER, PeerColumn.RECIPIENT)) {
      String value = text(column);
      if (isSubject(value) && !subjects.contains(value)) {
        subjects.add(value);
      }
    }
    return subjects;
  }

  private static boolean isSubject(String value) {
    return value.startsWith("+")
        || value.indexOf('@') > 0
        || !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void decode() {
    if (decoded) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    in.position(messageOffset() + in.getInt());
    for (PeerColumn column : COLUMNS) {
      switch (column.type()) {
        case ID -> {
          idHigh = in.getLong();
          idLow = in.getLong();
        }
        case TIME, SMALL, LONG -> numbers.put(column, in.getLong());
        case TEXT, IDENTITY -> {
          int length = Short.toUnsignedInt(in.getShort());
          texts.put(column, new String(bytes, in.position(), length, StandardCharsets.ISO_8859_1));
          in.position(in.position() + length);
        }
      }
    }
    decoded = true;
  }
}
