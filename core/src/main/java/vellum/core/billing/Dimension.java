package vellum.core.billing;

import java.util.List;
import java.util.Locale;

/**
 * A column by which totals are grouped and filtered. Values are texts as people write them; the
 * empty text stands for what a record does not say. Names are columns of exports and parameters of
 * the API.
 */
public enum Dimension {
  /** The account that is charged. */
  ACCOUNT(ValueForm.text()),
  /** The supplier that charges; empty when the leg names none. */
  SUPPLIER(ValueForm.text()),
  /** Day of the communication in the party's billing zone, such as 2026-10-31. */
  DAY(ValueForm.day()),
  /** Calendar month of that day, such as 2026-10. */
  MONTH(ValueForm.month()),
  /** Name of the {@link vellum.v1.Channel}. */
  CHANNEL(ValueForm.enumeration(vellum.v1.Channel.values())),
  /** Name of the {@link vellum.v1.Direction}. */
  DIRECTION(ValueForm.enumeration(vellum.v1.Direction.values())),
  /** Name of the {@link vellum.v1.TrafficType}. */
  TRAFFIC_TYPE(ValueForm.enumeration(vellum.v1.TrafficType.values())),
  /** Country of the recipient, ISO 3166-1 alpha-2. */
  COUNTRY(ValueForm.code(2, "two letters of ISO 3166-1, such as DE")),
  /** The supplier's connection. */
  CONNECTION(ValueForm.text()),
  /** The supplier's route. */
  ROUTE(ValueForm.text()),
  /** Mobile network, 5 or 6 digits. */
  MCC_MNC(ValueForm.network()),
  /** Name of the {@link vellum.v1.StatusGroup}: of the delivery, or of the leg. */
  STATUS_GROUP(ValueForm.enumeration(vellum.v1.StatusGroup.values())),
  /** Of the amounts, ISO 4217; empty for what has no price. */
  CURRENCY(ValueForm.code(3, "three letters of ISO 4217, such as EUR"));

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

  private final ValueForm form;

  Dimension(ValueForm form) {
    this.form = form;
  }

  /** The dimensions of a cube, in the order in which they are shown. */
  public static List<Dimension> of(Cube cube) {
    return cube == Cube.SALE ? SALE : COST;
  }

  /** The dimension of those who are billed or settled with: account or supplier. */
  public static Dimension party(Cube cube) {
    return cube == Cube.SALE ? ACCOUNT : SUPPLIER;
  }

  /**
   * The dimension of a name, upper or lower case.
   *
   * @throws TotalsException.UnknownDimension when there is none
   * @throws TotalsException.OtherCube when only the other cube has it
   */
  public static Dimension parse(String name, Cube cube) {
    for (Dimension dimension : values()) {
      if (dimension.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return dimension.in(cube);
      }
    }
    throw new TotalsException.UnknownDimension(cube);
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

  /** The text of a value as it stands in a cell's key. */
  String text(byte[] bytes, int offset, int length) {
    return form.text(bytes, offset, length);
  }

  /**
   * The value as it stands in a cell's key.
   *
   * @throws TotalsException.BadValue when there can be no such value
   */
  byte[] bytes(String text) {
    byte[] bytes = form.bytes(text);
    if (bytes == null) {
      throw new TotalsException.BadValue(this, form.expected());
    }
    return bytes;
  }

  /** Its name, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
