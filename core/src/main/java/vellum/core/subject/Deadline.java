package vellum.core.subject;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Until when a request must be answered: one calendar month from the day of receipt, and two more
 * once it was extended, with a reason (GDPR article 12, paragraph 3). Days of UTC. A month ends on
 * the day of the same number, or on its last day where there is none: what comes on 31 January is
 * due on 28 or 29 February. The whole of the last day is still in time (Regulation 1182/71, article
 * 3). Immutable.
 *
 * @param receivedAt when the request came
 * @param extension there when it was extended
 */
public record Deadline(Instant receivedAt, Optional<Extension> extension) {

  private static final int MONTHS = 1;
  private static final int MONTHS_EXTENDED = 3;

  /**
   * That a request takes longer, as its sender was told.
   *
   * @param reason why; plain text without an identity
   */
  public record Extension(Instant at, String by, String reason) {
    public Extension {
      Texts.require("reason", reason, 1, Texts.MOST_REASON);
    }
  }

  /** Of a request that was just received. */
  static Deadline of(Instant receivedAt) {
    return new Deadline(receivedAt, Optional.empty());
  }

  /** The last day without an extension. */
  public LocalDate first() {
    return received().plusMonths(MONTHS);
  }

  /** The last day with an extension, counted from the receipt, not from the first deadline. */
  public LocalDate extended() {
    return received().plusMonths(MONTHS_EXTENDED);
  }

  /** The last day that holds now. */
  public LocalDate due() {
    return extension.isPresent() ? extended() : first();
  }

  /** Whether the last day is over. */
  public boolean isOver(Instant now) {
    return isAfter(due(), now);
  }

  /**
   * Extends it.
   *
   * @throws RequestException.AlreadyExtended when it was
   * @throws RequestException.ExtendedTooLate when the first deadline is over: whoever asked must be
   *     told before
   */
  Deadline extend(Extension by) {
    if (extension.isPresent()) {
      throw new RequestException.AlreadyExtended(due());
    }
    if (isAfter(first(), by.at())) {
      throw new RequestException.ExtendedTooLate(first());
    }
    return new Deadline(receivedAt, Optional.of(by));
  }

  private static boolean isAfter(LocalDate last, Instant now) {
    return !now.isBefore(last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private LocalDate received() {
    return LocalDate.ofInstant(receivedAt, ZoneOffset.UTC);
  }
}
