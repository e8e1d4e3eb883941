package vellum.ingest.demo;

import java.util.ArrayList;
import java.util.List;
import vellum.ingest.demo.Communication.Outcome;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.Submission;

/** Later versions of a communication's aspects, each as a message of its own. Not thread-safe. */
final class Changes {

  /** Higher than what the first messages bring. */
  private static final int VERSION = 3;

  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final String[] CURRENCIES = {"EUR", "USD", "GBP", "CHF"};
  private static final int OTHER_CURRENCY_OF = 8;
  private static final int MOST_NANOS = 90_000_000;

  private final Dice dice;
  private final Messages messages;
  private final Subscribers subscribers;

  Changes(Dice dice, Messages messages, Subscribers subscribers) {
    this.dice = dice;
    this.messages = messages;
    this.subscribers = subscribers;
  }

  /** One to four messages, each with another version of an aspect. */
  List<DetailRecord> draw(Communication c) {
    List<DetailRecord> changes = new ArrayList<>();
    int which = 1 + dice.below(15);
    if ((which & 1) != 0) {
      changes.add(messages.header(c).setDelivery(delivery(c)).build());
    }
    if ((which & 2) != 0) {
      changes.add(messages.header(c).setRating(rating(c, VERSION)).build());
      if (dice.below(4) == 0) {
        changes.add(messages.header(c).setRating(rating(c, VERSION + 1)).build());
      }
    }
    if ((which & 4) != 0) {
      changes.add(messages.header(c).addLegs(leg(c)).build());
    }
    if (which == 15) {
      changes.add(messages.header(c).setSubmission(submission(c)).build());
    }
    return changes.isEmpty()
        ? List.of(messages.header(c).setRating(rating(c, VERSION)).build())
        : changes;
  }

  private Delivery delivery(Communication c) {
    Outcome other = OUTCOMES[dice.below(OUTCOMES.length)];
    return messages.delivery(c).toBuilder()
        .setVersion(VERSION)
        .setStatusGroup(other.group)
        .setStatus(other.status)
        .setErrorGroup(other.errorGroup)
        .setErrorCode(other.error)
        .build();
  }

  private Rating rating(Communication c, int version) {
    Rating.Builder rating =
        messages.rating(c).toBuilder()
            .setVersion(version)
            .setSalePriceNanos(c.saleNanos + dice.below(2 * MOST_NANOS) - MOST_NANOS)
            .setCostPriceNanos(c.costNanos + dice.below(MOST_NANOS));
    if (dice.below(OTHER_CURRENCY_OF) == 0) {
      rating.setCurrency(CURRENCIES[dice.below(CURRENCIES.length)]);
    }
    return rating.build();
  }

  private Leg leg(Communication c) {
    return messages.endedLeg(c, 1, VERSION).toBuilder()
        .setCostNanos(c.costNanos + dice.below(MOST_NANOS) - MOST_NANOS / 2)
        .setStatusGroup(OUTCOMES[dice.below(OUTCOMES.length)].group)
        .build();
  }

  /** The number turned out to be ported. */
  private Submission submission(Communication c) {
    Submission.Builder submission = messages.submission(c).toBuilder().setVersion(VERSION);
    if (!submission.getMccMnc().isEmpty()) {
      submission.setMccMnc(subscribers.network(c.country, c.subscriber + 1));
    }
    return submission.build();
  }
}
