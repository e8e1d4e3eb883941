package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.TestBatches;

final class ChronicleJournalTest {

  @TempDir Path directory;
  private JournalRig rig;

  @BeforeEach
  void open() {
    rig = new JournalRig(directory);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static SealedBatch batch(int sequences) {
    return TestBatches.filled(sequences, 500, sequences);
  }

  @Test
  void shouldAnswerOnlyWhatIsForced() {
    StreamLease lease = rig.lease();

    rig.append(lease, 1, batch(10));
    rig.appendOnly();
    List<String> beforeForce = List.copyOf(rig.answers);
    List<String> tailed = rig.readAfter(1);
    rig.work();

    assertThat(beforeForce).isEmpty();
    assertThat(tailed).isEmpty();
    assertThat(rig.answers).containsExactly("1 durable 2");
    assertThat(rig.readAfter(0)).containsExactly("1 STREAM_OPENED 1+0-0", "2 RECORDS 1+10-0");
  }

  @Test
  void shouldForceManyBatchesAtOnce() {
    StreamLease lease = rig.lease();
    int before = rig.disk.forces();

    for (int i = 0; i < 10; i++) {
      rig.append(lease, 1 + i, batch(1));
    }
    rig.work();

    assertThat(rig.answers).hasSize(10).endsWith("10 durable 11");
    assertThat(rig.disk.forces() - before).isEqualTo(1);
  }

  @Test
  void shouldNotAnswerWhatIsAppendedDuringAForce() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, batch(1));
    rig.appendOnly();
    rig.disk.beforeForce(
        () -> {
          rig.append(lease, 2, batch(1));
          rig.appendOnly();
        });

    rig.journal.forcer().doWork();
    rig.disk.beforeForce(() -> {});

