package vellum.bench.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import vellum.bench.process.Times;

/**
 * W2, W3 and W4: questions, one after the other, whose answers are checked. Each kind is asked for
 * some seconds before it counts: a server that answers its first questions ever is no one's case.
 * For one thread.
 */
final class QuestionWork {

  private static final int TIMES = 5;
  private static final Duration WARM = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofMinutes(2);

  private final Peer peer;
  private final Questions questions;
  private final Outcomes outcomes;
  private int wrong;
  private String lastWrong = "";

  QuestionWork(Peer peer, Questions questions, Outcomes outcomes) {
    this.peer = peer;
    this.questions = questions;
    this.outcomes = outcomes;
  }

  /** W3, each number once. */
  void numbers() throws Exception {
    warm(i -> number(i, new Times()));
    Times times = new Times();
    for (int i = 0; i < questions.numbers().size(); i++) {
      number(i, times);
    }
    outcomes.tell(Figure.FIND_P50, times.millisAt(50), note(times.size()));
    outcomes.tell(Figure.FIND_P99, times.millisAt(99), note(times.size()));
  }

  /** W4. */
  void totals() throws Exception {
    wrong = 0;
    Times first = new Times();
    month(first);
    outcomes.tell(Figure.TOTALS_FIRST, first.millisAt(50), note(1));
    warm(i -> month(new Times()));
    Times times = new Times();
    for (int i = 0; i < TIMES; i++) {
      month(times);
    }
    outcomes.tell(Figure.TOTALS, times.millisAt(50), note(times.size()));
  }

  /** W2, while records of a slice come at a rate. */
  void hours(Path traffic, int rate) throws Exception {
    // Before the load, which a peer that cannot answer does not get.
    warm(i -> hour(i, new Times()));
    Times times = new Times();
    AckCount acks = new AckCount(false);
    long expected = questions.recordsOf(Slice.QUESTIONS);
    long sent;
    long nanos;
    try (RecordFeed feed = new RecordFeed(Slice.QUESTIONS.file(traffic), rate);
        Producers producers = Producers.open(peer, feed, Slice.QUESTIONS, expected, acks)) {
      long start = System.nanoTime();
      producers.start();
      long until = start + TimeUnit.SECONDS.toNanos(expected) / rate;
      for (int i = 0; System.nanoTime() - until < 0; i++) {
        hour(i, times);
      }
      nanos = producers.await(GRACE);
      sent = acks.acked();
    }
    peer.settle();
    outcomes.tell(Figure.LIST_P50, times.millisAt(50), note(times.size()));
    outcomes.tell(Figure.LIST_P99, times.millisAt(99), note(times.size()));
    outcomes.tell(Figure.LIST_LOAD, Math.min(100, 100e9 * sent / nanos / rate), note(times.size()));
  }

  /** A question of many, by its number. */
  private interface Question {
    void ask(int number) throws Exception;
  }

  /** What is answered wrong meanwhile is not counted: the same is asked again behind it. */
  private void warm(Question question) throws Exception {
    long until = System.nanoTime() + WARM.toNanos();
    for (int i = 0; System.nanoTime() - until < 0; i++) {
      question.ask(i);
    }
    wrong = 0;
  }

  private void number(int question, Times times) throws Exception {
    Questions.Subject asked = questions.numbers().get(question % questions.numbers().size());
    long start = System.nanoTime();
    int found = peer.find(asked.number(), Questions.LIMIT);
    times.add(System.nanoTime() - start);
    check(found, asked.records());
  }

  private void month(Times times) throws Exception {
    long start = System.nanoTime();
    Peer.Totals found = peer.totals(Slice.CURRENT);
    times.add(System.nanoTime() - start);
    check(found, questions.totals());
  }

  private void hour(int question, Times times) throws Exception {
    Questions.Hour hour = questions.hours().get(question % questions.hours().size());
    long start = System.nanoTime();
    int found = peer.list(hour.account(), hour.fromMicros(), hour.toMicros(), Questions.LIMIT);
    times.add(System.nanoTime() - start);
    check(found, hour.records());
  }

  private void check(Object found, Object right) {
    if (!found.equals(right)) {
      wrong++;
      lastWrong = found + " in place of " + right;
    }
  }

  private String note(int asked) {
    return wrong == 0 ? "" : "WRONG: " + wrong + " of " + asked + " answers, such as " + lastWrong;
  }
}
