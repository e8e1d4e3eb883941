package vellum.core.billing;

import java.nio.charset.StandardCharsets;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/** The parts that keys of cells are made of. Layouts in {@link SaleCell} and {@link CostCell}. */
final class CellKeys {

  private CellKeys() {}

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
