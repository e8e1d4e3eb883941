package vellum.core.export;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Privacy;
import vellum.v1.Rating;
import vellum.v1.Submission;

/**
 * What an export of records may hold: an allowlist. A field gets into it only when the schema calls
 * it {@link Privacy#ROUTING} or {@link Privacy#BILLING}, so that neither an identity nor free text
 * nor content can; and only when the archive keeps it too, so that a month has the same columns
 * before and after its strip. Immutable.
 */
final class RecordColumns {

  /** Columns of a leg that are not read from its fields. */
  static final int LEG_NUMBER = 0;

  static final int LEG_DAY = 1;

  /** Columns that are not read from fields of an aspect, in front of all others. */
  static final int BILLING_DAY = 0;

  static final int STARTED_AT = 1;
  static final int RECORD_ID = 2;
  static final int ACCOUNT = 3;
  static final int CHANNEL = 4;
  static final int COUNTRY_OF_LAW = 5;

  private static final List<Column> HEADER =
      List.of(
          Column.of(
              "billing_day", Column.Type.DAY, "day of started_at in the account's billing zone"),
          Column.of(
              "started_at", Column.Type.TIME, "started_at; of an archived record, its second"),
          Column.of("record_id", Column.Type.UUID, "record_id; absent once archived"),
          Column.of("account", Column.Type.TEXT, "account"),
          Column.of("channel", Column.Type.TEXT, "channel"),
          Column.of("country_of_law", Column.Type.TEXT, "country_of_law, when the message had it"));

  static final RecordColumns ALL = new RecordColumns();

  private final List<Column> columns = new ArrayList<>();
  private final Fields submission;
  private final Fields delivery;
  private final Fields rating;
  private final Fields leg;
  private final int legCount;
  private final byte[][] channels;

  private RecordColumns() {
    columns.addAll(HEADER);
    channels = names(field(DetailRecord.getDescriptor(), "channel"));
    submission =
        new Fields(columns, Submission.getDescriptor())
            .add("direction", "traffic_type", "producer", "sub_account")
            .addAs("country", "country_of_recipient")
            .add("country_of_sender", "mcc_mnc", "ported_mcc_mnc", "number_range", "received_at");
    delivery =
        new Fields(columns, Delivery.getDescriptor())
            .add("status_group", "status", "error_group", "error_code", "permanent", "attempts")
            .add("sent_at", "done_at");
    rating =
        new Fields(columns, Rating.getDescriptor())
            .add("units", "unit_type", "sale_price_nanos", "cost_price_nanos", "currency")
            .add("tax_code", "rate_plan_version", "billing_period", "billed_duration_ms")
            .add("rated_at");
    legCount = columns.size();
    columns.add(Column.of("leg_count", Column.Type.NUMBER, "how many legs there are"));
    List<Column> members = new ArrayList<>();
    members.add(Column.of("number", Column.Type.NUMBER, "leg.number"));
    members.add(
        Column.of("day", Column.Type.DAY, "day of started_at in the supplier's billing zone"));
    leg =
        new Fields(members, Leg.getDescriptor())
            .add("supplier", "connection", "route", "mcc_mnc", "status_group", "units")
            .add("unit_type", "cost_nanos", "currency", "sent_at", "done_at");
    columns.add(new Column("legs", Column.Type.LIST, "attempts, call legs, failovers", members));
  }

  List<Column> columns() {
    return List.copyOf(columns);
  }

  Fields submission() {
    return submission;
  }

  Fields delivery() {
    return delivery;
  }

  Fields rating() {
    return rating;
  }

  Fields leg() {
    return leg;
  }

  /** Column that counts the legs. */
  int legCount() {
    return legCount;
  }

  /** Names of the channels by number. */
  byte[][] channels() {
    return channels;
  }

  /** Column of a name. */
  int indexOf(String name) {
    return indexOf(columns, name);
  }

