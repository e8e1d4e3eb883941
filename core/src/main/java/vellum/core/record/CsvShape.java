package vellum.core.record;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.v1.Party;

/**
 * A message of the schema as a table of fields by number, each with its columns in a line of CSV.
 * Columns ascend with fields, so that a line is written in one walk. Immutable.
 */
final class CsvShape {

  /** Behind a party's first value: its kind, and the party's other identifiers. */
  static final List<String> OF_PARTY = List.of("", ".kind", ".others");

  private final @Nullable Field[] byNumber;

  /** How a field becomes cells. */
  enum Form {
    /** A cell of a text, number or time. */
    VALUE,
    /** Its fields have columns of their own. */
    MESSAGE,
    /** Three cells: see {@link #OF_PARTY}. */
    PARTY,
    /** A cell of JSON. */
    LIST
  }

  /**
   * A field.
   *
   * @param tag number and wire type
   * @param column the first of its own
   * @param value how it is encoded, and how an element of a list is written
   * @param message of {@link Form#MESSAGE}
   */
  record Field(int tag, Form form, int column, JsonShape.Field value, @Nullable CsvShape message) {}

  /**
   * Compiles a message.
   *
   * @param isWanted whether a field may have cells; of a message, whether it is looked into
   * @param columns gets the names
   */
  CsvShape(
      Descriptor message, String path, Predicate<FieldDescriptor> isWanted, List<String> columns) {
    JsonShape json = JsonShape.of(message);
    FieldDescriptor[] fields = message.getFields().toArray(FieldDescriptor[]::new);
    Arrays.sort(fields, Comparator.comparingInt(FieldDescriptor::getNumber));
    int highest = fields.length == 0 ? 0 : fields[fields.length - 1].getNumber();
    this.byNumber = new Field[highest + 1];
    for (FieldDescriptor field : fields) {
      JsonShape.Field value = json.field(field.getNumber());
      if (value != null && isWanted.test(field)) {
        byNumber[field.getNumber()] = of(field, value, path, isWanted, columns);
      }
    }
  }

  private static Field of(
      FieldDescriptor field,
      JsonShape.Field value,
      String path,
      Predicate<FieldDescriptor> isWanted,
      List<String> columns) {
    String name = path + field.getName();
    int column = columns.size();
    if (value.form() != JsonShape.Form.MESSAGE) {
      columns.add(name);
      return new Field(value.tag(), Form.VALUE, column, value, null);
    }
    if (value.isRepeated()) {
      columns.add(name);
      return new Field(value.tag(), Form.LIST, column, value, null);
    }
    if (field.getMessageType().equals(Party.getDescriptor())) {
      OF_PARTY.forEach(end -> columns.add(name + end));
      return new Field(value.tag(), Form.PARTY, column, value, null);
    }
    CsvShape inner = new CsvShape(field.getMessageType(), name + ".", isWanted, columns);
    return new Field(value.tag(), Form.MESSAGE, column, value, inner);
  }

  /** The field with a tag, or null when it has no cells. */
  @Nullable Field field(long tag) {
    long number = tag >>> 3;
    Field field = number < byNumber.length ? byNumber[(int) number] : null;
    return field != null && field.tag() == tag ? field : null;
  }
}
