package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.TestBatches;

final class JournalRecoveryTest {

  private static final int BODY = 20_000;

  @TempDir Path directory;

  private Path journal() {
    return directory.resolve("journal");
  }

  private Path crashed() {
    return directory.resolve("crashed");
  }

  /** Opens a stream (entry 1) and appends entries 2 to {@code last}. */
  private static void write(JournalRig rig, int last) {
    StreamLease lease = rig.lease();
    for (int entry = 2; entry <= last; entry++) {
      rig.append(lease, entry - 1, batch(entry));
      rig.work();
    }
  }

  private static SealedBatch batch(int entry) {
    return TestBatches.filled(1, BODY, entry);
  }

  private static long bodyAt(Path file, int entry) {
    return Pages.find(file, Arrays.copyOf(batch(entry).body(), 64));
  }

  /** Leaves a copy as a dead process leaves its files: all that was written, nothing closed. */
  private void crash(int last) {
    try (JournalRig rig = new JournalRig(journal())) {
      write(rig, last);
      Pages.copy(journal(), crashed());
    }
  }

  private List<String> reopened() {
    try (JournalRig rig = new JournalRig(crashed())) {
      return rig.readAfter(0);
    }
  }

  @Test
  void shouldReadAllOfADeadProcess() {
    crash(30);

    assertThat(reopened()).hasSize(30).endsWith("30 RECORDS 29+1-0");
  }

  @Test
  void shouldForceWhatADeadProcessLeftBeforeItIsTailed() {
    try (JournalRig rig = new JournalRig(journal())) {
      StreamLease lease = rig.lease();
      rig.append(lease, 1, batch(2));
      rig.appendOnly();
      Pages.copy(journal(), crashed());
    }

    try (JournalRig rig = new JournalRig(crashed())) {
      assertThat(rig.disk.forces()).isEqualTo(1);
      assertThat(rig.journal.forced()).isEqualTo(2);
    }
  }

  @Test
  void shouldNotLoseWhatFollowsAHoleAsAQueueDoes() throws Exception {
    Path queue = directory.resolve("queue");
    byte[] body = batch(1).body();
    try (SingleChronicleQueue written = SegmentQueue.open(queue, JournalRig.MIB, 0);
        ExcerptAppender appender = written.createAppender()) {
      for (int i = 0; i < 10; i++) {
        appender.writeBytes(net.openhft.chronicle.bytes.BytesStore.wrap(body));
      }
    }
    Path file = Pages.data(queue, 0);
    long fifth = Pages.find(file, Arrays.copyOf(body, 64)) + 5L * (body.length + 4);
    Pages.zero(file, fifth / Pages.BYTES * Pages.BYTES, (int) (Files.size(file) - fifth));
    try (SingleChronicleQueue again = SegmentQueue.open(queue, JournalRig.MIB, 0);
        ExcerptAppender appender = again.createAppender()) {
      assertThatThrownBy(
              () -> appender.writeBytes(net.openhft.chronicle.bytes.BytesStore.wrap(body)))
          .as("the queue's own assertion, off in production: it goes on behind the hole")
          .isInstanceOf(AssertionError.class);
    }

    crash(10);
    Path ours = Pages.data(crashed(), 0);
    Files.delete(ours.resolveSibling("forced"));
    long from = bodyAt(ours, 6) + batch(6).length();
    Pages.zero(ours, from, (int) (Files.size(ours) - from));
    try (JournalRig rig = new JournalRig(crashed())) {
      StreamLease lease = rig.lease();
      assertThat(lease.lastSequence()).isEqualTo(5);
      rig.append(lease, 6, batch(7));
      rig.work();
      assertThat(rig.readAfter(0)).hasSize(7).endsWith("7 RECORDS 6+1-0");
    }
    assertThat(reopened()).hasSize(7).endsWith("7 RECORDS 6+1-0");
  }

  @Test
  void shouldEndBeforeATornEntryThatWasNotForced() {
    try (JournalRig rig = new JournalRig(journal())) {
      write(rig, 5);
      StreamLease lease = rig.lease();
      rig.append(lease, 5, batch(6));
      rig.appendOnly();
      Pages.copy(journal(), crashed());
    }
    Path file = Pages.data(crashed(), 0);
    Pages.zero(file, bodyAt(file, 6) / Pages.BYTES * Pages.BYTES + Pages.BYTES, Pages.BYTES);

    assertThat(reopened()).hasSize(5).endsWith("5 RECORDS 4+1-0");
    try (JournalRig rig = new JournalRig(crashed())) {
      StreamLease lease = rig.lease();
      rig.append(lease, 5, batch(6));
      assertThat(rig.work().answers).containsExactly("5 durable 6");
      assertThat(rig.readAfter(4)).containsExactly("5 RECORDS 4+1-0", "6 RECORDS 5+1-0");
    }
  }

  @Test
  void shouldReportATornEntryThatWasForced() {
    crash(10);
    Path file = Pages.data(crashed(), 0);
    Pages.flipBit(file, bodyAt(file, 6) + 1_000);

    assertThatThrownBy(this::reopened)
        .isInstanceOf(JournalException.Corrupt.class)
        .hasMessageContaining("entry 6 was forced and is lost")
        .hasMessageContaining("00000001-0000000000000001");
  }

  @Test
  void shouldReportALossOfTheLastEntryAfterAnOrderlyClose() {
    try (JournalRig rig = new JournalRig(crashed())) {
      write(rig, 5);
    }
    Path file = Pages.data(crashed(), 0);
    Pages.flipBit(file, bodyAt(file, 5) + 1_000);

    assertThatThrownBy(this::reopened)
        .isInstanceOf(JournalException.Corrupt.class)
        .hasMessageContaining("entry 5");
  }

