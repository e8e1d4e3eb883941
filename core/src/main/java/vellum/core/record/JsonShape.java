package vellum.core.record;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of the schema as a table of fields by number, each with what {@link MessageJson} needs
 * to write it. Immutable.
 */
final class JsonShape {

  private final String name;
  private final @Nullable Field[] byNumber;

  /** How a value is encoded, and written. */
  enum Form {
    FLAG(Wire.VARINT),
    INT_32(Wire.VARINT),
    UINT_32(Wire.VARINT),
    /** Zigzag. */
    SINT_32(Wire.VARINT),
    /** In quotes, as all numbers of 64 bits. */
    INT_64(Wire.VARINT),
    UINT_64(Wire.VARINT),
    /** By its name, or its number where it has none. */
    ENUM(Wire.VARINT),
    TEXT(Wire.BYTES),
    TIME(Wire.BYTES),
    MESSAGE(Wire.BYTES);

    private final int wireType;

    Form(int wireType) {
      this.wireType = wireType;
    }
  }

  /**
   * A field.
   *
   * @param tag number and wire type
   * @param name {@code ,"name":}
   * @param words names of an enum's values by number, in quotes, empty where there is none
   * @param message of {@link Form#MESSAGE}
   */
  record Field(
      int tag,
      byte[] name,
      Form form,
      boolean isRepeated,
      byte[][] words,
      @Nullable JsonShape message) {}

  private JsonShape(Descriptor message) {
    int highest = message.getFields().stream().mapToInt(FieldDescriptor::getNumber).max().orElse(0);
    this.name = message.getName();
    this.byNumber = new Field[highest + 1];
    for (FieldDescriptor field : message.getFields()) {
      byNumber[field.getNumber()] = of(field);
    }
  }

  /**
   * Compiles a message of the schema.
   *
   * @throws IllegalStateException when it has fields of a kind that the schema had not had
   */
  static JsonShape of(Descriptor message) {
    return new JsonShape(message);
  }

  String name() {
    return name;
  }

  /** The field with a number, or null. */
  @Nullable Field field(int number) {
    return number < byNumber.length ? byNumber[number] : null;
  }

  private static Field of(FieldDescriptor field) {
    Form form = form(field);
    boolean isMessage = form == Form.MESSAGE || form == Form.TIME;
    if (!isMessage && (field.isRepeated() || field.hasPresence())) {
      throw new IllegalStateException(
          field.getFullName() + " is repeated, or there when it is 0: such fields are not written");
    }
    return new Field(
        field.getNumber() << 3 | form.wireType,
        (",\"" + field.getName() + "\":").getBytes(StandardCharsets.UTF_8),
        form,
        field.isRepeated(),
        form == Form.ENUM ? words(field.getEnumType().getValues()) : new byte[0][],
        form == Form.MESSAGE ? of(field.getMessageType()) : null);
  }

  private static Form form(FieldDescriptor field) {
    return switch (field.getType()) {
      case BOOL -> Form.FLAG;
      case INT32 -> Form.INT_32;
      case UINT32 -> Form.UINT_32;
      case SINT32 -> Form.SINT_32;
      case INT64 -> Form.INT_64;
      case UINT64 -> Form.UINT_64;
      case ENUM -> Form.ENUM;
      case STRING -> Form.TEXT;
      case MESSAGE ->
          field.getMessageType().equals(Timestamp.getDescriptor()) ? Form.TIME : Form.MESSAGE;
      default ->
          throw new IllegalStateException(
              field.getFullName() + " has a type that is not written: " + field.getType());
    };
  }

  private static byte[][] words(List<EnumValueDescriptor> values) {
    int highest = values.stream().mapToInt(EnumValueDescriptor::getNumber).max().orElse(0);
    byte[][] words = new byte[highest + 1][0];
    for (EnumValueDescriptor value : values) {
      words[value.getNumber()] = ('"' + value.getName() + '"').getBytes(StandardCharsets.UTF_8);
    }
    return words;
  }
}
