package vellum.core.rerating;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.RunName;
import vellum.core.journal.OwnStreamException;
import vellum.core.record.AccountId;
import vellum.core.record.Sha256;

/**
 * Re-ratings, one at a time: takes orders, does them in bounded steps, and tells how they are.
 * {@link #doWork} is for one thread; the rest is safe from any.
 */
public final class Rerating {

  /** Dry runs that are remembered; they are not stored. */
  private static final int MOST_DRY_RUNS = 100;

  private static final String DRY = "dry-";

  private final RerateParts parts;
  private final Map<String, RerateRun> over = new LinkedHashMap<>();
  private long lastNumber;
  private long lastDryRun;
  private @Nullable RerateJob job;

  /**
   * What is to be done.
   *
   * @param file the rates as they came, for the digest
   * @param applies whether records are to be changed; otherwise only what would change is found
   * @param reason why, when it applies
   */
  public record Order(
      RateTable rates, byte[] file, RerateScope scope, boolean applies, String reason) {

    /** SHA-256 of rates and scope, hexadecimal. */
    String digest() {
      MessageDigest sha256 = Sha256.begin();
      sha256.update(Sha256.begin().digest(file));
      sha256.update((scope.fromDay() + " " + scope.toDay()).getBytes(StandardCharsets.US_ASCII));
      for (AccountId account : scope.accounts()) {
        byte[] id = account.value().getBytes(StandardCharsets.UTF_8);
        sha256.update((byte) id.length);
        sha256.update(id);
      }
      return Sha256.hex(sha256);
    }
  }

  /** Knows the runs that were applied before, and which of them were interrupted. */
  public Rerating(RerateParts parts) {
    this.parts = parts;
    for (RerateRun run : parts.runs().all()) {
      over.put(run.id(), run);
      lastNumber = RunStore.number(run.id());
    }
  }

  /**
   * Begins a run; one that is applied, was broken off, and is ordered again goes on.
   *
   * @throws RerateException.Busy while another is under way
   */
  public synchronized RerateRun start(Order order) {
    RerateJob current = job;
    if (current != null) {
      throw new RerateException.Busy(current.run().id());
    }
    String digest = order.digest();
    RerateRun brokenOff = order.applies() ? brokenOff(digest) : null;
    RunStore.Step step =
        brokenOff == null ? null : parts.runs().step(RunStore.number(brokenOff.id()));
    RerateRun run =
        brokenOff == null
            ? begun(order, digest)
            : brokenOff.at(
                RerateRun.State.WAITING,
                RerateRun.Progress.NONE,
                step == null ? brokenOff.applied() : step.applied(),
                "");
    over.remove(run.id());
    job = new RerateJob(parts, run, order.rates(), step);
    return run;
  }

  private @Nullable RerateRun brokenOff(String digest) {
    return over.values().stream()
        .filter(run -> run.applies() && run.digest().equals(digest))
        .filter(run -> run.state() != RerateRun.State.DONE && run.report().hasRecords())
        .reduce((older, newer) -> newer)
        .orElse(null);
  }

  private RerateRun begun(Order order, String digest) {
    String id = order.applies() ? RunName.of(++lastNumber) : DRY + ++lastDryRun;
    return new RerateRun(
        id,
        order.applies(),
        RerateRun.State.WAITING,
        digest,
        order.scope(),
        order.rates().size(),
        order.reason(),
        parts.clock().instant(),
        null,
        RerateRun.Progress.NONE,
        RerateReport.EMPTY,
        RerateRun.Applied.NONE,
        "");
  }

  /** A run by its id. */
  public synchronized Optional<RerateRun> run(String id) {
    RerateJob current = job;
    if (current != null && current.run().id().equals(id)) {
      return Optional.of(current.run());
    }
    return Optional.ofNullable(over.get(id));
  }

  /** All runs that are remembered, newest first. */
  public synchronized List<RerateRun> runs() {
    List<RerateRun> all = new ArrayList<>(over.values());
    RerateJob current = job;
    if (current != null) {
      all.add(current.run());
    }
    Collections.reverse(all);
    return all;
  }

  /** Does a bounded step of the run under way; 0 when there is none, or it waits. */
  public int doWork() {
    RerateJob current = current();
    if (current == null) {
      return 0;
    }
    int done;
    try {
      done = current.step();
    } catch (RerateException | OwnStreamException e) {
      current.fail(String.valueOf(e.getMessage()));
      done = 1;
    }
    if (current.run().isOver()) {
      end(current);
    }
    return done;
  }

  private synchronized @Nullable RerateJob current() {
    return job;
  }

  /** Ends the run under way, for a failure that a step threw. */
  public void fail(RuntimeException cause) {
    RerateJob current = current();
    if (current != null) {
      current.fail("failed inside: " + cause.getClass().getSimpleName());
      end(current);
    }
  }

  private synchronized void end(RerateJob ended) {
    over.put(ended.run().id(), ended.run());
    job = null;
    forget(DRY, MOST_DRY_RUNS);
    forget(RunName.PREFIX, RunStore.MOST_RUNS);
  }

  private void forget(String prefix, int most) {
    List<String> ids = over.keySet().stream().filter(id -> id.startsWith(prefix)).toList();
    if (ids.size() > most) {
      over.remove(ids.get(0));
    }
  }
}
