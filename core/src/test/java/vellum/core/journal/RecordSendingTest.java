package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.seal.Rejected;
import vellum.core.seal.SealEpochs;
import vellum.core.seal.SealFixture;
import vellum.core.seal.TestRecords;
import vellum.v1.RejectionCode;

final class RecordSendingTest {

  private static final Duration WITHIN = Duration.ofSeconds(20);

  @TempDir Path directory;

  private final SealEpochs epochs = new SealEpochs();
  private final AtomicLong nanos = new AtomicLong();
  private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong throttledFor = new AtomicLong();
  private ChronicleJournal journal;
  private JournalThreads journalThreads;
  private OwnStream stream;

  @BeforeEach
  void open() {
    SealFixture seal = new SealFixture(directory.resolve("seal"));
    journal =
        ChronicleJournal.open(
            directory.resolve("journal"),
            JournalConfig.defaults(),
            new StreamStates(),
            0,
            () -> SealFixture.NOW,
            new RecordingDisk());
    journalThreads = new JournalThreads(journal);
    stream =
        new OwnStreams(journal, seal::newSealer, epochs, this::isThrottled, nanos::get)
            .open("http");
  }

  @AfterEach
  void close() throws InterruptedException {
    threads.shutdownNow();
    journalThreads.close();
  }

  private boolean isThrottled() {
    return throttledFor.getAndUpdate(times -> Math.max(0, times - 1)) > 0;
  }

  private CompletableFuture<List<Rejected>> send(List<byte[]> records) {
    return RecordSending.send(
        stream,
        records,
        account -> !account.equals("not-mine"),
        new RecordSending.Retries(threads, nanos::get, WITHIN));
  }

  @Test
  void shouldWriteManyRecordsAndLeaveNothingReadable() throws Exception {
    // given
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      records.add(TestRecords.sms(i).toByteArray());
    }
    records.set(2_400, TestRecords.sms(0).toBuilder().clearRecordId().build().toByteArray());

    // when
    List<Rejected> rejected = send(records).get(30, TimeUnit.SECONDS);

    // then
    assertThat(rejected)
        .extracting(Rejected::offset, Rejected::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2_400, RejectionCode.MISSING_ID_VALUE));
    assertThat(journal.forced()).isGreaterThan(2);
    assertThat(epochs.drained(epochs.flip())).isTrue();
    assertThat(filesWith("491701234567")).isEmpty();
  }

  @Test
  void shouldRejectAccountsThatAreNotAllowed() throws Exception {
    List<byte[]> records =
        List.of(
            TestRecords.sms(1).toByteArray(),
            TestRecords.sms(2).toBuilder().setAccount("not-mine").build().toByteArray());

    List<Rejected> rejected = send(records).get(30, TimeUnit.SECONDS);

    assertThat(rejected)
        .extracting(Rejected::offset, Rejected::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, RejectionCode.ACCOUNT_NOT_ALLOWED_VALUE));
  }

  @Test
  void shouldTryAgainWhileTheJournalTakesNothing() throws Exception {
    throttledFor.set(3);

    List<Rejected> rejected =
        send(List.of(TestRecords.sms(1).toByteArray())).get(30, TimeUnit.SECONDS);

    assertThat(rejected).isEmpty();
    assertThat(throttledFor).hasValue(0);
    assertThat(journal.forced()).isPositive();
  }

  @Test
  void shouldGiveUpWhenItsTimeIsOver() {
    // given
    throttledFor.set(Long.MAX_VALUE);
    CompletableFuture<List<Rejected>> sent = send(List.of(TestRecords.sms(1).toByteArray()));

    // when
    nanos.addAndGet(WITHIN.toNanos());

    // then
    assertThatThrownBy(() -> sent.orTimeout(30, TimeUnit.SECONDS).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(OwnStreamException.Busy.class);
    assertThat(epochs.drained(epochs.flip())).isTrue();
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("journal"))) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
