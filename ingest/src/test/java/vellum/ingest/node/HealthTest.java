package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import vellum.core.journal.Journal;
import vellum.ingest.api.Reason;
import vellum.ingest.server.FakeJournal;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class HealthTest {

  private final FakeJournal journal = new FakeJournal();
  private final Health health = new Health(journal, () -> 1 << 30);

  @BeforeEach
  void start() {
    health.started();
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void shouldBeWellAtFirst() {
    assertThat(health.trouble()).isEmpty();
    assertThat(health.isThrottled()).isFalse();
    assertThat(health.failure()).isEmpty();
  }

  @Test
  void shouldStopReadingAndWakeWhoWaitsWhenAPartFails() throws Exception {
    health.failed("vellum-apply", new IllegalStateException("value"));
    health.failed("vellum-flush", new IllegalStateException("what follows from it"));

    assertThat(health.isThrottled()).isTrue();
    assertThat(health.trouble()).startsWith("vellum-apply stopped: ").doesNotContain("value");
    assertThat(health.awaitEnd())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure).isInstanceOf(NodeException.Stopped.class);
              assertThat(failure.recoverable()).isTrue();
            });
  }

  @Test
  void shouldTellOfTheJournalsTroubles() {
    journal.admission(Journal.Admission.DISK_LOW);
    assertThat(health.trouble()).contains("journal.reserve_bytes");
    journal.admission(Journal.Admission.FAILED);
    assertThat(health.trouble()).contains("until a restart");
    journal.admission(Journal.Admission.BUSY);
    assertThat(health.trouble()).isEmpty();
  }

  @Test
  void shouldSayOnceThatTheDiskIsLowAndOnceThatItIsNotAnyMore() {
    // given
    Logger logger = (Logger) LoggerFactory.getLogger(Health.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
    try {
      health.look();
      // when
      journal.admission(Journal.Admission.DISK_LOW);
      health.look();
      health.look();
      // a journal that failed meanwhile takes no records either
      journal.admission(Journal.Admission.FAILED);
      health.look();
      journal.admission(Journal.Admission.TAKEN);
      health.look();
      health.look();
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }
    // then
    assertThat(lines.list)
        .extracting(line -> line.getMarkerList().get(0).getName())
        .containsExactly("DISK_LOW", "DISK_RESUMED");
  }

  @Test
  void shouldNameEveryReasonWithItsCode() {
    assertThat(new Health(journal, () -> 1 << 30).reasons())
        .extracting(Reason::code)
        .containsExactly(Reason.Code.STARTING);

    journal.admission(Journal.Admission.DISK_LOW);
    health.failed("vellum-apply", new IllegalStateException("value"));
    health.closing();

    assertThat(health.reasons())
        .extracting(Reason::code)
        .containsExactly(Reason.Code.STOPPING, Reason.Code.PART_STOPPED, Reason.Code.DISK_LOW);
    assertThat(health.reasons()).allSatisfy(one -> assertThat(one.text()).isNotBlank());
  }

  @Test
  void shouldBeThrottledByTheBoundAsItIsNow() {
    AtomicLong bound = new AtomicLong(1 << 30);
    Health changing = new Health(journal, bound::get);
    changing.started();
    assertThat(changing.reasons()).isEmpty();

    bound.set(-1);

    assertThat(changing.isThrottled()).isTrue();
    assertThat(changing.reasons()).extracting(Reason::code).containsExactly(Reason.Code.THROTTLED);
  }

  @Test
  void shouldLetWaitersGoWithoutFailureAtAStop() throws Exception {
    health.closing();

    assertThat(health.awaitEnd()).isEmpty();
  }
}
