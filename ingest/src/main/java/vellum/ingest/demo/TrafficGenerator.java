package vellum.ingest.demo;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;

/**
 * A stream of made-up messages, pulled one at a time: {@code while (generator.next()) {
 * send(generator.record()); }}. New records start in ascending order, apart from late ones. Later
 * aspects and duplicates wait in a ring of slots; a message put into a slot pushes out the one that
 * waited there, so they come in any order, some thousands of messages later. Not thread-safe.
 */
public final class TrafficGenerator {

  /** Messages that wait at most. */
  private static final int WAITING = 4096;

  /** Share of split records whose rating overtakes their submission. */
  private static final double OVERTAKING = 0.02;

  private final GeneratorOptions options;
  private final Dice dice;
  private final Traffic traffic;
  private final Messages messages;
  private final Changes changes;
  private final Communication current;
  private final DetailRecord[] waiting = new DetailRecord[WAITING];
  private final ArrayDeque<DetailRecord> ready = new ArrayDeque<>();
  private final BitSet numbers = new BitSet();
  private final BitSet mails = new BitSet();
  private final BitSet chatIds = new BitSet();
  private DetailRecord record = DetailRecord.getDefaultInstance();
  private int drained;
  private long made;
  private long emitted;
  private long duplicates;
  private long laterAspects;
  private long subjects;

  public TrafficGenerator(GeneratorOptions options) {
    this.options = options;
    List<Country> countries = Country.all();
    Subscribers subscribers = new Subscribers(countries, options.subscribers());
    this.dice = new Dice(options.seed());
    this.traffic = new Traffic(options, dice, subscribers, countries);
    this.messages = new Messages(countries, subscribers, options.billing());
    this.changes = new Changes(dice, messages, subscribers);
    this.current = traffic.any();
  }

  /** Goes to the next message; false after the last one. */
  public boolean next() {
    while (ready.isEmpty() && made < options.records()) {
      make();
    }
    while (ready.isEmpty() && drained < WAITING) {
      DetailRecord last = waiting[drained++];
      if (last != null) {
        ready.add(last);
      }
    }
    DetailRecord next = ready.poll();
    if (next == null) {
      return false;
    }
    record = next;
    emitted++;
    return true;
  }

  /** The message that {@link #next} went to. */
  public DetailRecord record() {
    return record;
  }

  /** Records begun so far. */
  public long distinctRecords() {
    return made;
  }

  /** Messages given out so far. */
  public long messages() {
    return emitted;
  }

  /** Messages made so far that repeat another one. */
  public long duplicates() {
    return duplicates;
  }

  /** Messages made so far that bring only aspects of a record that another message begins. */
  public long laterAspects() {
    return laterAspects;
  }

  /**
   * Different numbers, addresses and chat ids of end users so far; the accounts' own not counted.
   */
  public long distinctSubjects() {
    return subjects;
  }

  private void make() {
    traffic.draw(current);
    made++;
    count();
    if (dice.chance(options.aspectShare())) {
      makeParts();
    } else {
      makeWhole();
    }
    double changeShare = options.billing().changeShare();
    if (changeShare > 0 && dice.chance(changeShare)) {
      for (DetailRecord change : changes.draw(current)) {
        later(change);
        laterAspects++;
      }
    }
  }

  private void makeWhole() {
    DetailRecord.Builder whole =
        messages
            .header(current)
            .setSubmission(messages.submission(current))
            .setDelivery(messages.delivery(current))
            .setRating(messages.rating(current))
            .addLegs(messages.endedLeg(current, 1, 1));
    if (current.failover) {
      whole.addLegs(messages.endedLeg(current, 2, 1));
    }
    emit(whole.build());
  }

  private void makeParts() {
    DetailRecord rating = messages.header(current).setRating(messages.rating(current)).build();
    boolean overtaking = dice.chance(OVERTAKING);
    if (overtaking) {
      emit(rating);
    }
    emit(
        messages
            .header(current)
            .setSubmission(messages.submission(current))
            .addLegs(messages.sentLeg(current))
            .build());
    later(messages.header(current).setDelivery(messages.delivery(current)).build());
    if (!overtaking) {
      later(rating);
    }
    if (current.failover) {
      later(
          messages
              .header(current)
              .addLegs(messages.endedLeg(current, 1, 2))
              .addLegs(messages.endedLeg(current, 2, 1))
              .build());
      laterAspects++;
    } else if (options.billing().ownCurrencies()) {
      later(messages.header(current).addLegs(messages.endedLeg(current, 1, 2)).build());
      laterAspects++;
    }
    laterAspects += 2;
  }

  private void emit(DetailRecord message) {
    ready.add(message);
    repeat(message);
  }

  private void later(DetailRecord message) {
    park(message);
    repeat(message);
  }

  private void repeat(DetailRecord message) {
    if (dice.chance(options.duplicateShare())) {
      park(message);
      duplicates++;
    }
  }

  private void park(DetailRecord message) {
    int slot = dice.below(WAITING);
    DetailRecord pushedOut = waiting[slot];
    if (pushedOut != null) {
      ready.add(pushedOut);
    }
    waiting[slot] = message;
  }

  private void count() {
    BitSet seen =
        current.channel == Channel.EMAIL
            ? mails
            : current.channel == Channel.MESSENGER || current.channel == Channel.TELEGRAM
                ? chatIds
                : numbers;
    if (!seen.get(current.subscriber)) {
      seen.set(current.subscriber);
      subjects++;
    }
  }
}
