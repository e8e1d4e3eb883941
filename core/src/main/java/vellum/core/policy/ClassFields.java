package vellum.core.policy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.MonthId;
import vellum.v1.Channel;
import vellum.v1.Direction;

/** One class as the file spells it. Immutable. */
record ClassFields(PolicyFile.Fields fields) {

  private static final Set<String> KEYS =
      Set.of(
          "name",
          "enabled",
          "zone",
          "select",
          "effective_from",
          "effective_until",
          "identities",
          "traffic",
          "usage",
          "content",
          "strip_profile",
          "verified",
          "source",
          "legal_basis");

  private static final Set<String> SELECTORS =
      Set.of("law_country", "account", "channel", "direction");

  static ClassFields of(YamlNode node) {
    PolicyFile.Fields fields = PolicyFile.Fields.of(node);
    fields.allow(KEYS);
    return new ClassFields(fields);
  }

  String name() {
    YamlNode.Text name = fields.text("name");
    if (!MonthId.isClassName(name.value())) {
      throw PolicyFile.invalid(
          name,
          "must be 1 to "
              + MonthId.MAX_CLASS_CHARS
              + " characters a-z, 0-9 and -, neither usage nor content, not ending in -year");
    }
    return name.value();
  }

  boolean isDefault() {
    return name().equals(MonthId.DEFAULT_CLASS);
  }

  boolean isEnabled() {
    return !fields.has("enabled") || fields.flag("enabled");
  }

  YamlNode node(String key) {
    YamlNode node = fields.keys();
    PolicyFile.Fields at = fields;
    for (String step : key.split("\\.", -1)) {
      if (!at.has(step)) {
        return node;
      }
      node = at.required(step);
      if (!(node instanceof YamlNode.Keys keys)) {
        return node;
      }
      at = new PolicyFile.Fields(keys);
    }
    return node;
  }

  YamlNode select() {
    return node("select");
  }

  /**
   * Reads it; a fault is thrown with line and place.
   *
   * @param base the default class, whose periods hold where this one has none; null for itself
   */
  RetentionClass read(@Nullable RetentionClass base) {
    try {
      return new RetentionClass(
          name(),
          zone(),
          fields.has("select") ? selectors() : Selectors.ALL,
          date("effective_from"),
          date("effective_until"),
          terms(base));
    } catch (FieldFault e) {
      YamlNode node = node(e.field());
      String missing = fields.keys().place() + "." + e.field();
      String place = node == fields.keys() ? missing : node.place();
      String message = String.valueOf(e.getMessage());
      throw e.isNotComputable()
          ? new PolicyException.NotComputable(node.line(), place, message)
          : new PolicyException.Invalid(node.line(), place, message);
    }
  }

  private ZoneId zone() {
    if (!fields.has("zone")) {
      return RetentionClass.DEFAULT_ZONE;
    }
    YamlNode.Text zone = fields.text("zone");
    try {
      return ZoneId.of(zone.value());
    } catch (DateTimeException e) {
      throw PolicyFile.invalid(zone, "must be a time zone such as Europe/Zagreb or UTC");
    }
  }

  private @Nullable LocalDate date(String key) {
    if (!fields.has(key)) {
      return null;
    }
    YamlNode.Text text = fields.text(key);
    try {
      LocalDate date = LocalDate.parse(text.value());
      if (date.getYear() >= 1970 && date.getYear() <= 9999) {
        return date;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw PolicyFile.invalid(text, "must be a date such as 2026-01-31");
  }

  private Selectors selectors() {
    PolicyFile.Fields select = PolicyFile.Fields.of(fields.required("select"));
    select.allow(SELECTORS);
    return new Selectors(
        values(select, "law_country", Selectors::country),
        values(select, "account", id -> AccountId.of(id).value()),
        values(select, "channel", name -> known(Channel.class, name)),
        values(select, "direction", name -> known(Direction.class, name)));
  }

  /** A list, or one value in its place; neither empty nor with a value twice. */
  private static <T> Set<T> values(
      PolicyFile.Fields select, String key, Function<String, T> convert) {
    Set<T> values = new LinkedHashSet<>();
    if (!select.has(key)) {
      return values;
    }
    YamlNode node = select.required(key);
    if (node instanceof YamlNode.Items list && !list.items().isEmpty()) {
      for (YamlNode item : list.items()) {
        add(values, item, convert);
      }
    } else {
      add(values, node, convert);
    }
    return values;
  }

  private static <T> void add(Set<T> values, YamlNode node, Function<String, T> convert) {
    if (!(node instanceof YamlNode.Text text) || text.value().isEmpty()) {
      throw PolicyFile.invalid(node, "must be a value, or a list of at least one");
    }
    try {
      if (!values.add(convert.apply(text.value()))) {
        throw PolicyFile.invalid(node, "stands twice in the list");
      }
    } catch (IllegalArgumentException e) {
      throw PolicyFile.invalid(node, String.valueOf(e.getMessage()));
    }
  }

  private static <E extends Enum<E>> E known(Class<E> type, String name) {
    for (E value : type.getEnumConstants()) {
      boolean isNone = name.endsWith("UNSPECIFIED") || name.equals("UNRECOGNIZED");
      if (value.name().equals(name) && !isNone) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        type == Channel.class
            ? "must be channels of the schema such as SMS or VOICE"
            : "must be MT or MO");
  }

  private ClassTerms terms(@Nullable RetentionClass base) {
    PeriodFields periods = new PeriodFields(fields, base == null ? null : base.terms());
    periods.checkContent();
    return new ClassTerms(
        periods.read("identities", Anchor.END_OF_MONTH, ClassTerms::identities),
        periods.read("traffic", Anchor.START_OF_NEXT_YEAR, ClassTerms::traffic),
        periods.usage(),
        fields.has("strip_profile")
            ? fields.text("strip_profile").value()
            : ClassTerms.DEFAULT_PROFILE,
        fields.flag("verified"),
        fields.text("source").value(),
        fields.has("legal_basis") ? fields.text("legal_basis").value() : null);
  }
}
