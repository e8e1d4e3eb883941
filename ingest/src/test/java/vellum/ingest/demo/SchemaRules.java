package vellum.ingest.demo;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vellum.core.record.RecordId;
import vellum.v1.Check;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.OptionsProto;

/** What the options of the schema say about a message, read anew: not the server's own code. */
public final class SchemaRules {

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private SchemaRules() {}

  /** The rules that a message breaks; names of fields, for a test's report. */
  public static List<String> broken(DetailRecord record) {
    List<String> broken = new ArrayList<>();
    UUID id = UUID.fromString(record.getRecordId());
    if (!RecordId.isValid(id.getMostSignificantBits(), id.getLeastSignificantBits())) {
      broken.add("record_id");
    }
    Timestamp at = record.getStartedAt();
    if (RecordId.millis(id) != Timestamps.toMillis(at)) {
      broken.add("record_id is not of started_at");
    }
    if (record.getAccount().isEmpty() || record.getChannelValue() == 0) {
      broken.add("header");
    }
    if (!record.hasSubmission()
        && !record.hasDelivery()
        && !record.hasRating()
        && record.getLegsCount() == 0) {
      broken.add("no aspect");
    }
    if (record.hasRating()
        && record.getRating().getSalePriceNanos() != 0
        && record.getRating().getCurrency().isEmpty()) {
      broken.add("rating.currency");
    }
    walk(record, "", broken);
    return broken;
  }

  private static void walk(Message message, String path, List<String> broken) {
    if (message instanceof Identifier identifier && !fits(identifier)) {
      broken.add(path + "value of " + identifier.getKind());
    }
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.getOptions().getExtension(OptionsProto.check) == Check.VERSION
          && ((Long) message.getField(field)) < 1) {
        broken.add(path + field.getName());
      }
    }
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      String name = path + field.getName();
      int max = field.getOptions().getExtension(OptionsProto.max);
      if (entry.getValue() instanceof List<?> list) {
        if (list.size() > max) {
          broken.add(name);
        }
        list.forEach(element -> walk((Message) element, name + '.', broken));
      } else if (entry.getValue() instanceof Timestamp time) {
        if (Timestamps.toNanos(time) % 1000 != 0) {
          broken.add(name);
        }
      } else if (entry.getValue() instanceof Message inner) {
        walk(inner, name + '.', broken);
      } else if (!fits(field, entry.getValue(), max)) {
        broken.add(name);
      }
    }
  }

  private static boolean fits(FieldDescriptor field, Object value, int max) {
    if (value instanceof String text
        && (max > 0 && text.getBytes(StandardCharsets.UTF_8).length > max
            || text.chars().anyMatch(c -> c < 0x20))) {
      return false;
    }
    return switch (field.getOptions().getExtension(OptionsProto.check)) {
      case NAME -> !value.toString().contains("@") && !value.toString().matches("\\+?\\d{7,15}");
      case COUNTRY -> COUNTRIES.contains(value.toString());
      case CURRENCY -> Currency.getInstance(value.toString()) != null;
      case MCC_MNC -> value.toString().matches("\\d{5,6}");
      case COUNT -> ((Number) value).longValue() >= 0;
      case DOMAIN -> value.toString().matches("[a-z0-9.-]+");
      default -> true;
    };
  }

  private static boolean fits(Identifier identifier) {
    String value = identifier.getValue();
    return switch (identifier.getKind()) {
      case E164 -> value.matches("\\+[1-9]\\d{6,14}");
      case EMAIL_ADDRESS -> value.matches("[^@ ]+@[^@ ]+");
      case SHORT_CODE -> value.matches("\\d{3,6}");
      case ALPHANUMERIC -> value.matches("(?=.*[A-Za-z]).{1,11}");
      case SIP_URI -> value.startsWith("sip");
      default -> !value.isEmpty() && value.length() <= 254;
    };
  }
}
