package vellum.core.record;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;

/**
 * A message of the schema as a table of fields by number: the allowlist. What is not in it is
 * refused. Immutable.
 */
public final class MessageShape {

  /** The whole record. */
  public static final MessageShape DETAIL_RECORD = of(DetailRecord.getDescriptor());

  private final String name;
  private final @Nullable Field[] byNumber;

  /** By what stands before a field on the wire: its number and wire type. */
  private final @Nullable Field[] byTag;

  private MessageShape(String name, @Nullable Field[] byNumber) {
    this.name = name;
    this.byNumber = byNumber;
    this.byTag = new Field[byNumber.length << 3];
    for (Field field : byNumber) {
      if (field != null) {
        byTag[field.number() << 3 | field.kind().wireType()] = field;
      }
    }
  }

  /** Compiles a message of the schema, every field of which has its options. */
  public static MessageShape of(Descriptor message) {
    int highest = message.getFields().stream().mapToInt(FieldDescriptor::getNumber).max().orElse(0);
    @Nullable Field[] fields = new Field[highest + 1];
    for (FieldDescriptor field : message.getFields()) {
      fields[field.getNumber()] = Field.of(field);
    }
    return new MessageShape(message.getName(), fields);
  }

  public String name() {
    return name;
  }

  /** The highest number of a field. */
  public int highest() {
    return byNumber.length - 1;
  }

  /** The field with a number, or null. */
  public @Nullable Field field(int number) {
    return number < byNumber.length && number > 0 ? byNumber[number] : null;
  }

  /** The field that has a tag, which is its number and its own wire type, or null. */
  public @Nullable Field tagged(long tag) {
    return tag >= 0 && tag < byTag.length ? byTag[(int) tag] : null;
  }

  /** The field with a number that is known to exist. */
  public Field required(int number) {
    return Objects.requireNonNull(field(number), () -> name + " has no field " + number);
  }
}
