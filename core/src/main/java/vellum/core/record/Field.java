package vellum.core.record;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import org.jspecify.annotations.Nullable;
import vellum.v1.Check;
import vellum.v1.Identifier;
import vellum.v1.OptionsProto;
import vellum.v1.Privacy;

/**
 * A field of the schema, compiled from its descriptor and options into what the hot path asks.
 *
 * @param number in its message
 * @param name as in the {@code .proto} file, for messages to people
 * @param kind how it is encoded
 * @param privacy what it says about people
 * @param check what a valid value looks like
 * @param max most bytes of a text, or elements of a repeated field; 0 when there is no bound
 * @param repeated whether it may stand several times
 * @param oneof index of its oneof, or -1
 * @param message shape of its message, for {@link Kind#MESSAGE} and {@link Kind#IDENTIFIER}
 * @param enumSize one more than the highest value of its enum
 * @param amount whether it is an amount of money
 */
public record Field(
    int number,
    String name,
    Kind kind,
    Privacy privacy,
    Check check,
    int max,
    boolean repeated,
    int oneof,
    @Nullable MessageShape message,
    int enumSize,
    boolean amount) {

  /** How a field is encoded on the wire, and treated. */
  public enum Kind {
    /** Varint, as it is. */
    NUMBER(0),
    /** Varint, zigzag. */
    SIGNED(0),
    /** Varint, one of the values of an enum. */
    ENUM(0),
    /** UTF-8. */
    TEXT(2),
    /** {@link Timestamp}. */
    TIME(2),
    /** {@link Identifier} of a party. */
    IDENTIFIER(2),
    /** Any other message. */
    MESSAGE(2);

    private final int wireType;

    Kind(int wireType) {
      this.wireType = wireType;
    }

    /** Wire type of the Protobuf encoding. */
    public int wireType() {
      return wireType;
    }
  }

  /** Whether the value is sealed whatever it is. */
  public boolean sealed() {
    return message == null
        && kind == Kind.TEXT
        && (privacy == Privacy.IDENTITY
            || privacy == Privacy.FREE_TEXT
            || privacy == Privacy.CONTENT);
  }

  static Field of(FieldDescriptor field) {
    Privacy privacy = field.getOptions().getExtension(OptionsProto.privacy);
    if (privacy == Privacy.PRIVACY_UNSPECIFIED) {
      throw new IllegalStateException(field.getFullName() + " has no privacy option");
    }
    Kind kind = kind(field);
    boolean nested = kind == Kind.MESSAGE || kind == Kind.IDENTIFIER;
    return new Field(
        field.getNumber(),
        field.getName(),
        kind,
        privacy,
        field.getOptions().getExtension(OptionsProto.check),
        field.getOptions().getExtension(OptionsProto.max),
        field.isRepeated(),
        field.getContainingOneof() == null ? -1 : field.getContainingOneof().getIndex(),
        nested ? MessageShape.of(field.getMessageType()) : null,
        kind == Kind.ENUM ? enumSize(field) : 0,
        field.getName().endsWith("_nanos"));
  }

  private static Kind kind(FieldDescriptor field) {
    return switch (field.getType()) {
      case STRING -> Kind.TEXT;
      case ENUM -> Kind.ENUM;
      case SINT32, SINT64 -> Kind.SIGNED;
      case BOOL, INT32, INT64, UINT32, UINT64 -> Kind.NUMBER;
      case MESSAGE -> messageKind(field);
      default ->
          throw new IllegalStateException(
              field.getFullName() + " has a type that records do not use: " + field.getType());
    };
  }

  private static Kind messageKind(FieldDescriptor field) {
    if (field.getMessageType().equals(Timestamp.getDescriptor())) {
      return Kind.TIME;
    }
    return field.getMessageType().equals(Identifier.getDescriptor())
        ? Kind.IDENTIFIER
        : Kind.MESSAGE;
  }

  private static int enumSize(FieldDescriptor field) {
    return 1
        + field.getEnumType().getValues().stream()
            .mapToInt(EnumValueDescriptor::getNumber)
            .max()
            .orElse(0);
  }
}
