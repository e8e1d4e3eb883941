package vellum.core.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.audit.Actor;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.audit.SealedDraft;
import vellum.core.audit.Trail;

final class CaseAuditTest {

  private static final Draft PLACED =
      Draft.of(AuditEvent.HOLD_PLACED, new Actor("jane", "disclosure", "token"), "court order")
          .inCase("H-4F7K2Q9M")
          .counting(3);

  @TempDir private Path directory;
  private CaseFixture fixture;

  @BeforeEach
  void open() {
    fixture = new CaseFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldSealWhatIsSecretAndNothingElse() {
    fixture.audit.record(PLACED, false);
    fixture.audit.record(PLACED, true);
    fixture.audit.sealing().record(PLACED);

    List<Trail.Stored> entries = fixture.trail.page(0, 10);
    assertThat(entries).extracting(Trail.Stored::isSealed).containsExactly(false, true, true);
    String sealed = new String(entries.get(1).line(), StandardCharsets.UTF_8);
    assertThat(sealed)
        .contains("\"key\":\"trail-2026-11\"")
        .doesNotContain("HOLD")
        .doesNotContain("jane")
        .doesNotContain("4F7K");
  }

  @Test
  void shouldShowEqualEntriesAsDifferentOnesOfOneLength() {
    SealedDraft one = fixture.audit.seal(PLACED);
    SealedDraft two = fixture.audit.seal(PLACED);
    SealedDraft other = fixture.audit.seal(PLACED.inCase("H-4F7K2Q9N").counting(3_000_000));

    assertThat(one.body()).isNotEqualTo(two.body()).hasSameSizeAs(other.body());
    assertThat(fixture.audit.open(one)).contains(PLACED);
    assertThat(fixture.audit.open(two)).contains(PLACED);
  }

  @Test
  void shouldOpenEntriesOfEarlierMonthsAfterARestart() {
    SealedDraft sealed = fixture.audit.seal(PLACED);
    fixture.now = fixture.now.plusSeconds(40 * 86_400);
    SealedDraft later = fixture.audit.seal(PLACED);
    fixture.reopen();

    assertThat(later.key()).isEqualTo("trail-2027-01");
    assertThat(fixture.audit.open(sealed)).contains(PLACED);
    assertThat(fixture.audit.open(later)).contains(PLACED);
    SealedDraft swapped = new SealedDraft(later.key(), sealed.body());
    assertThatThrownBy(() -> fixture.audit.open(swapped)).isInstanceOf(CaseException.Corrupt.class);
  }

  @Test
  void shouldNameWhatIsNoSealedEntry() {
    byte[] body = fixture.audit.seal(PLACED).body();
    body[0] = 2;
    assertThatThrownBy(() -> fixture.audit.open(new SealedDraft("trail-2026-11", body)))
        .isInstanceOf(CaseException.TooNew.class);
    assertThatThrownBy(() -> fixture.audit.open(new SealedDraft("h-1", new byte[300])))
        .isInstanceOf(CaseException.Corrupt.class);
    assertThatThrownBy(() -> fixture.audit.open(new SealedDraft("trail-2026", new byte[300])))
        .isInstanceOf(CaseException.class);
  }
}
