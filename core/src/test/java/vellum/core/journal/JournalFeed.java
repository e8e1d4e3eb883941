package vellum.core.journal;

import java.util.ArrayList;
import java.util.List;
import vellum.core.seal.SealedBatch;

/** A stream of a test into a journal of its own, whose two workers it drives. For one thread. */
public final class JournalFeed {

  private final ChronicleJournal journal;
  private final StreamLease lease;
  private long nextSequence;

  /** Takes the stream over in its first epoch. */
  public JournalFeed(ChronicleJournal journal, StreamId stream) {
    this(journal, stream, 1);
  }

  /** Takes the stream over. */
  public JournalFeed(ChronicleJournal journal, StreamId stream, long epoch) {
    this.journal = journal;
    List<StreamLease> opened = new ArrayList<>();
    journal.open(
        stream,
        epoch,
        0,
        new Journal.OpenReceipt() {
          @Override
          public void opened(StreamLease given) {
            opened.add(given);
          }

          @Override
          public void fenced(long currentEpoch) {
            throw new AssertionError("fenced by epoch " + currentEpoch);
          }

          @Override
          public void tooManyStreams(int limit) {
            throw new AssertionError("more than " + limit + " streams");
          }

          @Override
          public void failed(JournalException cause) {
            throw cause;
          }
        });
    drain();
    lease = opened.get(0);
    nextSequence = lease.lastSequence() + 1;
  }

  /** Segments and reserves that suit a test's directory. */
  public static JournalConfig smallConfig() {
    JournalConfig defaults = JournalConfig.defaults();
    return new JournalConfig(
        JournalConfig.Ack.DISK,
        256,
        8 << 20,
        8 << 20,
        defaults.segmentAge(),
        1 << 20,
        200 << 10,
        8 << 20,
        16 << 20,
        1 << 20,
        defaults.forceEvery(),
        1000);
  }

  /** Appends a batch, of which nothing is rejected; durable when this returns. */
  public void send(SealedBatch batch) {
    send(batch, () -> {});
  }

  /**
   * The same.
   *
   * @param whenDurable called by the journal's receipt
   */
  public void send(SealedBatch batch, Runnable whenDurable) {
    if (!batch.rejected().isEmpty()) {
      throw new AssertionError(batch.rejected().toString());
    }
    List<Long> durable = new ArrayList<>();
    Journal.Admission admission =
        journal.append(
            lease,
            nextSequence,
            batch,
            new Journal.Receipt() {
              @Override
              public void durable(long journalSequence) {
                durable.add(journalSequence);
                whenDurable.run();
              }

              @Override
              public void fenced() {
                throw new AssertionError("fenced");
              }

              @Override
              public void failed(JournalException cause) {
                throw cause;
              }
            });
    if (admission != Journal.Admission.TAKEN) {
      throw new AssertionError("not taken: " + admission);
    }
    drain();
    if (durable.size() != 1) {
      throw new AssertionError("not durable after a force");
    }
    nextSequence += batch.sequences();
  }

  /** Leaves sequences out. */
  public void skip(int sequences) {
    nextSequence += sequences;
  }

  /** Sequence of the record that is sent next. */
  public long nextSequence() {
    return nextSequence;
  }

  /** Says goodbye with a last sequence; the feed may go on. */
  public void end(long last) {
    List<Long> durable = new ArrayList<>();
    journal.end(lease, last, new Durable(durable));
    drain();
    if (durable.size() != 1) {
      throw new AssertionError("not durable after a force");
    }
  }

  /** Lets the journal's workers work until they have nothing left. */
  public void drain() {
    while (journal.appender().doWork() + journal.forcer().doWork() > 0) {
      // Until both have nothing left.
    }
  }
}
