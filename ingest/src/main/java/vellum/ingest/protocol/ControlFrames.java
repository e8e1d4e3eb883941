package vellum.ingest.protocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.v1.Frame;

/** Parses the frames that are not batches. Stateless. */
public final class ControlFrames {

  private static final int MAX_DEPTH = 8;

  private ControlFrames() {}

  /** The frame, or null when the bytes are none or hold no body. */
  public static @Nullable Frame parse(RawFrame raw) {
    CodedInputStream in = CodedInputStream.newInstance(raw.bytes(), 0, raw.length());
    in.setRecursionLimit(MAX_DEPTH);
    try {
      Frame frame = Frame.parseFrom(in);
      return frame.getBodyCase() == Frame.BodyCase.BODY_NOT_SET ? null : frame;
    } catch (IOException e) {
      return null; // The parser's only way to say that these bytes are no message.
    }
  }

  /** Whether a message, or one inside it, has fields that this schema does not know. */
  public static boolean hasUnknownFields(Message message) {
    if (!message.getUnknownFields().isEmpty()) {
      return true;
    }
    for (var field : message.getAllFields().entrySet()) {
      if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE
          && anyUnknown(field.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyUnknown(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(each -> hasUnknownFields((Message) each));
    }
    return hasUnknownFields((Message) value);
  }
}
