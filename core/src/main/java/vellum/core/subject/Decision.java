package vellum.core.subject;

import java.time.Instant;

/**
 * What was decided about a request. Immutable.
 *
 * @param granted whether it is done; otherwise it is refused
 * @param reason why, as whoever asked is told: plain text without an identity
 * @param by name of who decided; empty of what is decided by rule
 */
public record Decision(boolean granted, String reason, String by, Instant at) {

  public Decision {
    Texts.require("reason", reason, 1, Texts.MOST_REASON);
  }
}
