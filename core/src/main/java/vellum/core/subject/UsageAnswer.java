package vellum.core.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.period.Place;
import vellum.core.period.UsageFinder;
import vellum.core.record.AccountId;
import vellum.core.record.MessageJson;
import vellum.core.seal.Identities;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.UsageOpener;

/**
 * Events of the usage log of the person who asks, as a user of the accounts that the request names,
 * or else of those whose records were found. Of accounts as a whole, all their events.
 *
 * @param events each a JSON object, as text
 * @param cut whether there are more than were given
 */
record UsageAnswer(List<String> events, boolean cut) {

  /** Events that are given at most. */
  static final int MOST = 10_000;

  private static final int PAGE = 1_000;

  UsageAnswer {
    events = List.copyOf(events);
  }

  static UsageAnswer of(Request request, List<String> found, AnswerParts parts) {
    List<String> events = new ArrayList<>();
    SortedSet<String> accounts = request.order().accounts();
    for (String account : accounts.isEmpty() ? new TreeSet<>(found) : accounts) {
      for (UsageFinder.Question question : questions(request, AccountId.of(account))) {
        add(events, question, parts);
      }
    }
    boolean cut = events.size() > MOST;
    return new UsageAnswer(cut ? events.subList(0, MOST) : events, cut);
  }

  private static List<UsageFinder.Question> questions(Request request, AccountId account) {
    if (request.order().who().isEmpty()) {
      long to = Parties.micros(request.order().receivedAt());
      return List.of(new UsageFinder.Question(account, null, null, 0, to));
    }
    return request.order().who().stream()
        .map(
            who ->
                new UsageFinder.Question(
                    account,
                    who.subject().value(),
                    null,
                    Parties.micros(who.from()),
                    Parties.micros(who.to())))
        .toList();
  }

  private static void add(List<String> events, UsageFinder.Question asked, AnswerParts parts) {
    UsageOpener opener = new UsageOpener();
    MessageJson json = MessageJson.ofEvents();
    @Nullable Place after = null;
    do {
      UsageFinder.Page page = parts.usage().find(asked, after, PAGE);
      for (SealedRecord event : page.events()) {
        cipher(event, parts)
            .ifPresent(
                cipher ->
                    events.add(
                        json.text(opener.open(event, Identities.CLEAR, cipher).toByteArray())));
      }
      after = page.next();
    } while (after != null && events.size() <= MOST);
  }

  private static Optional<MonthCipher> cipher(SealedRecord event, AnswerParts parts) {
    try {
      return parts.keys().existing(event.month()).map(MonthKey::newCipher);
    } catch (CryptoException.KeyDestroyed meanwhile) {
      return Optional.empty();
    }
  }

  /** Says how many, and not whose. */
  @Override
  public String toString() {
    return events.size() + " events";
  }
}
