package vellum.core.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.hold.DeskFixture.DORA;
import static vellum.core.hold.DeskFixture.JANE;
import static vellum.core.hold.DeskFixture.NOW;
import static vellum.core.hold.DeskFixture.order;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.audit.Trail;
import vellum.core.casefile.CaseExpiry;

final class HoldWorkerTest {

  @TempDir private Path directory;
  private DeskFixture fixture;

  @BeforeEach
  void open() {
    fixture = new DeskFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Hold now(Hold hold) {
    return fixture.desk.find(hold.id(), DORA).orElseThrow();
  }

  private List<String> trail() {
    return fixture.trail.page(0, 100).stream()
        .map(entry -> new String(entry.line(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void shouldCopyKeepReleaseAndForget() {
    // given
    Hold placed = fixture.desk.place(order(HoldReach.ONGOING, false), JANE);
    // when
    fixture.work();
    // then
    assertThat(now(placed).state()).isEqualTo(HoldState.ACTIVE);
    assertThat(now(placed).copied()).isEqualTo(7);
    assertThat(trail()).hasSize(1);
    assertThat(trail().get(0))
        .contains("HOLD_COPIED")
        .contains(placed.id().text())
        .contains("\"count\":7");
    assertThat(fixture.work()).isZero();
    // when
    fixture.desk.release(placed.id(), JANE, "case is closed");
    fixture.work();
    // then
    Hold released = now(placed);
    assertThat(released.state()).isEqualTo(HoldState.RELEASED);
    assertThat(released.end().orElseThrow().certificate()).isPresent();
    assertThat(fixture.vaults.gone).containsExactly(placed.vault());
    assertThat(fixture.certified).containsExactly(placed.id().text());
    assertThat(trail().get(1)).contains("HOLD_RELEASED").contains("case is closed");
    assertThat(fixture.desk.list(false, JANE, null, 10)).isEmpty();
    assertThat(fixture.desk.list(true, JANE, null, 10)).hasSize(1);
    // when: three years later
    fixture.now = NOW.plus(Duration.ofDays(3 * 366));
    CaseExpiry expiry =
        new CaseExpiry(
            fixture.files, fixture.audit, fixture.control, () -> fixture.certified.add("copies"));
    assertThat(expiry.doWork(NOW.plus(Duration.ofDays(1000)))).isZero();
    assertThat(fixture.certified).hasSize(1);
    assertThat(expiry.doWork(fixture.now)).isEqualTo(1);
    assertThat(expiry.doWork(fixture.now)).isZero();
    assertThat(fixture.certified).containsExactly(placed.id().text(), "copies");
    assertThat(fixture.desk.find(placed.id(), DORA)).isEmpty();
  }

  @Test
  void shouldEndAHoldWhoseTimeIsOverAlsoWhileItIsCopied() {
    Hold placed = fixture.desk.place(order(HoldReach.ONGOING, false), JANE);
    fixture.worker.doWork();
    fixture.now = placed.expiresAt().minusMillis(1);
    fixture.worker.doWork();
    assertThat(now(placed).state()).isEqualTo(HoldState.COPYING);
    fixture.now = placed.expiresAt();
    fixture.work();
    assertThat(now(placed).state()).isEqualTo(HoldState.RELEASED);
    assertThat(now(placed).last().by()).isEqualTo("vellum");
  }

  @Test
  void shouldMakeAVaultAgainThatCouldNotBeMade() {
    // given
    Hold placed = fixture.desk.place(order(HoldReach.HISTORIC, false), JANE);
    fixture.vaults.unmade = 2;
    // when
    assertThat(fixture.worker.doWork()).isZero();
    assertThat(fixture.worker.doWork()).isZero();
    // then
    assertThat(now(placed).state()).isEqualTo(HoldState.COPYING);
    assertThat(fixture.vaults.made).isEmpty();
    // when
    fixture.work();
    // then
    assertThat(fixture.vaults.made).containsExactly(placed.vault());
    assertThat(now(placed).state()).isEqualTo(HoldState.ACTIVE);
  }

  @Test
  void shouldBeginOnItsDay() {
    HoldOrder order = order(HoldReach.ONGOING, false);
    HoldOrder later =
        new HoldOrder(
            order.type(),
            order.reach(),
            order.scope(),
            order.legalBasis(),
            order.reference(),
            Optional.of(NOW.plusSeconds(3600)),
            order.expiresAt(),
            false,
            order.reason());
    Hold placed = fixture.desk.place(later, JANE);
    PlacedHolds begun = PlacedHolds.of(fixture.desk, () -> fixture.now);
    assertThat(placed.state()).isEqualTo(HoldState.WAITING);
    assertThat(fixture.work()).isZero();
    assertThat(fixture.scopes.active()).isEmpty();
    assertThat(begun.placed()).isEmpty();
    fixture.now = NOW.plusSeconds(3600);
    assertThat(begun.placed())
        .containsExactly(
            new PlacedHolds.Placed(placed.vault(), NOW.plusSeconds(3600), placed.scope()));
    fixture.work();
    assertThat(now(placed).state()).isEqualTo(HoldState.ACTIVE);
    assertThat(fixture.scopes.active()).hasSize(1);
  }

  @Test
  void shouldGoOnAfterARestartBehindEveryStep() {
    Hold placed = fixture.desk.place(order(HoldReach.ONGOING, true), DORA);
    int steps = 0;
    while (fixture.worker.doWork() > 0) {
      fixture.reopen();
      steps++;
    }
    assertThat(now(placed).state()).isEqualTo(HoldState.ACTIVE);
    fixture.desk.release(placed.id(), DORA, "case is closed");
    while (fixture.worker.doWork() > 0 || now(placed).state() != HoldState.RELEASED) {
      fixture.reopen();
      steps++;
    }
    assertThat(steps).isGreaterThan(5);
    assertThat(now(placed).end().orElseThrow().records()).isEqualTo(7);
  }

  @Test
  void shouldSealWhatItSaysOfASecretHold() {
    Hold placed = fixture.desk.place(order(HoldReach.ONGOING, true), DORA);
    fixture.work();
    fixture.desk.release(placed.id(), DORA, "case is closed");
    fixture.work();
    assertThat(fixture.trail.page(0, 10)).hasSize(2).allMatch(Trail.Stored::isSealed);
    assertThat(String.join("\n", trail()))
        .doesNotContain("HOLD")
        .doesNotContain(placed.id().text());
  }

  @Test
  void shouldLetNoHoldKeepTheOthersWaiting() {
    Hold first = fixture.desk.place(order(HoldReach.ONGOING, false), JANE);
    fixture.now = NOW.plusSeconds(1);
    Hold second = fixture.desk.place(order(HoldReach.ONGOING, false), JANE);
    fixture.vaults.failures = 1;
    fixture.work();
    assertThat(now(second).state()).isEqualTo(HoldState.ACTIVE);
    assertThat(now(first).state()).isEqualTo(HoldState.ACTIVE);
    Hold third = fixture.desk.place(order(HoldReach.ONGOING, false), JANE);
    fixture.vaults.waits = true;
    assertThat(fixture.work()).isZero();
    fixture.vaults.waits = false;
    fixture.work();
    assertThat(now(third).state()).isEqualTo(HoldState.ACTIVE);
  }
}
