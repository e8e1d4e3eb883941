package vellum.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import vellum.core.record.MessageCsv;
import vellum.core.record.Output;
import vellum.v1.DetailRecord;
import vellum.v1.OptionsProto;
import vellum.v1.Privacy;

/** By reflection over the schema: a class that is not granted never passes. */
final class ClassFilterTest {

  private static final List<Privacy> CLASSES =
      List.of(
          Privacy.ROUTING,
          Privacy.BILLING,
          Privacy.IDENTITY,
          Privacy.CONTENT,
          Privacy.USAGE,
          Privacy.FREE_TEXT);

  @Test
  void shouldPassNoValueOfAClassThatIsNotGranted() throws Exception {
    for (int one = 0; one < full().size(); one++) {
      Message record = full().get(one);
      for (int bits = 1; bits < 1 << CLASSES.size(); bits++) {
        // given
        EnumSet<Privacy> granted = EnumSet.noneOf(Privacy.class);
        for (int i = 0; i < CLASSES.size(); i++) {
          if ((bits & 1 << i) != 0) {
            granted.add(CLASSES.get(i));
          }
        }
        // when
        byte[] bytes = record.toByteArray();
        Output out = new Filtering(ClassFilter.of(granted)).of(bytes, 0, bytes.length);
        DetailRecord left = DetailRecord.parser().parseFrom(out.bytes(), 0, out.size());
        // then: what is left is what may be, and all of it
        Set<String> expected = new TreeSet<>();
        leaves(record, "", granted, true, expected);
        Set<String> found = new TreeSet<>();
        leaves(left, "", EnumSet.allOf(Privacy.class), true, found);
        assertThat(found).as("%s", granted).isEqualTo(expected);
      }
    }
  }

  @Test
  void shouldHaveNoColumnOfAClassThatIsNotGranted() {
    // given
    ClassFilter routing = ClassFilter.of(EnumSet.of(Privacy.ROUTING));
    // when
    List<String> columns = new MessageCsv(routing::passes).columns();
    // then
    assertThat(columns)
        .contains("account", "submission.mcc_mnc", "delivery.call.sip_code", "legs")
        .noneMatch(
            name ->
                name.matches(
                    "submission\\.(sender|recipient|original_sender|forwarded_from|caller_name"
                        + "|client_ref|callback_data|custom_data|content_reference).*|rating.*"));
    assertThat(new MessageCsv(field -> true).columns()).contains("submission.sender.others");
  }

  @Test
  void shouldAskForAClass() {
    assertThatThrownBy(() -> ClassFilter.of(Set.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClassFilter.of(Set.of(Privacy.PRIVACY_UNSPECIFIED)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ClassFilter.all().names()).hasSize(6);
  }

  /** Records with every field of the schema set, one for each choice of a oneof. */
  private static List<Message> full() {
    List<Message> full = new ArrayList<>();
    for (int choice = 0; choice < 4; choice++) {
      full.add(full(DetailRecord.getDescriptor(), choice));
    }
    return full;
  }

  private static Message full(Descriptor type, int choice) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      var oneof = field.getContainingOneof();
      if (oneof != null && oneof.getFields().indexOf(field) != choice % oneof.getFieldCount()) {
        continue;
      }
      Object value = value(field, choice);
      if (field.isRepeated()) {
        message.addRepeatedField(field, value);
      } else {
        message.setField(field, value);
      }
    }
    return message.build();
  }

  private static Object value(FieldDescriptor field, int choice) {
    return switch (field.getJavaType()) {
      case STRING -> "value of " + field.getFullName();
      case ENUM -> field.getEnumType().getValues().get(1);
      case BOOLEAN -> true;
      case INT -> 7;
      case LONG -> 7L;
      case MESSAGE -> full(field.getMessageType(), choice);
      default -> throw new AssertionError(field.getFullName());
    };
  }

  /** Paths of the values whose classes, and those of the parties around them, are granted. */
  private static void leaves(
      Message message, String path, Set<Privacy> granted, boolean inGranted, Set<String> into) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              Privacy privacy = field.getOptions().getExtension(OptionsProto.privacy);
              String name = path + field.getName();
              boolean isLeaf =
                  field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                      || field.getMessageType().equals(Timestamp.getDescriptor());
              boolean isOpen =
                  inGranted
                      && (granted.contains(privacy) || !isLeaf && privacy != Privacy.IDENTITY);
              if (isLeaf) {
                if (isOpen) {
                  into.add(name);
                }
                return;
              }
              List<?> all = field.isRepeated() ? (List<?>) value : List.of(value);
              all.forEach(each -> leaves((Message) each, name + ".", granted, isOpen, into));
            });
  }
}
