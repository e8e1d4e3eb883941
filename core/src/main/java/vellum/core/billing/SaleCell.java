package vellum.core.billing;

import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * What records have in common that are counted together for their account. What a record does not
 * say is 0 or empty.
 *
 * <pre>
 *   u8     1, {@link Cube#SALE}
 *   u8     length of the account, then the account (UTF-8)
 *   u32    day + 2^31, big-endian
 *   u8     channel
 *   u8     direction
 *   u8     traffic type
 *   2      country of the recipient (ASCII), or zeros
 *   3      MCC and MNC as {@link Plmn}
 *   u8     status group
 *   3      currency (ASCII), or zeros
 * </pre>
 *
 * @param account that is charged
 * @param day of the communication in the account's billing zone, days since 1970-01-01
 * @param channel number of the {@link vellum.v1.Channel}
 * @param direction number of the {@link vellum.v1.Direction}
 * @param trafficType number of the {@link vellum.v1.TrafficType}
 * @param country of the recipient, ISO 3166-1 alpha-2, or empty
 * @param mccMnc 5 or 6 digits, or empty
 * @param statusGroup number of the {@link vellum.v1.StatusGroup}
 * @param currency of the sale, ISO 4217, or empty for what has no rating
 */
public record SaleCell(
    String account,
    int day,
    int channel,
    int direction,
    int trafficType,
    String country,
    String mccMnc,
    int statusGroup,
    String currency) {

  /** Reads the key of a cell. */
  public static SaleCell decode(byte[] key, int offset, int length) {
    Wire wire = new Wire().over(key, offset, length);
    CellKeys.requireCube(wire, Cube.SALE);
    return new SaleCell(
        CellKeys.readText(wire),
        CellKeys.readDay(wire),
        wire.readByte(),
        wire.readByte(),
        wire.readByte(),
        CellKeys.readCode(wire, 2),
        Plmn.read(wire),
        wire.readByte(),
        CellKeys.readCode(wire, 3));
  }

  /** The key of the cell. */
  public byte[] encode() {
    Output out = new Output(96);
    CellKeys.writeParty(out, Cube.SALE, account);
    CellKeys.writeDay(out, day);
    out.writeByte(channel);
    out.writeByte(direction);
    out.writeByte(trafficType);
    CellKeys.writeCode(out, country, 2);
    Plmn.write(out, mccMnc);
    out.writeByte(statusGroup);
    CellKeys.writeCode(out, currency, 3);
    return java.util.Arrays.copyOf(out.bytes(), out.size());
  }
}
