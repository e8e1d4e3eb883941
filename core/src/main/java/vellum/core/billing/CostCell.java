package vellum.core.billing;

import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * What legs have in common that are settled together with their supplier. What a leg does not say
 * is 0 or empty.
 *
 * <pre>
 *   u8     2, {@link Cube#COST}
 *   u8     length of the supplier, then the supplier (UTF-8)
 *   u32    day + 2^31, big-endian
 *   u8     length of the connection, then the connection (UTF-8)
 *   u8     length of the route, then the route (UTF-8)
 *   3      MCC and MNC as {@link Plmn}
 *   u8     channel
 *   u8     status group
 *   3      currency (ASCII), or zeros
 * </pre>
 *
 * @param supplier that charges; empty when the leg names none
 * @param day of the communication in the supplier's zone, days since 1970-01-01
 * @param mccMnc of the leg, 5 or 6 digits, or empty
 * @param channel number of the {@link vellum.v1.Channel}
 * @param statusGroup of the leg, number of the {@link vellum.v1.StatusGroup}
 * @param currency of the cost, ISO 4217, or empty
 */
public record CostCell(
    String supplier,
    int day,
    String connection,
    String route,
    String mccMnc,
    int channel,
    int statusGroup,
    String currency) {

  /** Reads the key of a cell. */
  public static CostCell decode(byte[] key, int offset, int length) {
    Wire wire = new Wire().over(key, offset, length);
    CellKeys.requireCube(wire, Cube.COST);
    return new CostCell(
        CellKeys.readText(wire),
        CellKeys.readDay(wire),
        CellKeys.readText(wire),
        CellKeys.readText(wire),
        Plmn.read(wire),
        wire.readByte(),
        wire.readByte(),
        CellKeys.readCode(wire, 3));
  }

  /** The key of the cell. */
  public byte[] encode() {
    Output out = new Output(192);
    CellKeys.writeParty(out, Cube.COST, supplier);
    CellKeys.writeDay(out, day);
    CellKeys.writeText(out, connection);
    CellKeys.writeText(out, route);
    Plmn.write(out, mccMnc);
    out.writeByte(channel);
    out.writeByte(statusGroup);
    CellKeys.writeCode(out, currency, 3);
    return java.util.Arrays.copyOf(out.bytes(), out.size());
  }
}
