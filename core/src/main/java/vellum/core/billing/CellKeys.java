package vellum.core.billing;

import java.nio.charset.StandardCharsets;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * The parts that keys of cells are made of. Layouts in {@link SaleCell} and {@link CostCell}, which
 * begin alike: cube, party, day.
 */
public final class CellKeys {

  private static final int PARTY_OFFSET = 2;

  private CellKeys() {}

  /** The cube that the cell of a key belongs to. */
  public static Cube cube(byte[] key, int offset) {
    return switch (key[offset]) {
      case 1 -> Cube.SALE;
      case 2 -> Cube.COST;
      default -> throw new IllegalArgumentException("cell of an unknown cube: " + key[offset]);
    };
  }

  /** Where the account or supplier starts, in UTF-8. */
  public static int partyOffset(int keyOffset) {
    return keyOffset + PARTY_OFFSET;
  }

  public static int partyLength(byte[] key, int offset) {
    return key[offset + 1] & 0xFF;
  }

  public static String party(byte[] key, int offset) {
    return new String(key, partyOffset(offset), partyLength(key, offset), StandardCharsets.UTF_8);
  }

  /** Days since 1970-01-01, in the party's zone. */
  public static int day(byte[] key, int offset) {
    return Bytes.getInt(key, partyOffset(offset) + partyLength(key, offset)) ^ Integer.MIN_VALUE;
  }

  /** The bytes that keys of a party's cells begin with. */
  static Output prefix(Cube cube, byte[] party, int offset, int length) {
    Output prefix = new Output(PARTY_OFFSET + length + Long.BYTES);
    prefix.writeByte(cube.id());
    prefix.writeByte(length);
    prefix.write(party, offset, length);
    return prefix;
  }

  static void writeParty(Output out, Cube cube, String party) {
    out.writeByte(cube.id());
    writeText(out, party);
  }

  static void writeText(Output out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte(utf8.length);
    out.write(utf8, 0, utf8.length);
  }

  /** A day in four bytes that sort as days do. */
  static void writeDay(Output out, int day) {
    int sorting = day ^ Integer.MIN_VALUE;
    out.writeByte(sorting >>> 24);
    out.writeByte(sorting >>> 16);
    out.writeByte(sorting >>> 8);
    out.writeByte(sorting);
  }

  /** The same, in place. */
  static void putDay(byte[] key, int at, int day) {
    Bytes.putInt(key, at, day ^ Integer.MIN_VALUE);
  }

  static void writeCode(Output out, String code, int width) {
    for (int i = 0; i < width; i++) {
      out.writeByte(i < code.length() ? code.charAt(i) : 0);
    }
  }

  static void requireCube(Wire wire, Cube cube) {
    int id = wire.readByte();
    if (id != cube.id()) {
      throw new IllegalArgumentException("cell of the cube " + id + ", expected " + cube.id());
    }
  }

  static String readText(Wire wire) {
    int length = wire.readByte();
    int from = wire.position();
    wire.skip(length);
    return new String(wire.bytes(), from, length, StandardCharsets.UTF_8);
  }

  static int readDay(Wire wire) {
    int sorting =
        wire.readByte() << 24 | wire.readByte() << 16 | wire.readByte() << 8 | wire.readByte();
    return sorting ^ Integer.MIN_VALUE;
  }

  static String readCode(Wire wire, int width) {
    int from = wire.position();
    wire.skip(width);
    int length = wire.bytes()[from] == 0 ? 0 : width;
    return new String(wire.bytes(), from, length, StandardCharsets.US_ASCII);
  }
}