  @Test
  void shouldReportAQueueFileWhoseHeaderIsDamaged() {
    crash(5);
    Path file = Pages.data(crashed(), 0);
    for (int at = 0; at < 64; at += 9) {
      Pages.flipBit(file, at);
      try (JournalRig rig = new JournalRig(crashed())) {
        assertThat(rig.readAfter(0)).as("flipped at " + at).hasSize(5);
      } catch (JournalException.Corrupt reported) {
        assertThat(reported).hasMessageContaining(crashed().toString());
      }
      Pages.flipBit(file, at);
    }
  }

  @Test
  void shouldReportALossBeforeALaterSegment() {
    try (JournalRig rig = new JournalRig(crashed())) {
      write(rig, 5);
      rig.journal.roll();
      rig.work();
      StreamLease lease = rig.lease();
      rig.append(lease, 5, batch(6));
      rig.work();
    }
    Path file = Pages.data(crashed(), 0);
    Pages.flipBit(file, bodyAt(file, 5) + 1_000);

    assertThatThrownBy(this::reopened)
        .isInstanceOf(JournalException.Corrupt.class)
        .hasMessageContaining("entry 5")
        .hasMessageContaining("00000001-");
  }

  @Test
  void shouldDropALaterSegmentWhenNeitherWasForced() {
    try (JournalRig rig = new JournalRig(journal())) {
      write(rig, 5);
      StreamLease lease = rig.lease();
      rig.append(lease, 5, batch(6));
      rig.appendOnly();
      rig.journal.roll();
      rig.append(lease, 6, batch(7));
      rig.appendOnly();
      Pages.copy(journal(), crashed());
    }
    Path file = Pages.data(crashed(), 0);
    Pages.flipBit(file, bodyAt(file, 6) + 1_000);

    assertThat(reopened()).hasSize(5).endsWith("5 RECORDS 4+1-0");
    assertThat(reopened()).hasSize(5);
  }

  @Test
  void shouldReportEntriesThatEndBelowTheFloor() {
    crash(5);

    assertThatThrownBy(
            () ->
                new JournalRig(
                    crashed(),
                    JournalRig.config(JournalConfig.Ack.DISK),
                    new StreamStates(),
                    6,
                    new RecordingDisk()))
        .isInstanceOf(JournalException.Corrupt.class)
        .hasMessageContaining("ends at entry 5");
  }

  @Test
  void shouldReadASegmentWhoseFileWasCutAtItsEnd() throws IOException {
    crash(30);
    Path file = Pages.data(crashed(), 0);
    long end = bodyAt(file, 30) + batch(30).length();
    Pages.cutLength(file, end);

    assertThat(reopened()).hasSize(30);
  }

  @Test
  void shouldReadASegmentWithStaleOrDamagedOrNoMetadata() throws IOException {
    byte[] stale;
    try (JournalRig rig = new JournalRig(journal())) {
      stale = Files.readAllBytes(metadata(journal()));
      write(rig, 10);
      Pages.copy(journal(), crashed());
    }
    byte[][] contents = {stale, new byte[0], new byte[65_536], Arrays.copyOf(stale, 100), null};
    for (byte[] content : contents) {
      Files.deleteIfExists(metadata(crashed()));
      if (content != null) {
        Files.write(metadata(crashed()), content);
      }

      assertThat(reopened()).hasSize(10);
    }
  }

  private static Path metadata(Path journal) {
    return journal.resolve("00000001-0000000000000001/metadata.cq4t");
  }

  @Test
  void shouldDeleteEmptySegmentsOfDeadProcesses() throws IOException {
    Path empty = crashed().resolve("00000001-0000000000000001");
    Files.createDirectories(empty);
    Files.createFile(empty.resolve("20261121-10F.cq4"));

    assertThat(reopened()).isEmpty();
    assertThat(empty).doesNotExist();
    try (JournalRig rig = new JournalRig(crashed())) {
      write(rig, 3);
      assertThat(rig.readAfter(0)).hasSize(3);
    }
    assertThat(reopened()).hasSize(3);
  }

  @Test
  void shouldPassAWriteLockThatADeadProcessOfTheSameNumberLeft() {
    Path segment = journal().resolve("00000001-0000000000000001");
    long millis;
    try (JournalRig rig = new JournalRig(journal())) {
      write(rig, 5);
      millis = rig.wallMillis.get();
    }
    try (SingleChronicleQueue dead = SegmentQueue.open(segment, JournalRig.MIB, millis);
        ExcerptAppender appender = dead.createAppender();
        DocumentContext lockHeldByOurNumber = appender.writingDocument()) {
      Pages.copy(journal(), crashed());
      lockHeldByOurNumber.rollbackOnClose();
    }

    long start = System.nanoTime();
    try (JournalRig rig = new JournalRig(crashed())) {
      StreamLease lease = rig.lease();
      rig.append(lease, 5, batch(6));
      rig.work();
      assertThat(rig.readAfter(0)).hasSize(6);
    }
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
  }

  @Test
  void shouldNotUseADirectoryTwice() {
    try (JournalRig rig = new JournalRig(journal())) {
      assertThat(rig.answers).isEmpty();
      assertThatThrownBy(() -> new JournalRig(journal()))
          .isInstanceOf(JournalException.Locked.class)
          .hasMessageContaining(journal().toString());
    }
    new JournalRig(journal()).close();
  }
}
