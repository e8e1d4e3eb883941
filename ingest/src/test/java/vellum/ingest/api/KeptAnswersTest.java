package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.RequestMac;
import vellum.core.disk.RealDisk;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

final class KeptAnswersTest {

  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir private Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Stores stores = new Stores(new RealDisk(), 1 << 20, 1);
  private Store control;
  private KeptAnswers kept;

  @BeforeEach
  void open() {
    control =
        stores.openSynced(
            directory.resolve("control"), List.of(KeptAnswers.TABLE), StoreOptions.control());
    kept = new KeptAnswers(control, now::get);
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  private static byte[] mac(int number) {
    byte[] mac = new byte[RequestMac.BYTES];
    mac[0] = (byte) number;
    return mac;
  }

  private static KeptAnswers.Kept answer(String body) {
    return new KeptAnswers.Kept(mac(7), 422, true, body.getBytes(StandardCharsets.UTF_8));
  }

  private long rows() {
    long rows = 0;
    try (Scan scan = control.scan(KeptAnswers.TABLE, new byte[] {0}, new byte[] {2})) {
      while (scan.next()) {
        rows++;
      }
    }
    return rows;
  }

  @Test
  void shouldKeepARequestThatWasBegunAndThenItsAnswer() {
    assertThat(kept.find(mac(1))).isNull();

    assertThat(kept.begin(mac(1), mac(7))).isTrue();
    KeptAnswers.Kept begun = kept.find(mac(1));
    kept.end(mac(1), answer("{\"code\":\"ALL_REJECTED\"}"));
    KeptAnswers.Kept ended = kept.find(mac(1));

    assertThat(begun.status()).isZero();
    assertThat(begun.request()).isEqualTo(mac(7));
    assertThat(ended.status()).isEqualTo(422);
    assertThat(ended.isProblem()).isTrue();
    assertThat(new String(ended.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"code\":\"ALL_REJECTED\"}");
    assertThat(rows()).as("an answer and its age").isEqualTo(2);
  }

  @Test
  void shouldForgetWhatCameToNothing() {
    kept.begin(mac(1), mac(7));

    kept.forget(mac(1));

    assertThat(kept.find(mac(1))).isNull();
    assertThat(rows()).isZero();
  }

  @Test
  void shouldSweepWhatIsTooOldWhateverBecameOfTheName() {
    // given one that is used again after its day, and one that is not
    kept.end(mac(1), answer("first"));
    kept.end(mac(2), answer("second"));
    now.set(START.plus(KeptAnswers.KEPT));
    assertThat(kept.find(mac(1))).isNull();

    // when
    kept.end(mac(1), answer("again"));

    // then
    assertThat(new String(kept.find(mac(1)).body(), StandardCharsets.UTF_8)).isEqualTo("again");
    assertThat(rows()).isEqualTo(2);
    now.set(START.plus(KeptAnswers.KEPT.multipliedBy(2)).plus(Duration.ofSeconds(1)));
    kept.end(mac(3), answer("third"));
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void shouldGoOnWithWhatIsThere() {
    kept.end(mac(1), answer("first"));

    KeptAnswers reopened = new KeptAnswers(control, now::get);

    assertThat(reopened.find(mac(1)).status()).isEqualTo(422);
    assertThat(reopened.hasRoom()).isTrue();
  }
}
