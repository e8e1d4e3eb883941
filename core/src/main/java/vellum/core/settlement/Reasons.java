package vellum.core.settlement;

import java.nio.charset.StandardCharsets;
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
    byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
    if (ClearText.holdsIdentity(utf8, 0, utf8.length)) {
      throw new SettlementException.BadReason(
          "a reason must not hold a telephone number or an e-mail address: it is kept for ten"
              + " years");
    }
  }
}
