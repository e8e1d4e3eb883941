package vellum.core.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import vellum.v1.DetailRecord;
import vellum.v1.OptionsProto;
import vellum.v1.Privacy;
import vellum.v1.UsageRecord;

/**
 * A field of the schema and what it says about people.
 *
 * @param path from the record on, as {@code rating.sale_price_nanos}; of the usage log, {@code
 *     usage.ip}
 */
public record FieldPath(String path, Privacy privacy) {

  private static final List<FieldPath> ALL = all();

  /**
   * The fields that a name means: a whole path, or its last parts, so that {@code mcc_mnc} means
   * that of the submission and that of a leg. Empty when the schema has none.
   */
  public static List<FieldPath> find(String name) {
    List<FieldPath> exact = ALL.stream().filter(field -> field.path.equals(name)).toList();
    return exact.isEmpty()
        ? ALL.stream().filter(field -> field.path.endsWith("." + name)).toList()
        : exact;
  }

  private static List<FieldPath> all() {
    List<FieldPath> found = new ArrayList<>();
    add(found, "", DetailRecord.getDescriptor());
    add(found, "usage.", UsageRecord.getDescriptor());
    return List.copyOf(found);
  }

  private static void add(List<FieldPath> found, String prefix, Descriptor message) {
    for (FieldDescriptor field : message.getFields()) {
      String path = prefix + field.getName();
      found.add(new FieldPath(path, field.getOptions().getExtension(OptionsProto.privacy)));
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
          && !field.getMessageType().equals(Timestamp.getDescriptor())) {
        add(found, path + ".", field.getMessageType());
      }
    }
  }
}
