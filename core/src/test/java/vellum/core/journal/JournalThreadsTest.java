package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.TestBatches;

/** The journal with its threads, several callers and a tail that follows. */
@Timeout(60)
final class JournalThreadsTest {

  private static final int CALLERS = 3;
  private static final int BATCHES = Integer.getInteger("vellum.batches", 1_000);
  private static final int RECORDS = 100;

  @TempDir Path directory;

  @Test
  void shouldAnswerEachBatchOnceAndTailAllInOrder() throws Exception {
    ChronicleJournal journal =
        ChronicleJournal.open(
            directory,
            JournalRig.config(JournalConfig.Ack.DISK, 64, 10),
            new StreamStates(),
            0,
            InstantSource.system(),
            new RealDisk());
    List<Caller> callers = new ArrayList<>();
    long start = System.nanoTime();
    try (JournalThreads threads = new JournalThreads(journal);
        JournalTail tail = journal.tail(0)) {
      for (int i = 0; i < CALLERS; i++) {
        callers.add(new Caller(journal, new StreamId("p", "i", i)));
      }
      callers.forEach(Thread::start);
      long last = 0;
      while (last < CALLERS * (BATCHES + 1L)) {
        JournalEntry entry = tail.next();
        if (entry == null) {
          Thread.onSpinWait();
        } else {
          assertThat(entry.sequence()).isEqualTo(++last);
          if (last % 100 == 0) {
            journal.release(last - 100);
          }
        }
      }
      for (Caller caller : callers) {
        caller.join();
        assertThat(caller.durable).hasSize(BATCHES).isSorted().doesNotHaveDuplicates();
      }
      print(System.nanoTime() - start, callers, journal.stats());
    }
  }

  private static void print(long nanos, List<Caller> callers, JournalStats stats) {
    long[] latencies =
        callers.stream()
            .flatMap(c -> c.nanos.stream())
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    System.out.printf(
        "journal: %,d records/s, ack p50 %,d us, p99 %,d us, %d forces of %,d us, %d rolls%n",
        (long) CALLERS * BATCHES * RECORDS * 1_000_000_000L / nanos,
        latencies[latencies.length / 2] / 1_000,
        latencies[latencies.length * 99 / 100] / 1_000,
        stats.forces(),
        stats.totalForceNanos() / stats.forces() / 1_000,
        stats.rolls());
  }

  private static final class Caller extends Thread {
    private final ChronicleJournal journal;
    private final StreamId stream;
    private final List<Long> durable = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private final CountDownLatch all = new CountDownLatch(BATCHES);

    Caller(ChronicleJournal journal, StreamId stream) {
      this.journal = journal;
      this.stream = stream;
    }

    @Override
    public void run() {
      List<StreamLease> leases = java.util.Collections.synchronizedList(new ArrayList<>());
      journal.open(stream, 1, 0, new Leases(leases));
      while (leases.isEmpty()) {
        Thread.onSpinWait();
      }
      SealedBatch batch = TestBatches.filled(RECORDS, RECORDS * 200, stream.stream());
      for (int i = 0; i < BATCHES; i++) {
        Timed receipt = new Timed(System.nanoTime());
        while (journal.append(leases.get(0), 1 + (long) i * RECORDS, batch, receipt)
            != Journal.Admission.TAKEN) {
          java.util.concurrent.locks.LockSupport.parkNanos(50_000);
        }
      }
      try {
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }

    private final class Timed implements Journal.Receipt {
      private final long start;

      Timed(long start) {
        this.start = start;
      }

      @Override
      public void durable(long journalSequence) {
        nanos.add(System.nanoTime() - start);
        durable.add(journalSequence);
        all.countDown();
      }

      @Override
      public void fenced() {
        throw new AssertionError();
      }

      @Override
      public void failed(JournalException cause) {
        throw new AssertionError(cause);
      }
    }
  }
}
