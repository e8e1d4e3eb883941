package vellum.core.policy;

import org.jspecify.annotations.Nullable;

/**
 * How long a class keeps what, and who says so.
 *
 * @param identities of end users in traffic records: from {@link Anchor#END_OF_MONTH} or {@link
 *     Anchor#COMMUNICATION}; longer than the source's 12 months only with a legal basis
 * @param traffic the rest of the record: from {@link Anchor#START_OF_NEXT_YEAR}; longer than the
 *     source's 10 years only with a legal basis
 * @param usage the usage log: at most 36 months from its {@link Anchor#EVENT}; one for all classes
 * @param stripProfile name of what a strip does to each remaining field
 * @param verified whether somebody checked the source
 * @param source where the rule stands, 1 to 500 characters
 * @param legalBasis what allows to keep longer than the source's rule, or null
 */
public record ClassTerms(
    KeepRule identities,
    KeepRule traffic,
    KeepRule usage,
    String stripProfile,
    boolean verified,
    String source,
    @Nullable String legalBasis) {

  /** Name of the strip profile that classes have when they name none. */
  public static final String DEFAULT_PROFILE = "default";

  static final int IDENTITY_MONTHS = 12;
  static final int TRAFFIC_MONTHS = 120;
  static final int USAGE_MONTHS = 36;

  private static final int MAX_TEXT = 500;

  public ClassTerms {
    switch (identities.anchor()) {
      case END_OF_MONTH, COMMUNICATION -> {}
      default -> throw anchor("identities", identities, "end_of_month or communication");
    }
    if (traffic.anchor() != Anchor.START_OF_NEXT_YEAR) {
      throw anchor("traffic", traffic, "start_of_next_year, as an archive year goes as a whole");
    }
    if (usage.anchor() != Anchor.EVENT) {
      throw anchor("usage", usage, "event");
    }
    if (identities.exceeds(IDENTITY_MONTHS) && legalBasis == null) {
      throw FieldFault.of(
          "identities",
          "must be at most 12 months, or legal_basis must say what allows " + identities.text());
    }
    if (traffic.exceeds(TRAFFIC_MONTHS) && legalBasis == null) {
      throw FieldFault.of(
          "traffic",
          "must be at most 10 years, or legal_basis must say what allows " + traffic.text());
    }
    if (usage.exceeds(USAGE_MONTHS)) {
      throw FieldFault.of("usage", "must be at most 36 months, and is " + usage.text());
    }
    if (!stripProfile.matches("[a-z0-9-]{1,24}")) {
      throw FieldFault.of("strip_profile", "must be 1 to 24 characters a-z, 0-9 and -");
    }
    text("source", source);
    if (legalBasis != null) {
      text("legal_basis", legalBasis);
    }
  }

  private static FieldFault anchor(String field, KeepRule rule, String supported) {
    return FieldFault.notComputable(
        field,
        "anchor "
            + rule.anchor()
            + " is not computable from the record: not supported for "
            + field
            + ", which must be counted from "
            + supported);
  }

  private static void text(String field, String text) {
    if (text.isBlank()
        || text.length() > MAX_TEXT
        || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw FieldFault.of(field, "must be a text of 1 to " + MAX_TEXT + " characters");
    }
  }
}
