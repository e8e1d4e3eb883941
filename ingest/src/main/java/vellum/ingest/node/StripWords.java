package vellum.ingest.node;

import org.jspecify.annotations.Nullable;
import vellum.core.policy.RetentionClass;
import vellum.core.policy.RetentionPolicy;
import vellum.core.record.MonthId;
import vellum.core.strip.StripProfile;
import vellum.core.strip.StripRule;

/** What a strip does to a field, in words. Stateless. */
final class StripWords {

  private StripWords() {}

  /**
   * By the profile of the period's class.
   *
   * @param sealed whether the field's values are sealed where they may be a person's
   * @return null when a record has no such field
   */
  static @Nullable String of(RetentionPolicy policy, MonthId period, String path, boolean sealed) {
    StripProfile profile =
        policy
            .of(period)
            .map(RetentionClass::terms)
            .map(terms -> StripProfile.named(terms.stripProfile()))
            .orElse(StripProfile.DEFAULT);
    return profile.ruleOf(path).map(rule -> words(rule, sealed)).orElse(null);
  }

  private static String words(StripRule rule, boolean sealed) {
    return switch (rule) {
      case DROP -> "dropped";
      case KEEP -> sealed ? words(StripRule.BUSINESS, true) : "kept";
      case INSIDE -> sealed ? words(StripRule.BUSINESS, true) : "each part by its own rule";
      case BUSINESS -> "only a business's clear identifier stays";
      case SECOND -> "cut to the second";
      case WHOLE_SECONDS -> "milliseconds cut to whole seconds";
      case KIBIBYTES -> "bytes rounded up to a multiple of 1,024";
      case LABEL -> "kept where it has letters only";
      case DLR_STATE -> "kept where it is a state of SMPP";
      case PROVIDER -> "kept where it is a public mail provider's";
    };
  }
}
