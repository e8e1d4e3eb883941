package vellum.core.billing;

import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * A mobile network's MCC and MNC in three bytes: five or six decimal digits, a nibble each, the
 * first one high; F in place of a sixth digit that is not there, FFFFFF for no network.
 */
public final class Plmn {

  /** Bytes of a network. */
  public static final int BYTES = 3;

  /** The 24 bits of no network. */
  static final int NONE = 0xFFFFFF;

  private Plmn() {}

  /** The 24 bits of 5 or 6 ASCII digits, or of none. */
  public static int of(byte[] digits, int offset, int length) {
    int packed = 0;
    for (int i = 0; i < 6; i++) {
      packed = packed << 4 | (i < length ? digits[offset + i] - '0' : 0xF);
    }
    return length == 0 ? NONE : packed;
  }

  static void write(Output out, String digits) {
    byte[] ascii = digits.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    write(out, of(ascii, 0, ascii.length));
  }

  /** Writes the 24 bits. */
  public static void write(Output out, int packed) {
    out.writeByte(packed >>> 16);
    out.writeByte(packed >>> 8);
    out.writeByte(packed);
  }

  static String read(Wire wire) {
    int packed = wire.readByte() << 16 | wire.readByte() << 8 | wire.readByte();
    StringBuilder digits = new StringBuilder(6);
    for (int shift = 20; shift >= 0 && (packed >>> shift & 0xF) < 10; shift -= 4) {
      digits.append((char) ('0' + (packed >>> shift & 0xF)));
    }
    return digits.toString();
  }
}
