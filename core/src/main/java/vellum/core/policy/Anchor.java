package vellum.core.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a period is counted from. Policy section 4. */
public enum Anchor {
  /** The first instant of the communication's month: the earliest that a record in it may have. */
  COMMUNICATION,
  /** The last day of the communication's month. */
  END_OF_MONTH,
  /** The first day of the year after the communication. */
  START_OF_NEXT_YEAR,
  /** Known, but no record tells it. */
  CONVERSATION_START,
  /** Known, but no record tells it. */
  INVOICE_SENT,
  /** Known, but no record tells it. */
  FIRST_HELD,
  /** Known, but no record tells it. */
  CONTRACT_END,
  /** The event of the usage log: counted from the first instant of its month. */
  EVENT,
  /** The customer's instruction. */
  INSTRUCTION;

  static @Nullable Anchor ofName(String name) {
    for (Anchor anchor : values()) {
      if (anchor.toString().equals(name)) {
        return anchor;
      }
    }
    return null;
  }

  /** As files spell it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
