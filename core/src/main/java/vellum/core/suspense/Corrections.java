package vellum.core.suspense;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;
import vellum.v1.OptionsProto;
import vellum.v1.Privacy;

/**
 * Fields that are set when records are recycled: {@code account}, {@code country_of_law}, and
 * single clear values of an aspect, {@code rating.currency}; of legs of all of them, {@code
 * legs.supplier}, or of one, {@code legs.2.supplier}. What identifies a record and what is sealed
 * cannot be set. Immutable.
 */
public final class Corrections {

  /** No corrections. */
  public static final Corrections NONE = new Corrections(Map.of());

  /** Most fields that are set at once. */
  public static final int MOST = 32;

  private static final String LEGS = "legs";
  private static final Set<String> HEADER = Set.of("account", "country_of_law");
  private static final Set<String> ASPECTS = Set.of("submission", "delivery", "rating", LEGS);

  private final Map<String, String> values;

  private Corrections(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Checks corrections.
   *
   * @param values by their paths
   * @throws SuspenseException.BadCorrection naming the path
   */
  public static Corrections of(Map<String, String> values) {
    if (values.size() > MOST) {
      throw new SuspenseException.BadCorrection("at most " + MOST + " fields can be set");
    }
    values.forEach((path, value) -> value(path, value));
    return new Corrections(new LinkedHashMap<>(values));
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether the version of an aspect is set. */
  boolean setVersion() {
    return values.keySet().stream().anyMatch(path -> path.endsWith(".version"));
  }

  /**
   * The record with the corrections; null when it lacks an aspect or leg that is to be corrected.
   */
  @Nullable DetailRecord apply(DetailRecord record) {
    DetailRecord.Builder builder = record.toBuilder();
    for (Map.Entry<String, String> one : values.entrySet()) {
      if (!apply(builder, one.getKey(), one.getValue())) {
        return null;
      }
    }
    return builder.build();
  }

  private static boolean apply(DetailRecord.Builder record, String path, String text) {
    Object value = value(path, text);
    String[] parts = path.split("\\.", -1);
    FieldDescriptor first = field(DetailRecord.getDescriptor().findFieldByName(parts[0]), path);
    if (parts.length == 1) {
      record.setField(first, value);
      return true;
    }
    FieldDescriptor last = last(parts, path);
    if (!first.isRepeated()) {
      if (!record.hasField(first)) {
        return false;
      }
      Message.Builder aspect = ((Message) record.getField(first)).toBuilder();
      record.setField(first, aspect.setField(last, value).build());
      return true;
    }
    boolean set = false;
    for (int i = 0; i < record.getLegsCount(); i++) {
      if (parts.length == 2 || parts[1].equals(Integer.toString(record.getLegs(i).getNumber()))) {
        record.setLegs(i, record.getLegs(i).toBuilder().setField(last, value));
        set = true;
      }
    }
    return set;
  }

  private static FieldDescriptor last(String[] parts, String path) {
    FieldDescriptor aspect = field(DetailRecord.getDescriptor().findFieldByName(parts[0]), path);
    return field(aspect.getMessageType().findFieldByName(parts[parts.length - 1]), path);
  }

  private static FieldDescriptor field(@Nullable FieldDescriptor field, String path) {
    if (field == null) {
      throw unknown(path);
    }
    return field;
  }

  private static SuspenseException.BadCorrection unknown(String path) {
    String shown = path.matches("[a-z0-9_.]{1,60}") ? path : "?";
    return new SuspenseException.BadCorrection(
        shown
            + " cannot be set: account, country_of_law, or a single clear value of submission,"
            + " delivery, rating or legs, such as rating.currency or legs.2.supplier");
  }

  private static Object value(String path, String text) {
    String[] parts = path.split("\\.", -1);
    if (parts.length == 1) {
      if (!HEADER.contains(path)) {
        throw unknown(path);
      }
      return text;
    }
    boolean leg = parts[0].equals(LEGS);
    boolean numbered = leg && parts.length == 3 && parts[1].matches("[1-9][0-9]{0,2}");
    if (!ASPECTS.contains(parts[0]) || parts.length != 2 && !numbered) {
      throw unknown(path);
    }
    FieldDescriptor field = last(parts, path);
    Privacy privacy = field.getOptions().getExtension(OptionsProto.privacy);
    boolean clear = privacy == Privacy.ROUTING || privacy == Privacy.BILLING;
    if (!clear || field.isRepeated() || leg && field.getName().equals("number")) {
      throw unknown(path);
    }
    return typed(field, path, text);
  }

  private static Object typed(FieldDescriptor field, String path, String text) {
    try {
      return switch (field.getJavaType()) {
        case INT -> Integer.parseInt(text);
        case LONG -> Long.parseLong(text);
        case BOOLEAN -> flag(text);
        case STRING -> text;
        case ENUM -> named(field, text);
        default -> throw unknown(path);
      };
    } catch (IllegalArgumentException e) {
      throw new SuspenseException.BadCorrection(path + ": not a value that the field takes");
    }
  }

  private static Boolean flag(String text) {
    if (!List.of("true", "false").contains(text)) {
      throw new IllegalArgumentException("not a flag");
    }
    return Boolean.valueOf(text);
  }

  private static EnumValueDescriptor named(FieldDescriptor field, String text) {
    EnumValueDescriptor value = field.getEnumType().findValueByName(text);
    if (value == null) {
      throw new IllegalArgumentException("not a name of the enum");
    }
    return value;
  }
}
