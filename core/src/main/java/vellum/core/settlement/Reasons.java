package vellum.core.settlement;

import vellum.core.record.ClearText;

/** Checks of the reasons that people give, which are kept for ten years. Stateless. */
final class Reasons {

  private static final int MAX_CHARS = 200;

  private Reasons() {}

  static void require(String reason) {
    if (reason.isBlank()
        || reason.length() > MAX_CHARS
        || reason.chars().anyMatch(Character::isISOControl)) {
      throw new SettlementException.BadReason(
          "a reason must have 1 to " + MAX_CHARS + " characters");
    }
    if (ClearText.proseHoldsIdentity(reason)) {
      throw new SettlementException.BadReason(
          "a reason must not hold a telephone number or an e-mail address: it is kept for ten"
              + " years");
    }
  }
}
