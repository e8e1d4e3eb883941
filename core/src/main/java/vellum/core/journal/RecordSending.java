package vellum.core.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.Rejected;

/**
 * Records on their way into a stream of the server's own: in batches of bounded size, which share
 * the journal's forces. No thread waits, neither while the journal is busy nor for its answers. For
 * one list of records; used by one thread at a time.
 */
public final class RecordSending {

  /** Records of a batch, at most. */
  public static final int MOST_RECORDS = 1_000;

  private static final int MOST_CLEAR_BYTES = 256 << 10;

  private final OwnStream stream;
  private final List<byte[]> records;
  private final Predicate<String> accountAllowed;
  private final Retries retries;
  private final long deadline;
  private final List<CompletableFuture<List<Rejected>>> answers = new ArrayList<>();
  private final CompletableFuture<List<Rejected>> done = new CompletableFuture<>();
  private final RetryPause pause = new RetryPause();
  private int from;
  private int filled;

  /**
   * What is done while the journal takes nothing.
   *
   * @param threads on which it is tried again
   * @param nanoClock monotonic nanoseconds
   * @param within how long it is tried in all
   */
  public record Retries(
      ScheduledExecutorService threads, LongSupplier nanoClock, Duration within) {}

  private RecordSending(
      OwnStream stream, List<byte[]> records, Predicate<String> accountAllowed, Retries retries) {
    this.stream = stream;
    this.records = records;
    this.accountAllowed = accountAllowed;
    this.retries = retries;
    this.deadline = retries.nanoClock.getAsLong() + retries.within.toNanos();
  }

  /**
   * Seals records and hands them to the journal.
   *
   * @param records in their Protobuf encoding; not to be changed before the answer
   * @param accountAllowed whether records of an account are taken
   * @return the records that were rejected, by their place in the list, once all others are
   *     durable; or {@link OwnStreamException} when it is not known that they are: those of some
   *     batches may be. Completed on a journal's thread, which must not be held up
   */
  public static CompletableFuture<List<Rejected>> send(
      OwnStream stream, List<byte[]> records, Predicate<String> accountAllowed, Retries retries) {
    RecordSending sending = new RecordSending(stream, records, accountAllowed, retries);
    sending.sendOn();
    return sending.done;
  }

  private void sendOn() {
    try {
      while (from < records.size()) {
        int first = from;
        int to = endOfBatch(first);
        answers.add(
            stream
                .send(accountAllowed, sealer -> fill(sealer, first, to))
                .thenApply(written -> moved(written.rejected(), first)));
        from = filled;
        pause.reset();
      }
    } catch (OwnStreamException.Busy | OwnStreamException.DiskLow notTaken) {
      sendLater(notTaken);
      return;
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
      return;
    }
    CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
        .whenComplete((all, failure) -> end(failure));
  }

  private void sendLater(OwnStreamException notTaken) {
    if (deadline - retries.nanoClock.getAsLong() <= 0) {
      done.completeExceptionally(notTaken);
      return;
    }
    try {
      retries.threads.schedule(this::sendOn, pause.nanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopping) {
      done.completeExceptionally(notTaken);
    }
  }

  private void end(@Nullable Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(failure);
      return;
    }
    List<Rejected> all = new ArrayList<>();
    answers.forEach(answer -> all.addAll(answer.join()));
    done.complete(all);
  }

  private int endOfBatch(int first) {
    int to = first;
    int bytes = 0;
    while (to < records.size() && to - first < MOST_RECORDS) {
      bytes += records.get(to).length;
      if (to > first && bytes > MOST_CLEAR_BYTES) {
        break;
      }
      to++;
    }
    return to;
  }

  private void fill(BatchSealer sealer, int first, int to) {
    for (filled = first; filled < to && !sealer.isFull(); filled++) {
      byte[] record = records.get(filled);
      sealer.add(record, 0, record.length);
    }
  }

  private static List<Rejected> moved(List<Rejected> rejected, int by) {
    return rejected.stream()
        .map(one -> new Rejected(by + one.offset(), one.code(), one.reason()))
        .toList();
  }
}
