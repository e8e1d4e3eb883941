package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.Rejected;
import vellum.core.seal.SealEpochs;
import vellum.core.seal.SealFixture;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.RejectionCode;

final class OwnStreamTest {

  @TempDir Path directory;

  private final SealEpochs epochs = new SealEpochs();
  private boolean throttled;

  private OwnStream stream(JournalRig rig, SealFixture seal, String use) {
    return new OwnStreams(rig.journal, seal::newSealer, epochs, () -> throttled, System::nanoTime)
        .open(use);
  }

  private SealFixture seal() {
    return new SealFixture(directory.resolve("seal"));
  }

  private static OwnStream.Fill records(DetailRecord... records) {
    return sealer -> add(sealer, records);
  }

  private static void add(BatchSealer sealer, DetailRecord... records) {
    for (DetailRecord record : records) {
      byte[] bytes = record.toByteArray();
      sealer.add(bytes, 0, bytes.length);
    }
  }

  /** The first call asks the journal for the stream; with the journal's next work it is there. */
  private static void open(JournalRig rig, OwnStream stream) {
    assertThatThrownBy(() -> stream.send(sealer -> {})).isInstanceOf(OwnStreamException.Busy.class);
    rig.work();
  }

  @Test
  void shouldWriteBatchesInTurnAndNameWhatIsRejected() {
    // given
    SealFixture seal = seal();
    try (JournalRig rig = new JournalRig(directory.resolve("journal"))) {
      OwnStream stream = stream(rig, seal, "rerate");
      open(rig, stream);
      DetailRecord bad = TestRecords.sms(2).toBuilder().clearAccount().build();

      // when
      CompletableFuture<OwnStream.Written> first =
          stream.send(records(TestRecords.sms(1), bad, TestRecords.sms(3)));
      CompletableFuture<OwnStream.Written> second = stream.send(records(TestRecords.sms(4)));

      // then
      assertThat(first).isNotDone();
      assertThat(epochs.drained(epochs.flip())).isFalse();
      rig.work();
      OwnStream.Written written = first.join();
      assertThat(written.sequences()).isEqualTo(3);
      assertThat(written.rejected())
          .extracting(Rejected::offset, Rejected::code)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(1, RejectionCode.MISSING_ACCOUNT_VALUE));
      assertThat(second.join().journalSequence()).isEqualTo(written.journalSequence() + 1);
      assertThat(rig.readAfter(1)).containsExactly("2 RECORDS 1+3-0", "3 RECORDS 4+1-0");
      assertThat(epochs.drained(epochs.flip())).isTrue();
    }
  }

  @Test
  void shouldGoOnWhereItEndedAfterARestart() {
    SealFixture seal = seal();
    Path journal = directory.resolve("journal");
    try (JournalRig rig = new JournalRig(journal)) {
      OwnStream stream = stream(rig, seal, "rerate");
      open(rig, stream);
      stream.send(records(TestRecords.sms(1), TestRecords.sms(2)));
      rig.work();
    }
    try (JournalRig rig = new JournalRig(journal)) {
      OwnStream stream = stream(rig, seal, "rerate");
      open(rig, stream);

      stream.send(records(TestRecords.sms(3)));
      rig.work();

      assertThat(rig.readAfter(2)).containsExactly("3 RECORDS 3+1-0");
      assertThat(rig.journal.stats().gaps()).isZero();
    }
  }

  @Test
  void shouldSayWhyNothingIsTakenAndGoOnAfterwards() {
    SealFixture seal = seal();
    try (JournalRig rig = new JournalRig(directory.resolve("journal"))) {
      OwnStream stream = stream(rig, seal, "rerate");
      open(rig, stream);

      throttled = true;
      assertThatThrownBy(() -> stream.send(records(TestRecords.sms(1))))
          .isInstanceOf(OwnStreamException.Busy.class)
          .hasMessage("the applier is behind the journal");
      throttled = false;
      rig.disk.usable(0);
      rig.nanos.addAndGet(100_000_000);
      rig.work();
      assertThatThrownBy(() -> stream.send(records(TestRecords.sms(1))))
          .isInstanceOf(OwnStreamException.DiskLow.class);
      assertThatThrownBy(() -> stream.write(records(TestRecords.sms(1)), Duration.ofMillis(5)))
          .isInstanceOf(OwnStreamException.DiskLow.class);
      rig.disk.usable(1L << 30);
      rig.nanos.addAndGet(100_000_000);
      rig.work();
      CompletableFuture<OwnStream.Written> sent = null;
      for (int i = 0; i < 100 && sent == null; i++) {
        sent = stream.send(records(TestRecords.sms(1)));
      }
      assertThat(epochs.drained(epochs.flip())).isFalse();
      int taken = 1;
      while (isTaken(stream)) {
        taken++;
      }
      assertThat(taken).isEqualTo(16);
      rig.work();

      assertThat(rig.readAfter(1)).hasSize(16).startsWith("2 RECORDS 1+1-0", "3 RECORDS 2+1-0");
      assertThat(epochs.drained(epochs.flip())).isTrue();
    }
  }

  private static boolean isTaken(OwnStream stream) {
    try {
      return !stream.send(records(TestRecords.sms(1))).isCompletedExceptionally();
    } catch (OwnStreamException.Busy full) {
      assertThat(full.recoverable()).isTrue();
      return false;
    }
  }

  @Test
  void shouldNameAJournalThatFailedAndGiveItsBatchesBack() {
    SealFixture seal = seal();
    JournalRig rig = new JournalRig(directory.resolve("journal"));
    OwnStream stream = stream(rig, seal, "rerate");
    open(rig, stream);
    rig.disk.usable(0);
    CompletableFuture<OwnStream.Written> sent = stream.send(records(TestRecords.sms(1)));
    rig.nanos.addAndGet(100_000_000);
    rig.work();

    rig.close();

    assertThatThrownBy(sent::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(OwnStreamException.Failed.class);
    assertThatThrownBy(() -> stream.send(records(TestRecords.sms(1))))
        .isInstanceOf(OwnStreamException.Failed.class)
        .matches(e -> !((OwnStreamException) e).recoverable());
    assertThat(epochs.drained(epochs.flip())).isTrue();
  }

  @Test
  void shouldTakeItsStreamBack() {
    SealFixture seal = seal();
    try (JournalRig rig = new JournalRig(directory.resolve("journal"))) {
      OwnStream stream = stream(rig, seal, "rerate");
      open(rig, stream);
      rig.lease(stream.id(), 7);

      CompletableFuture<OwnStream.Written> sent = stream.send(records(TestRecords.sms(1)));
      rig.work();

      assertThatThrownBy(sent::join).hasCauseInstanceOf(OwnStreamException.Fenced.class);
      open(rig, stream);
      open(rig, stream);
      CompletableFuture<OwnStream.Written> again = stream.send(records(TestRecords.sms(1)));
      rig.work();
      assertThat(again.join().sequences()).isEqualTo(1);
      assertThat(rig.journal.stats().appended()).isEqualTo(again.join().journalSequence());
    }
  }

  @Test
  void shouldRefuseABatchThatIsTooLargeAndTakeTheNext() {
    SealFixture seal = seal();
    try (JournalRig rig = new JournalRig(directory.resolve("journal"))) {
      OwnStream stream = stream(rig, seal, "rerate");
      open(rig, stream);
      DetailRecord[] many =
          LongStream.range(0, 5_000).mapToObj(TestRecords::sms).toArray(DetailRecord[]::new);

      assertThatThrownBy(() -> stream.send(records(many)))
          .isInstanceOf(JournalException.BatchTooLarge.class);

      assertThat(epochs.drained(epochs.flip())).isTrue();
      stream.send(records(TestRecords.sms(1)));
      rig.work();
      assertThat(rig.readAfter(1)).containsExactly("2 RECORDS 1+1-0");
    }
  }

  @Test
  void shouldReserveItsName() {
    assertThat(Stream.of("vellum", "Vellum", "VELLUM")).allMatch(OwnStreams::isReserved);
    assertThat(OwnStreams.isReserved("vellum-gateway")).isFalse();
  }
}
