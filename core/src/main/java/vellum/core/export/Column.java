package vellum.core.export;

import java.util.List;

/**
 * A column of an export.
 *
 * @param name in every format, snake_case
 * @param type what its values are
 * @param meaning where its values come from, for people: {@code delivery.status}
 * @param members columns of its elements; of a {@link Type#LIST} only
 */
public record Column(String name, Type type, String meaning, List<Column> members) {

  /** What the values of a column are. Any may be absent. */
  public enum Type {
    /** UTF-8. */
    TEXT("text", "string"),
    /** 64-bit integer. */
    NUMBER("number", "int64"),
    /** Truth value. */
    FLAG("flag", "boolean"),
    /** Instant, UTC, microseconds. */
    TIME("time", "timestamp(us, UTC)"),
    /** Calendar day. */
    DAY("day", "date"),
    /** 16 bytes. */
    UUID("uuid", "uuid"),
    /** 128-bit integer: a sum of numbers. */
    TOTAL("total", "decimal(38, 0)"),
    /** 128-bit number of 10^-9 units: a sum of money. */
    AMOUNT("amount", "decimal(38, 9)"),
    /** Several rows of columns of their own; the last column, if there is one. */
    LIST("list", "list");

    private final String title;
    private final String parquet;

    Type(String title, String parquet) {
      this.title = title;
      this.parquet = parquet;
    }

    /** Name in manifests. */
    public String title() {
      return title;
    }

    /** Its type in Parquet. */
    public String parquet() {
      return parquet;
    }

    /** Whether its values stand as bytes in {@link Cells}. */
    boolean isBytes() {
      return this == TEXT || this == UUID || this == TOTAL || this == AMOUNT;
    }
  }

  public Column {
    members = List.copyOf(members);
    if (name.isEmpty() || (type == Type.LIST) == members.isEmpty()) {
      throw new IllegalArgumentException("column has no name, or no list and yet members: " + name);
    }
  }

  /** A column of single values. */
  public static Column of(String name, Type type, String meaning) {
    return new Column(name, type, meaning, List.of());
  }
}
