package vellum.core.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;

/**
 * A customer of the platform, known by its id alone: a natural person's name would be an identity
 * that no deadline erases.
 *
 * @param id 1 to 64 bytes of UTF-8
 * @param terms in the order of time, at least one
 * @param senders the numbers and addresses that are the business's own
 */
public record Account(AccountId id, List<AccountTerms> terms, SenderInventory senders) {

  public Account {
    Codes.id("id", id.value());
    terms = Dated.history(terms);
  }

  /** The terms at a time in microseconds since the epoch, or null before the first. */
  public @Nullable AccountTerms termsAt(long atMicros) {
    return Dated.at(terms, atMicros);
  }

  /**
   * Whether an address in canonical form is the business's own at a time, and so no identity.
   * Allocates nothing.
   */
  public boolean isBusinessSender(String canonical, long atMicros) {
    return senders.contains(canonical, atMicros);
  }
}
