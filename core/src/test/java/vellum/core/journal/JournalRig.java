package vellum.core.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import vellum.core.seal.SealedBatch;

/** A journal without threads: its workers run when the test says so, its clocks stand still. */
final class JournalRig implements AutoCloseable {

  static final int MIB = 1_024 * 1_024;
  static final StreamId STREAM = new StreamId("platform", "pod-1", 0);

  final RecordingDisk disk;
  final AtomicLong wallMillis =
      new AtomicLong(Instant.parse("2026-11-21T10:00:00Z").toEpochMilli());
  final AtomicLong nanos = new AtomicLong(1);
  final List<String> answers = new ArrayList<>();
  final ChronicleJournal journal;

  JournalRig(Path directory) {
    this(directory, config(JournalConfig.Ack.DISK), new StreamStates(), 0, new RecordingDisk());
  }

  JournalRig(Path directory, JournalConfig config) {
    this(directory, config, new StreamStates(), 0, new RecordingDisk());
  }

  JournalRig(
      Path directory, JournalConfig config, StreamStates states, long floor, RecordingDisk disk) {
    this.disk = disk;
    this.journal =
        ChronicleJournal.open(
            new JournalSetup(
                directory, config, () -> Instant.ofEpochMilli(wallMillis.get()), nanos::get, disk),
            states,
            floor);
  }

  static JournalConfig config(JournalConfig.Ack ack) {
    return config(ack, 16, 100);
  }

  static JournalConfig config(JournalConfig.Ack ack, int ring, int streams) {
    return new JournalConfig(
        ack,
        ring,
        2 * MIB,
        4L * MIB,
        Duration.ofHours(1),
        MIB,
        MIB / 4 - JournalConfig.HEAD_BYTES,
        4L * MIB,
        5L * MIB,
        MIB,
        Duration.ofMillis(50),
        streams);
  }

  /** Lets both workers do all there is to do. */
  JournalRig work() {
    int done;
    do {
      done = journal.appender().doWork() + journal.forcer().doWork();
    } while (done > 0);
    return this;
  }

  void appendOnly() {
    int done;
    do {
      done = journal.appender().doWork();
    } while (done > 0);
  }

  /** Opens a stream and returns its lease. */
  StreamLease lease(StreamId stream, long epoch) {
    List<StreamLease> leases = new ArrayList<>();
    journal.open(stream, epoch, 0, new Opening(leases));
    work();
    if (leases.size() != 1) {
      throw new AssertionError("no lease: " + answers);
    }
    return leases.get(0);
  }

  StreamLease lease() {
    return lease(STREAM, 1);
  }

  Journal.Admission append(StreamLease lease, long first, SealedBatch batch) {
    return journal.append(lease, first, batch, new Answer("" + first));
  }

  final class Opening implements Journal.OpenReceipt {
    private final List<StreamLease> leases;

    Opening(List<StreamLease> leases) {
      this.leases = leases;
    }

    @Override
    public void opened(StreamLease lease) {
      leases.add(lease);
    }

    @Override
    public void fenced(long currentEpoch) {
      answers.add("open fenced by " + currentEpoch);
    }

    @Override
    public void tooManyStreams(int limit) {
      answers.add("more than " + limit);
    }

    @Override
    public void failed(JournalException cause) {
      answers.add("open failed " + cause.getClass().getSimpleName());
    }
  }

  final class Answer implements Journal.Receipt {
    private final String name;

    Answer(String name) {
      this.name = name;
    }

    @Override
    public void durable(long journalSequence) {
      answers.add(name + " durable " + journalSequence);
    }

    @Override
    public void fenced() {
      answers.add(name + " fenced");
    }

    @Override
    public void failed(JournalException cause) {
      answers.add(name + " failed " + cause.getClass().getSimpleName());
    }
  }

  /** What a tail gives, until there is nothing more. */
  static List<String> read(JournalTail tail) {
    List<String> read = new ArrayList<>();
    for (JournalEntry entry = tail.next(); entry != null; entry = tail.next()) {
      read.add(
          entry.sequence()
              + " "
              + entry.kind()
              + " "
              + entry.firstSequence()
              + "+"
              + entry.sequences()
              + "-"
              + entry.skip());
    }
    return read;
  }

  List<String> readAfter(long sequence) {
    try (JournalTail tail = journal.tail(sequence)) {
      return read(tail);
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
