package vellum.core.billing;

/** A cube of totals. Ids are on disk, never reused. */
public enum Cube {
  /** What accounts are charged: a cell for each combination in a {@link SaleCell}. */
  SALE(1),
  /** What suppliers charge, leg by leg: a cell for each combination in a {@link CostCell}. */
  COST(2);

  private final int id;

  Cube(int id) {
    this.id = id;
  }

  /** The cube of an id read from disk. */
  public static Cube ofId(int id) {
    return switch (id) {
      case 1 -> SALE;
      case 2 -> COST;
      default -> throw new IllegalArgumentException("no cube has the id " + id);
    };
  }

  /** First byte of the keys of its cells. */
  public int id() {
    return id;
  }
}
