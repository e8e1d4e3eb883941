package vellum.ingest.importer;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vellum.v1.DetailRecord;

/**
 * A field of a record by its dotted path, such as {@code submission.sender.identifiers[0].value},
 * compiled once for a column and set from the text of each row. Immutable.
 */
final class FieldPath {

  private static final Pattern STEP = Pattern.compile("([a-z][a-z0-9_]{0,63})(?:\\[(\\d{1,2})])?");
  private static final int MAX_STEPS = 8;
  private static final int MAX_INDEX = 31;

  private final String path;
  private final List<Step> steps;

  /** One field on the way; index is -1 for one that does not repeat. */
  private record Step(FieldDescriptor field, int index) {}

  private FieldPath(String path, List<Step> steps) {
    this.path = path;
    this.steps = steps;
  }

  /**
   * Compiles a path.
   *
   * @throws ImportException.BadHeader when no field has it
   */
  static FieldPath of(String path) {
    String[] names = path.split("\\.", MAX_STEPS + 1);
    List<Step> steps = new ArrayList<>();
    Descriptor type = DetailRecord.getDescriptor();
    for (int i = 0; i < names.length; i++) {
      Step step = step(type, names[i]);
      boolean message = isMessage(step.field);
      if (message == (i == names.length - 1)) {
        throw new ImportException.BadHeader("a column of the header names no field");
      }
      steps.add(step);
      if (message) {
        type = step.field.getMessageType();
      }
    }
    return new FieldPath(path, List.copyOf(steps));
  }

  /** Sets the field in a record from a text that is not empty. */
  void set(DetailRecord.Builder record, String text) {
    Message.Builder at = record;
    for (int i = 0; i < steps.size() - 1; i++) {
      at = descend(at, steps.get(i));
    }
    FieldDescriptor field = steps.get(steps.size() - 1).field;
    at.setField(field, value(field, text));
  }

  private Message.Builder descend(Message.Builder at, Step step) {
    FieldDescriptor field = step.field;
    if (step.index >= 0) {
      while (at.getRepeatedFieldCount(field) <= step.index) {
        at.addRepeatedField(field, at.newBuilderForField(field).build());
      }
      return at.getRepeatedFieldBuilder(field, step.index);
    }
    var oneof = field.getContainingOneof();
    if (oneof != null && at.hasOneof(oneof) && !at.hasField(field)) {
      throw new BadRow(
          BadRowCode.BAD_VALUE, path, "the row has the details of another channel too");
    }
    return at.getFieldBuilder(field);
  }

  private Object value(FieldDescriptor field, String text) {
    try {
      return switch (field.getType()) {
        case STRING -> text;
        case INT32, SINT32 -> Integer.parseInt(text);
        case INT64 -> Long.parseLong(text);
        case UINT32 -> Integer.parseUnsignedInt(text);
        case UINT64 -> Long.parseUnsignedLong(text);
        case BOOL -> bool(text);
        case ENUM -> enumValue(field, text);
        case MESSAGE -> Times.timestamp(Times.micros(text, path));
        default -> throw new IllegalStateException("no column sets a " + field.getType());
      };
    } catch (NumberFormatException e) {
      throw new BadRow(BadRowCode.BAD_VALUE, path, "not a whole number in the field's range");
    }
  }

  private boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadRow(BadRowCode.BAD_VALUE, path, "neither true nor false");
    };
  }

  private EnumValueDescriptor enumValue(FieldDescriptor field, String text) {
    EnumValueDescriptor value = field.getEnumType().findValueByName(text);
    if (value == null) {
      throw new BadRow(
          BadRowCode.BAD_VALUE, path, "not a name of " + field.getEnumType().getName());
    }
    return value;
  }

  private static Step step(Descriptor type, String name) {
    Matcher matcher = STEP.matcher(name);
    FieldDescriptor field = matcher.matches() ? type.findFieldByName(matcher.group(1)) : null;
    String index = field == null ? null : matcher.group(2);
    if (field == null || field.isRepeated() != (index != null)) {
      throw new ImportException.BadHeader("a column of the header names no field");
    }
    int number = index == null ? -1 : Integer.parseInt(index);
    if (number > MAX_INDEX) {
      throw new ImportException.BadHeader("an index in the header is more than " + MAX_INDEX);
    }
    return new Step(field, number);
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.getMessageType().getFullName().equals(Timestamp.getDescriptor().getFullName());
  }
}
