package vellum.core.period;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * A message in suspense: why, since when and from whom, and its row.
 *
 * <pre>
 *   u8      0; of a conflict that an earlier version kept: its code, and its row right behind it
 *   varint  code
 *   varint  when the journal took it, microseconds since the epoch, UTC
 *   u8      length, producer (UTF-8)
 *   u8      length, instance (UTF-8)
 *   varint  stream
 *   row, to the end: sealed in a live month, stripped in an archived one
 * </pre>
 *
 * @param code number of the {@link vellum.core.seal.SuspenseCode}
 * @param arrival its first one: recycling in vain changes the code only
 * @param row not to be changed
 */
public record SuspendedMessage(int code, Arrival arrival, byte[] row) {

  /**
   * When and from whom a message came.
   *
   * @param atMicros when the journal took it, microseconds since the epoch, UTC; 0 when not known
   * @param producer empty when not known
   */
  public record Arrival(long atMicros, String producer, String instance, int stream) {
    /** Of a conflict that an earlier version kept. */
    public static final Arrival UNKNOWN = new Arrival(0, "", "", 0);
  }

  /** The same with another row: stripped. */
  public SuspendedMessage withRow(byte[] other) {
    return new SuspendedMessage(code, arrival, other);
  }

  byte[] encode() {
    Output out = new Output(row.length + 64);
    out.writeByte(0);
    out.writeVarint(code);
    out.writeVarint(arrival.atMicros);
    write(out, arrival.producer);
    write(out, arrival.instance);
    out.writeVarint(arrival.stream);
    out.write(row, 0, row.length);
    return Arrays.copyOf(out.bytes(), out.size());
  }

  private static void write(Output out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte(bytes.length);
    out.write(bytes, 0, bytes.length);
  }

  static SuspendedMessage decode(byte[] value) {
    if (value[0] != 0) {
      return new SuspendedMessage(
          value[0] & 0xFF, Arrival.UNKNOWN, Arrays.copyOfRange(value, 1, value.length));
    }
    Wire wire = new Wire().over(value, 1, value.length - 1);
    int code = (int) wire.readVarint();
    long at = wire.readVarint();
    Arrival arrival = new Arrival(at, text(wire), text(wire), (int) wire.readVarint());
    return new SuspendedMessage(
        code, arrival, Arrays.copyOfRange(value, wire.position(), value.length));
  }

  private static String text(Wire wire) {
    int length = wire.readByte();
    int from = wire.position();
    wire.skip(length);
    return new String(wire.bytes(), from, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SuspendedMessage that
        && code == that.code
        && arrival.equals(that.arrival)
        && Arrays.equals(row, that.row);
  }

  @Override
  public int hashCode() {
    return 31 * arrival.hashCode() + Arrays.hashCode(row);
  }
}
