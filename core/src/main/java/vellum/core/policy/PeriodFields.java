package vellum.core.policy;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vellum.core.record.MonthId;

/**
 * The periods of a class as the file spells them: {@code identities: 12 months}, or {@code
 * identities: {keep: 12 months, anchor: communication}}. Immutable.
 *
 * @param base terms of the default class, which hold where the file says nothing; null for the
 *     default class, which must say everything, and for classes that are not enabled
 */
record PeriodFields(PolicyFile.Fields fields, @Nullable ClassTerms base) {

  private static final Set<String> KEYS = Set.of("keep", "anchor");

  KeepRule read(String key, Anchor usual, Function<ClassTerms, KeepRule> inBase) {
    if (!fields.has(key) && !isDefault()) {
      return inBase.apply(base == null ? RetentionPolicy.builtIn().defaultClass().terms() : base);
    }
    YamlNode node = fields.required(key);
    if (!(node instanceof YamlNode.Keys keys)) {
      return rule(fields.text(key), usual);
    }
    PolicyFile.Fields rule = new PolicyFile.Fields(keys);
    rule.allow(KEYS);
    return rule(rule.text("keep"), rule.has("anchor") ? anchor(rule.text("anchor")) : usual);
  }

  /** The usage log has one period for all classes, as its months belong to none. */
  KeepRule usage() {
    KeepRule rule = read("usage", Anchor.EVENT, ClassTerms::usage);
    if (base != null && !rule.equals(base.usage())) {
      throw PolicyFile.invalid(
          fields.required("usage"),
          "must be that of the class default ("
              + base.usage().text()
              + ") or absent: the usage log is kept by one rule");
    }
    return rule;
  }

  /** Content is kept as its customer instructs, in every class. */
  void checkContent() {
    if (isDefault() || fields.has("content")) {
      YamlNode.Text content = fields.text("content");
      if (!content.value().equals(Anchor.INSTRUCTION.toString())) {
        throw PolicyFile.invalid(
            content, "must be instruction: content is kept as its customer instructs");
      }
    }
  }

  private boolean isDefault() {
    return fields.text("name").value().equals(MonthId.DEFAULT_CLASS);
  }

  private static KeepRule rule(YamlNode.Text keep, Anchor anchor) {
    try {
      return new KeepRule(KeepRule.period(keep.value()), anchor);
    } catch (IllegalArgumentException e) {
      throw PolicyFile.invalid(keep, String.valueOf(e.getMessage()));
    }
  }

  private static Anchor anchor(YamlNode.Text text) {
    Anchor anchor = Anchor.ofName(text.value());
    if (anchor == null) {
      throw PolicyFile.invalid(
          text,
          "must be communication, end_of_month, start_of_next_year, conversation_start,"
              + " invoice_sent, first_held, contract_end, event or instruction");
    }
    return anchor;
  }
}