  /** Column of a leg of a name. */
  int legIndexOf(String name) {
    return indexOf(columns.get(columns.size() - 1).members(), name);
  }

  private static int indexOf(List<Column> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no column " + name);
  }

  private static FieldDescriptor field(Descriptor message, String name) {
    FieldDescriptor field = message.findFieldByName(name);
    if (field == null) {
      throw new IllegalArgumentException(message.getName() + " has no field " + name);
    }
    return field;
  }

  /** Names of an enum's values by number; of 0, which says nothing, and of gaps an empty one. */
  private static byte[][] names(FieldDescriptor field) {
    List<EnumValueDescriptor> values = field.getEnumType().getValues();
    int highest = values.stream().mapToInt(EnumValueDescriptor::getNumber).max().orElse(0);
    byte[][] names = new byte[highest + 1][];
    Arrays.fill(names, new byte[0]);
    for (EnumValueDescriptor value : values) {
      if (value.getNumber() != 0) {
        names[value.getNumber()] = value.getName().getBytes(StandardCharsets.UTF_8);
      }
    }
    return names;
  }

  /** The columns that one aspect's fields go to, by their numbers. */
  static final class Fields {

    private static final int NONE = -1;

    private final List<Column> columns;
    private final Descriptor message;
    private final MessageShape shape;
    private final int[] byNumber;
    private final byte[][][] names;
    private int[] numbers = new int[0];

    private Fields(List<Column> columns, Descriptor message) {
      this.columns = columns;
      this.message = message;
      this.shape = MessageShape.of(message);
      this.byNumber = new int[shape.highest() + 1];
      Arrays.fill(byNumber, NONE);
      this.names = new byte[byNumber.length][][];
    }

    private Fields add(String... fields) {
      for (String field : fields) {
        addAs(field, field);
      }
      return this;
    }

    private Fields addAs(String name, String fieldName) {
      FieldDescriptor descriptor = field(message, fieldName);
      Field field = shape.required(descriptor.getNumber());
      if (field.privacy() != Privacy.ROUTING && field.privacy() != Privacy.BILLING) {
        throw new IllegalArgumentException(
            message.getName() + "." + fieldName + " is " + field.privacy() + ": not exported");
      }
      Column.Type type = type(field, descriptor);
      if (type == Column.Type.NUMBER || type == Column.Type.FLAG) {
        numbers = Arrays.copyOf(numbers, numbers.length + 1);
        numbers[numbers.length - 1] = columns.size();
      }
      if (field.kind() == Field.Kind.ENUM) {
        names[field.number()] = RecordColumns.names(descriptor);
      }
      byNumber[field.number()] = columns.size();
      String path = message.getName().toLowerCase(Locale.ROOT) + "." + fieldName;
      columns.add(Column.of(name, type, path));
      return this;
    }

    private static Column.Type type(Field field, FieldDescriptor descriptor) {
      return switch (field.kind()) {
        case TEXT, ENUM -> Column.Type.TEXT;
        case NUMBER ->
            descriptor.getType() == FieldDescriptor.Type.BOOL
                ? Column.Type.FLAG
                : Column.Type.NUMBER;
        case TIME -> Column.Type.TIME;
        default -> throw new IllegalArgumentException("no column holds " + field.name());
      };
    }

    /** The column of a field, or less than 0. */
    int column(int number) {
      return number < byNumber.length ? byNumber[number] : NONE;
    }

    /** Makes the numbers 0: a row has no field for a number that is. */
    void zero(Cells cells) {
      for (int number : numbers) {
        cells.number(number, 0);
      }
    }

    /** Sets the column of a field of a number. */
    void set(Cells cells, int number, int column, long value) {
      byte[][] words = names[number];
      if (words == null) {
        cells.number(column, value);
      } else if (value > 0 && value < words.length && words[(int) value].length > 0) {
        cells.bytes(column, words[(int) value]);
      }
    }
  }
}
