package vellum.core.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import vellum.core.seal.TestBatches;

/** A process that appends until it is killed and prints what was acknowledged. */
final class JournalChild {

  private static final int WINDOW = 32;

  private JournalChild() {}

  public static void main(String[] arguments) throws Exception {
    JournalConfig.Ack ack = JournalConfig.Ack.valueOf(arguments[1]);
    int limit = Integer.parseInt(arguments[2]);
    RecordingDisk disk = new RecordingDisk();
    ChronicleJournal journal =
        ChronicleJournal.open(
            Path.of(arguments[0]),
            JournalRig.config(ack, 64, 10),
            new StreamStates(),
            0,
            InstantSource.system(),
            disk);
    try (JournalThreads threads = new JournalThreads(journal)) {
      append(journal, limit);
      System.out.println("forces " + disk.forces());
    }
  }

  private static void append(ChronicleJournal journal, int limit) throws Exception {
    Semaphore opened = new Semaphore(0);
    List<StreamLease> leases = new ArrayList<>();
    journal.open(JournalRig.STREAM, 1, 0, new Waking(leases, opened));
    opened.acquire();
    StreamLease lease = leases.get(0);
    Semaphore window = new Semaphore(WINDOW);
    System.out.println("last " + lease.lastSequence());
    for (int i = 1; i <= limit; i++) {
      window.acquire();
      long first = lease.lastSequence() + i;
      Journal.Receipt receipt = new Printing(first, window);
      while (journal.append(lease, first, TestBatches.filled(1, 3_000, first), receipt)
          != Journal.Admission.TAKEN) {
        Thread.onSpinWait();
      }
    }
    window.acquire(WINDOW);
  }

  private record Waking(List<StreamLease> given, Semaphore opened) implements Journal.OpenReceipt {
    @Override
    public void opened(StreamLease lease) {
      given.add(lease);
      opened.release();
    }

    @Override
    public void fenced(long currentEpoch) {
      throw new AssertionError();
    }

    @Override
    public void tooManyStreams(int limit) {
      throw new AssertionError();
    }

    @Override
    public void failed(JournalException cause) {
      throw new AssertionError(cause);
    }
  }

  private record Printing(long sequence, Semaphore window) implements Journal.Receipt {
    @Override
    public void durable(long journalSequence) {
      System.out.println("ack " + sequence);
      window.release();
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
