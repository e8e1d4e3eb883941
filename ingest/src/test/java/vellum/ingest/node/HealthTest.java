package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vellum.core.journal.Journal;
import vellum.ingest.server.FakeJournal;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class HealthTest {

  private final FakeJournal journal = new FakeJournal();
  private final Health health = new Health(journal, 1 << 30);

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
  void shouldLetWaitersGoWithoutFailureAtAStop() throws Exception {
    health.closing();

    assertThat(health.awaitEnd()).isEmpty();
  }
}
