package vellum.bench.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One peer in one round: all works, one after the other, each bounded. A work that fails is noted;
 * what comes behind a failure is not measured, for the peer's state is unknown. For one thread.
 */
final class Trial {

  private final Peer peer;
  private final PeerPlace place;
  private final Plan plan;
  private final Outcomes outcomes;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "trial");
            worker.setDaemon(true);
            return worker;
          });
  private String failure = "";
  private long loaded;

  /**
   * What to do.
   *
   * @param traffic directory that {@link TrafficMaker} filled
   * @param rate records a second while questions are asked
   * @param limit of each work
   */
  record Plan(Path traffic, Set<Work> works, int rate, Duration limit) {}

  Trial(Peer peer, PeerPlace place, Plan plan, Outcomes outcomes) {
    this.peer = peer;
    this.place = place;
    this.plan = plan;
    this.outcomes = outcomes;
  }

  /** Something to be done for a work. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  /** Does all; returns whether nothing failed. */
  boolean run() throws Exception {
    Questions questions = Questions.read(plan.traffic);
    try {
      LoadWork loads = new LoadWork(peer, plan.traffic, outcomes);
      QuestionWork asking = new QuestionWork(peer, questions, outcomes);
      DiskWork disk = new DiskWork(peer, place, questions, outcomes);
      step(Work.W1, "start", peer::start);
      if (plan.works.contains(Work.W3) || plan.works.contains(Work.W5)) {
        step(Work.W1, "eleven months' history", () -> loads.history(plan.limit));
        loaded += distinct(questions, Slice.HISTORY);
      }
      step(Work.W1, Work.W1.title(), () -> loads.measure(plan.limit));
      for (Slice slice : Slice.values()) {
        loaded += slice.isLoad() ? distinct(questions, slice) : 0;
      }
      step(Work.W1, "rest", peer::rest);
      work(Work.W3, asking::numbers);
      work(Work.W4, asking::totals);
      work(
          Work.W2,
          () -> {
            asking.hours(plan.traffic, plan.rate);
            loaded += distinct(questions, Slice.QUESTIONS);
          });
      work(Work.W6, () -> disk.bytes(loaded));
      work(Work.W5, disk::strip);
      work(Work.W7, () -> new CrashWork(peer, questions, outcomes).run(plan.traffic));
      return failure.isEmpty();
    } finally {
      thread.shutdownNow();
      peer.close();
    }
  }

  private static long distinct(Questions questions, Slice slice) {
    return questions.distinct().getOrDefault(slice, 0L);
  }

  private void work(Work work, Step step) {
    if (plan.works.contains(work)) {
      step(work, work.title(), step);
    }
  }

  private void step(Work work, String title, Step step) {
    if (!failure.isEmpty()) {
      outcomes.none(work, "not measured: " + failure);
      return;
    }
    System.err.println("  " + work + " " + title);
    try {
      thread
          .submit(
              () -> {
                step.run();
                return work;
              })
          .get(plan.limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NotPossible why) {
        outcomes.none(work, "not possible: " + why.getMessage());
      } else {
        failed(work, String.valueOf(e.getCause()));
      }
    } catch (TimeoutException e) {
      failed(work, "took longer than " + plan.limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(work, "interrupted");
    }
  }

  private void failed(Work work, String why) {
    failure = work + " failed";
    System.err.println("  " + work + " failed: " + why);
    outcomes.none(work, "FAILED: " + why);
  }
}
