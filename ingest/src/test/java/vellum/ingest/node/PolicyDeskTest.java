package vellum.ingest.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.period.Stage;
import vellum.core.policy.PolicyStore;
import vellum.core.record.MonthId;
import vellum.core.retention.ClockState;
import vellum.core.retention.RetentionStatus;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.ingest.api.RetentionPort;
import vellum.ingest.api.RetentionRefusal;

final class PolicyDeskTest {

  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
  private static final MonthId MONTH = MonthId.parse("2025-11.default");
  private static final String TWELVE =
      """
      format: 1
      classes:
        - name: default
          identities: 12 months
          legal_basis: a law
          traffic: 10 years
          usage: 36 months
          content: instruction
          verified: true
          source: notice
      """;
  private static final byte[] SIX = TWELVE.replace("12 months", "6 months").getBytes(UTF_8);

  @TempDir Path directory;
  private Stores stores;
  private Store control;
  private PolicyDesk desk;

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 8 << 20, 1);
    control = stores.openSynced(directory, List.of(PolicyStore.TABLE), StoreOptions.control());
    ClockState clock =
        new ClockState(ClockState.Cause.TRUSTED, Duration.ZERO, NOW, NOW, Duration.ZERO);
    desk =
        new PolicyDesk(
            PolicyStore.open(control, TWELVE, () -> NOW),
            () -> new RetentionStatus(NOW, clock, 0, List.of()),
            () -> NOW);
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  private RetentionPort.Reason identity(PolicyDesk.State state) {
    return desk.reasons(state, null, null).get(0);
  }

  private RetentionPort.Reason field(PolicyDesk.State state, String path) {
    return desk.reasons(state, null, path).stream()
        .filter(one -> path.equals(one.field()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldExplainWhatIsErasedByTheRuleThatErasedIt() {
    // given erased under version 1, and version 2 in force
    Instant end = Instant.parse("2026-11-20T03:00:01Z");
    PolicyDesk.State state =
        new PolicyDesk.State(MONTH, Stage.ARCHIVED, null, new PolicyDesk.Ended("1", end));
    desk.accept(SIX, 1, "operator", "shorter");
    // then
    assertThat(identity(state).rule()).isEqualTo("identities 12 months");
    assertThat(identity(state).policyVersion()).isEqualTo(1);
    assertThat(identity(state).erasedAt()).isEqualTo(end);
    assertThat(identity(state).gone()).isTrue();
    // and what is kept by the one in force
    RetentionPort.Reason billing = desk.reasons(state, null, null).get(3);
    assertThat(billing.policyVersion()).isEqualTo(2);
    assertThat(billing.gone()).isFalse();
  }

  @Test
  void shouldExplainWhatIsKeptByThePolicyInForce() {
    PolicyDesk.State state = new PolicyDesk.State(MONTH, Stage.LIVE, "the clock", null);
    desk.accept(SIX, 1, "operator", "shorter");
    assertThat(identity(state).rule()).isEqualTo("identities 6 months");
    assertThat(identity(state).policyVersion()).isEqualTo(2);
    assertThat(identity(state).erasedAt()).isEqualTo("2026-05-31T00:00:00Z");
    assertThat(identity(state).blockedBy()).isEqualTo("the clock");
    assertThat(identity(state).gone()).isFalse();
  }

  @Test
  void shouldSayThatWhatHasNoKeyAnyMoreIsGoneWhateverItsStage() {
    PolicyDesk.State state =
        new PolicyDesk.State(MONTH, Stage.LIVE, null, new PolicyDesk.Ended(null, NOW));
    assertThat(identity(state).gone()).isTrue();
    assertThat(identity(state).erasedAt()).isEqualTo(NOW);
    assertThat(identity(state).policyVersion()).isEqualTo(1);
  }

  @Test
  void shouldSayInPlainWordsWhatAStripDoesToAField() {
    PolicyDesk.State state = new PolicyDesk.State(MONTH, Stage.LIVE, null, null);
    assertThat(field(state, "submission.sender").atStrip())
        .isEqualTo("only a business's clear identifier stays");
    assertThat(field(state, "submission.client_ref").atStrip()).isEqualTo("dropped");
    assertThat(field(state, "started_at").atStrip()).isEqualTo("cut to the second");
    assertThat(field(state, "rating.sale_price_nanos").atStrip()).isEqualTo("kept");
  }

  @Test
  void shouldRefuseAPolicyWhoseDifferenceWasMadeAgainstAnotherVersion() {
    // given
    int seen = desk.difference(SIX).fromVersion();
    desk.accept(TWELVE.replace("a law", "another law").getBytes(UTF_8), seen, "operator", "first");
    // then
    assertThatThrownBy(() -> desk.accept(SIX, seen, "operator", "second"))
        .isInstanceOf(RetentionRefusal.NotAllowed.class)
        .hasMessageContaining("version 2 of the policy is in force")
        .hasMessageContaining("version 1")
        .hasMessageContaining("vellum retention diff");
    // when compared again
    int again = desk.difference(SIX).fromVersion();
    assertThat(desk.accept(SIX, again, "operator", "second").version()).isEqualTo(3);
  }
}