    assertThat(rig.answers).containsExactly("1 durable 2");
    assertThat(rig.journal.forced()).isEqualTo(2);
    assertThat(rig.work().answers).containsExactly("1 durable 2", "2 durable 3");
  }

  @Test
  void shouldGiveBackTheBytesThatWereAppended() {
    StreamLease lease = rig.lease();
    SealedBatch batch = TestBatches.filled(3, 100_000, 42, 1);
    rig.append(lease, 1, batch);
    rig.work();

    try (JournalTail tail = rig.journal.tail(1)) {
      JournalEntry entry = tail.next();

      assertThat(
              Arrays.copyOfRange(
                  entry.buffer(), entry.bodyOffset(), entry.bodyOffset() + entry.bodyLength()))
          .isEqualTo(Arrays.copyOf(batch.body(), batch.length()));
      assertThat(entry.stream()).isEqualTo(JournalRig.STREAM);
      assertThat(entry.epoch()).isEqualTo(1);
      assertThat(entry.appendedAtMicros()).isEqualTo(rig.wallMillis.get() * 1_000);
    }
  }

  @Test
  void shouldAnswerADuplicateOnlyWhenItsOriginalIsForced() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, batch(10));
    rig.append(lease, 1, batch(10));
    rig.append(lease, 4, batch(3));
    rig.appendOnly();
    List<String> beforeForce = List.copyOf(rig.answers);

    rig.work();

    assertThat(beforeForce).isEmpty();
    assertThat(rig.answers).containsExactly("1 durable 2", "1 durable 2", "4 durable 2");
    assertThat(rig.journal.appended()).isEqualTo(2);
    assertThat(rig.journal.stats().duplicates()).isEqualTo(13);
  }

  @Test
  void shouldSkipTheKnownPartOfABatchAndTakeGaps() {
    StreamLease lease = rig.lease();

    rig.append(lease, 1, batch(10));
    rig.append(lease, 6, batch(10));
    rig.append(lease, 20, batch(2));
    rig.work();

    assertThat(rig.readAfter(1))
        .containsExactly("2 RECORDS 1+10-0", "3 RECORDS 6+10-5", "4 RECORDS 20+2-0");
    assertThat(rig.journal.stats().gaps()).isEqualTo(1);
    assertThat(rig.journal.stats().duplicates()).isEqualTo(5);
  }

  @Test
  void shouldFenceTheOlderLeaseOfAnEpoch() {
    StreamLease older = rig.lease();
    rig.append(older, 1, batch(5));
    StreamLease newer = rig.lease();

    rig.append(older, 6, batch(1));
    rig.append(newer, 6, batch(1));
    rig.work();

    assertThat(newer.lastSequence()).isEqualTo(5);
    assertThat(newer.number()).isGreaterThan(older.number());
    assertThat(rig.answers).containsExactlyInAnyOrder("1 durable 2", "6 fenced", "6 durable 3");
    assertThat(rig.journal.stats().fenced()).isEqualTo(1);
  }

  @Test
  void shouldNotGiveALeaseBeforeWhatItTellsIsForced() {
    StreamLease first = rig.lease();
    List<StreamLease> leases = new ArrayList<>();
    rig.append(first, 1, batch(5));
    rig.journal.open(JournalRig.STREAM, 1, 0, rig.new Opening(leases));
    rig.appendOnly();
    assertThat(leases).isEmpty();

    rig.work();

    assertThat(leases).singleElement().extracting(StreamLease::lastSequence).isEqualTo(5L);
  }

  @Test
  void shouldRestartAStreamWithAHigherEpochAndRefuseALowerOne() {
    StreamLease first = rig.lease(JournalRig.STREAM, 3);
    rig.append(first, 1, batch(5));
    StreamLease second = rig.lease(JournalRig.STREAM, 4);
    rig.append(second, 1, batch(2));
    rig.append(first, 6, batch(1));
    rig.journal.open(JournalRig.STREAM, 3, 0, rig.new Opening(new ArrayList<>()));
    rig.work();

    assertThat(second.lastSequence()).isZero();
    assertThat(rig.answers)
        .containsExactlyInAnyOrder("1 durable 2", "1 durable 4", "6 fenced", "open fenced by 4");
  }

  @Test
  void shouldRepeatRejectionsBehindTheLastAnswered() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, TestBatches.filled(10, 100, 1, 2, 8));
    rig.append(lease, 6, TestBatches.filled(10, 100, 1, 1, 7));
    List<StreamLease> leases = new ArrayList<>();

    rig.journal.open(JournalRig.STREAM, 1, 3, rig.new Opening(leases));
    rig.work();

    assertThat(leases.get(0).rejections())
        .extracting(StreamLease.StreamRejection::sequence)
        .containsExactly(9L, 13L);
  }

  @Test
  void shouldRefuseMoreStreamsThanItsLimit() {
    rig.close();
    rig = new JournalRig(directory, JournalRig.config(JournalConfig.Ack.DISK, 16, 2));
    rig.lease(new StreamId("p", "i", 1), 1);
    rig.lease(new StreamId("p", "i", 2), 1);

    rig.journal.open(new StreamId("p", "i", 3), 1, 0, rig.new Opening(new ArrayList<>()));
    rig.work();

    assertThat(rig.answers).containsExactly("more than 2");
  }

  @Test
  void shouldBeBusyWhenTheRingIsFullByNumberOrBytes() {
    StreamLease lease = rig.lease();
    List<Journal.Admission> admissions = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      admissions.add(rig.append(lease, 1 + i, batch(1)));
    }
    rig.work();
    int taken = 0;
    while (rig.append(lease, 100 + taken, TestBatches.filled(1, 200_000, 1))
        == Journal.Admission.TAKEN) {
      taken++;
    }

    assertThat(admissions.subList(0, 16)).containsOnly(Journal.Admission.TAKEN);
    assertThat(admissions.get(16)).isEqualTo(Journal.Admission.BUSY);
    assertThat(taken).isEqualTo(2 * JournalRig.MIB / 200_000);
    assertThat(rig.work().answers).hasSize(16 + taken);
    assertThat(rig.journal.admission()).isEqualTo(Journal.Admission.TAKEN);
  }

  @Test
  void shouldNameABatchThatIsTooLarge() {
    StreamLease lease = rig.lease();
    int most = JournalRig.MIB / 4 - JournalConfig.HEAD_BYTES;

    rig.append(lease, 1, TestBatches.filled(1, most - 3, 1));
    rig.work();

    assertThat(rig.answers).containsExactly("1 durable 2");
    assertThatThrownBy(() -> rig.append(lease, 2, TestBatches.filled(1, most - 2, 1)))
        .isInstanceOf(JournalException.BatchTooLarge.class)
        .hasMessageContaining(String.valueOf(most));
    assertThatThrownBy(() -> rig.append(lease, 2, TestBatches.of(new byte[] {9}, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKeepDecisionsInOrderWithRecords() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, batch(1));
    rig.journal.decide(new byte[] {1, 2, 3}, rig.new Answer("decision"));
    rig.append(lease, 2, batch(1));
    rig.work();

    assertThat(rig.answers).containsExactly("1 durable 2", "decision durable 3", "2 durable 4");
    try (JournalTail tail = rig.journal.tail(2)) {
      JournalEntry decision = tail.next();
      assertThat(decision.kind()).isEqualTo(JournalEntry.Kind.DECISION);
      assertThat(decision.stream()).isNull();
      assertThat(
              Arrays.copyOfRange(
                  decision.buffer(), decision.bodyOffset(), decision.bodyOffset() + 3))
          .containsExactly(1, 2, 3);
    }
  }

  @Test
  void shouldStopForGoodWhenAForceFails() {
    StreamLease lease = rig.lease();
    rig.disk.failForces();
    rig.append(lease, 1, batch(1));
    rig.work();
    Journal.Admission after = rig.append(lease, 2, batch(1));

    assertThat(rig.answers).containsExactly("1 failed ForceFailed");
    assertThat(after).isEqualTo(Journal.Admission.FAILED);
    assertThat(rig.journal.failure()).containsInstanceOf(JournalException.ForceFailed.class);
    assertThat(rig.journal.forced()).isEqualTo(1);
    assertThat(rig.readAfter(1)).isEmpty();
  }

  @Test
  void shouldAnswerWhatWaitsWhenItIsClosed() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, batch(1));

    rig.close();

    assertThat(rig.answers).containsExactly("1 durable 2");
    assertThat(rig.append(lease, 2, batch(1))).isEqualTo(Journal.Admission.FAILED);
  }

  @Test
  void shouldSurviveAReceiptThatThrows() {
    StreamLease lease = rig.lease();
    Journal.Receipt broken =
        new Journal.Receipt() {
          @Override
          public void durable(long journalSequence) {
            throw new IllegalStateException("a receipt that throws, as asked");
          }

          @Override
          public void fenced() {
            throw new AssertionError();
          }

          @Override
          public void failed(JournalException cause) {
            throw new AssertionError();
          }
        };

    rig.journal.append(lease, 1, batch(1), broken);
    rig.append(lease, 2, batch(1));

    assertThat(rig.work().answers).containsExactly("2 durable 3");
  }

  @Test
  void shouldAnswerBeforeTheForceInMemoryModeButNotTail() {
    rig.close();
    rig = new JournalRig(directory, JournalRig.config(JournalConfig.Ack.MEMORY));
    StreamLease lease = rig.lease();
    rig.append(lease, 1, batch(1));
    rig.work();
    assertThat(rig.answers).containsExactly("1 durable 2");
    assertThat(rig.journal.forced()).isZero();
    assertThat(rig.readAfter(0)).isEmpty();

    rig.nanos.addAndGet(60_000_000);
    rig.work();

    assertThat(rig.journal.forced()).isEqualTo(2);
    assertThat(rig.readAfter(0)).hasSize(2);
  }

  @Test
  void shouldRollByBytesAndGoOnTailing() {
    StreamLease lease = rig.lease();
    try (JournalTail tail = rig.journal.tail(0)) {
      List<String> read = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        rig.append(lease, 1 + i, TestBatches.filled(1, 200_000, i));
        rig.work();
        read.addAll(JournalRig.read(tail));
      }

      assertThat(read).hasSize(61).endsWith("61 RECORDS 60+1-0");
      assertThat(rig.journal.segments()).hasSize(3);
      assertThat(rig.readAfter(0)).isEqualTo(read);
      assertThat(rig.readAfter(30)).isEqualTo(read.subList(30, 61));
    }
  }

  @Test
  void shouldRollByAgeOfTheMonotonicClockOnly() {
    StreamLease lease = rig.lease();
    rig.wallMillis.addAndGet(10 * 3_600_000);
    rig.append(lease, 1, batch(1));
    rig.work();
    rig.wallMillis.addAndGet(-100 * 3_600_000L);
    rig.append(lease, 2, batch(1));
    rig.work();
    assertThat(rig.journal.segments()).hasSize(1);

    rig.nanos.addAndGet(3_600_000_000_000L);
    rig.append(lease, 3, batch(1));
    rig.work();
    rig.append(lease, 4, batch(1));
    rig.work();

    assertThat(rig.journal.segments()).hasSize(2);
    assertThat(rig.answers).hasSize(4).endsWith("4 durable 5");
    assertThat(rig.readAfter(0)).hasSize(5);
  }

  @Test
  void shouldDeleteReleasedSegmentsButNeverTheLiveOne() throws Exception {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, batch(1));
    rig.work();
    rig.journal.release(2);
    assertThat(rig.journal.segments()).hasSize(1);

    rig.journal.roll();
    rig.work();
    rig.journal.release(2);
    rig.append(lease, 2, batch(1));
    rig.work();

    assertThat(rig.journal.segments())
        .singleElement()
        .extracting(Journal.Segment::first)
        .isEqualTo(3L);
    try (var files = Files.list(directory)) {
      assertThat(files.filter(Files::isDirectory)).hasSize(1);
    }
    assertThat(rig.readAfter(2)).containsExactly("3 RECORDS 2+1-0");
    assertThatThrownBy(() -> rig.readAfter(0)).isInstanceOf(JournalException.Corrupt.class);
  }

  @Test
  void shouldKeepAReleasedSegmentUntilItsTailHasLeft() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, batch(1));
    rig.work();
    try (JournalTail tail = rig.journal.tail(0)) {
      tail.next();
      rig.journal.roll();
      rig.work();
      rig.journal.release(2);
      assertThat(rig.journal.segments()).hasSize(2);

      assertThat(JournalRig.read(tail)).hasSize(1);

      assertThat(rig.journal.segments()).hasSize(1);
    }
  }

  @Test
  void shouldReleaseOnlyWhatIsForced() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, batch(1));
    rig.appendOnly();
    rig.journal.roll();
    rig.appendOnly();

    rig.journal.release(Long.MAX_VALUE);

    assertThat(rig.journal.segments()).hasSize(2);
  }

  @Test
  void shouldGoOnAfterAReopening() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, TestBatches.filled(5, 100, 1, 4));
    rig.work();
    rig.close();

    rig = new JournalRig(directory);
    List<StreamLease> leases = new ArrayList<>();
    rig.journal.open(JournalRig.STREAM, 1, 0, rig.new Opening(leases));
    rig.work();
    rig.append(lease, 6, batch(1));
    rig.append(leases.get(0), 4, batch(4));
    rig.work();

    assertThat(leases.get(0).lastSequence()).isEqualTo(5);
    assertThat(leases.get(0).rejections()).containsExactly(new StreamLease.StreamRejection(5, 7));
    assertThat(rig.answers).containsExactlyInAnyOrder("6 fenced", "4 durable 3");
    assertThat(rig.readAfter(0))
        .containsExactly("1 STREAM_OPENED 1+0-0", "2 RECORDS 1+5-0", "3 RECORDS 4+4-2");
  }

  @Test
  void shouldOpenFromStatesAtTheFloorWhenOlderSegmentsAreGone() {
    StreamLease lease = rig.lease();
    rig.append(lease, 1, TestBatches.filled(5, 100, 1, 4));
    rig.work();
    StreamStates states = new StreamStates();
    try (JournalTail tail = rig.journal.tail(0)) {
      for (JournalEntry entry = tail.next(); entry != null; entry = tail.next()) {
        states.accept(entry);
      }
    }
    rig.journal.roll();
    rig.work();
    rig.journal.release(2);
    rig.close();

    assertThatThrownBy(() -> new JournalRig(directory).close())
        .isInstanceOf(JournalException.Corrupt.class)
        .hasMessageContaining("1 to 2 are missing");
    rig =
        new JournalRig(
            directory,
            JournalRig.config(JournalConfig.Ack.DISK),
            StreamStates.decode(states.encode()),
            2,
            new RecordingDisk());
    StreamLease again = rig.lease();

    assertThat(again.lastSequence()).isEqualTo(5);
    assertThat(again.rejections()).hasSize(1);
    rig.append(again, 6, batch(1));
    assertThat(rig.work().answers).containsExactly("6 durable 3");
  }
}
