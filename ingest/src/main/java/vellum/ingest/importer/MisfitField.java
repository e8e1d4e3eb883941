package vellum.ingest.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;

/**
 * Finds which field of a JSON row does not fit the schema. The Protobuf parser says so too, but
 * with the value, which no message may hold. It is asked about each leaf alone; bad rows are few.
 */
final class MisfitField {

  private final Message message;

  private MisfitField(Message message) {
    this.message = message;
  }

  static BadRow of(JsonNode row) {
    return of(row, DetailRecord.getDefaultInstance());
  }

  /**
   * The field of a row that does not fit a message.
   *
   * @param message any of its kind
   */
  static BadRow of(JsonNode row, Message message) {
    BadRow found = new MisfitField(message).in(message.getDescriptorForType(), row, "", "%s");
    return found != null
        ? found
        : new BadRow(BadRowCode.BAD_JSON, "", "not a record in the Protobuf JSON mapping");
  }

  private @Nullable BadRow in(Descriptor type, JsonNode node, String path, String frame) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      FieldDescriptor field = field(type, member.getKey());
      String name = path + safe(member.getKey());
      if (field == null) {
        return new BadRow(BadRowCode.UNKNOWN_FIELD, name, "the schema has no such field");
      }
      String wrapped = frame.formatted("{\"" + field.getName() + "\":%s}");
      BadRow found =
          field.isRepeated() && member.getValue().isArray()
              ? elements(field, member.getValue(), name, wrapped.formatted("[%s]"))
              : value(field, member.getValue(), name, wrapped);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable BadRow elements(
      FieldDescriptor field, JsonNode array, String name, String frame) {
    for (int i = 0; i < array.size(); i++) {
      BadRow found = value(field, array.get(i), name + '[' + i + ']', frame);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable BadRow value(FieldDescriptor field, JsonNode value, String name, String frame) {
    if (value.isObject() && isMessage(field)) {
      return in(field.getMessageType(), value, name + '.', frame);
    }
    try {
      String json = frame.replace("%s", value.toString());
      JsonRecords.RECORDS.merge(json, message.newBuilderForType());
      return null;
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      return new BadRow(BadRowCode.BAD_VALUE, name, "not a value of " + typeName(field));
    }
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.getMessageType().getFullName().equals(Timestamp.getDescriptor().getFullName());
  }

  private static String typeName(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getName();
      case ENUM -> field.getEnumType().getName();
      default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
    };
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getName().equals(name) || field.getJsonName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  /** A name that is one, or a stand-in for text that could be anything. */
  private static String safe(String name) {
    return name.matches("[A-Za-z_][A-Za-z_]{0,63}") ? name : "(unnamed)";
  }
}
