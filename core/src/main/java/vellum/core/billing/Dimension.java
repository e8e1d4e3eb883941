package vellum.core.billing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A column by which totals are grouped and filtered. Values are texts as people write them; the
 * empty text stands for what a record does not say. Names are columns of exports and parameters of
 * the API.
 */
public enum Dimension {
  /** The account that is charged. */
  ACCOUNT,
  /** The supplier that charges; empty when the leg names none. */
  SUPPLIER,
  /** Day of the communication in the party's billing zone, such as 2026-10-31. */
  DAY,
  /** Calendar month of that day, such as 2026-10. */
  MONTH,
  /** Name of the {@link vellum.v1.Channel}. */
  CHANNEL,
  /** Name of the {@link vellum.v1.Direction}. */
  DIRECTION,
  /** Name of the {@link vellum.v1.TrafficType}. */
  TRAFFIC_TYPE,
  /** Country of the recipient, ISO 3166-1 alpha-2. */
  COUNTRY,
  /** The supplier's connection. */
  CONNECTION,
  /** The supplier's route. */
  ROUTE,
  /** Mobile network, 5 or 6 digits. */
  MCC_MNC,
  /** Name of the {@link vellum.v1.StatusGroup}: of the delivery, or of the leg. */
  STATUS_GROUP,
  /** Of the amounts, ISO 4217; empty for what has no price. */
  CURRENCY;

  private static final List<Dimension> SALE =
      List.of(
          ACCOUNT,
          DAY,
          MONTH,
          CHANNEL,
          DIRECTION,
          TRAFFIC_TYPE,
          COUNTRY,
          MCC_MNC,
          STATUS_GROUP,
          CURRENCY);

  private static final List<Dimension> COST =
      List.of(SUPPLIER, DAY, MONTH, CONNECTION, ROUTE, MCC_MNC, CHANNEL, STATUS_GROUP, CURRENCY);

  /** The dimensions of a cube, in the order in which they are shown. */
  public static List<Dimension> of(Cube cube) {
    return cube == Cube.SALE ? SALE : COST;
  }

  /** The dimension of those who are billed or settled with: account or supplier. */
  public static Dimension party(Cube cube) {
    return cube == Cube.SALE ? ACCOUNT : SUPPLIER;
  }

  /** Whether {@link #parse} knows a name, of whichever cube. */
  public static boolean isName(String name) {
    return Arrays.stream(values()).anyMatch(each -> each.isCalled(name));
  }

  /**
   * The dimension of a name, upper or lower case.
   *
   * @throws TotalsException.UnknownDimension when there is none
   * @throws TotalsException.OtherCube when only the other cube has it
   */
  public static Dimension parse(String name, Cube cube) {
    for (Dimension dimension : values()) {
      if (dimension.isCalled(name)) {
        return dimension.in(cube);
      }
    }
    throw new TotalsException.UnknownDimension(cube);
  }

  private boolean isCalled(String name) {
    return toString().equals(name.toLowerCase(Locale.ROOT));
  }

  /**
   * This dimension.
   *
   * @throws TotalsException.OtherCube when the cube does not have it
   */
  public Dimension in(Cube cube) {
    if (!of(cube).contains(this)) {
      throw new TotalsException.OtherCube(this, cube);
    }
    return this;
  }

  private ValueForm form() {
    return switch (this) {
      case ACCOUNT, SUPPLIER, CONNECTION, ROUTE -> ValueForm.TEXT;
      case DAY -> ValueForm.DAY;
      case MONTH -> ValueForm.MONTH;
      case CHANNEL -> ValueForm.CHANNEL;
      case DIRECTION -> ValueForm.DIRECTION;
      case TRAFFIC_TYPE -> ValueForm.TRAFFIC_TYPE;
      case STATUS_GROUP -> ValueForm.STATUS_GROUP;
      case COUNTRY -> ValueForm.COUNTRY;
      case MCC_MNC -> ValueForm.NETWORK;
      case CURRENCY -> ValueForm.CURRENCY;
    };
  }

  /** The text of a value as it stands in a cell's key. */
  String text(byte[] bytes, int offset, int length) {
    return form().text(bytes, offset, length);
  }

  /**
   * The value as it stands in a cell's key.
   *
   * @throws TotalsException.BadValue when there can be no such value
   */
  byte[] bytes(String text) {
    byte[] bytes = form().bytes(text);
    if (bytes == null) {
      throw new TotalsException.BadValue(this, form().expected());
    }
    return bytes;
  }

  /** Its name, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
