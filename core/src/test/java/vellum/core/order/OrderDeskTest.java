package vellum.core.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.seal.TestRecords.sms;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseFile;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.policy.Authorities;

/** Every refusal of an order, and the four eyes. */
final class OrderDeskTest {

  @TempDir Path directory;
  private OrderRig rig;

  @BeforeEach
  void open() {
    rig = new OrderRig(directory);
    rig.engine.send(List.of(sms(1, Instant.parse("2026-10-05T08:00:00Z"), OrderRig.ANNA).build()));
    rig.engine.pump();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(OrderException.class, e -> assertThat(e.code()).isEqualTo(code))
        .message()
        .doesNotContain("170000");
  }

  private CaseId submitted() {
    Order order = rig.desk.create(OrderRig.order(), "ann");
    return rig.desk.submit(order.id(), "ann").id();
  }

  private NewOrder within(Instant from, Instant to) {
    CaseScope scope = OrderRig.scope();
    return OrderRig.order(
        "court",
        new CaseScope(scope.subjects(), new TreeSet<>(), from, to, Set.of()),
        false,
        "good");
  }

  @Test
  void shouldRefuseWhatTheTableOfAuthoritiesDoesNotAllow() {
    CaseScope scope = OrderRig.scope();

    refused(
        "UNKNOWN_AUTHORITY",
        () -> rig.desk.create(OrderRig.order("nobody", scope, false, "good"), "ann"));
    refused(
        "FOREIGN_REFUSED",
        () -> rig.desk.create(OrderRig.order("american", scope, false, "good"), "ann"));
    assertThat(rig.desk.create(OrderRig.order("french", scope, false, "good"), "ann").state())
        .isEqualTo(OrderState.DRAFT);
    NewOrder good = OrderRig.order();
    for (String country : List.of("XX", "de", "FR")) {
      NewOrder other =
          new NewOrder(
              good.authority(),
              country,
              good.legalBasis(),
              good.reference(),
              good.deadline(),
              false,
              scope,
              Set.of(),
              "good",
              Set.of());
      refused("UNKNOWN_COUNTRY", () -> rig.desk.create(other, "ann"));
    }
  }

  @Test
  void shouldRefuseIntervalsOfWhichNothingIsKept() {
    refused(
        "INTERVAL_NOT_KEPT",
        () ->
            rig.desk.create(
                within(
                    Instant.parse("2019-01-01T00:00:00Z"), Instant.parse("2020-01-01T00:00:00Z")),
                "ann"));
    refused(
        "INTERVAL_NOT_KEPT",
        () ->
            rig.desk.create(
                within(rig.engine.wall.plusSeconds(1), rig.engine.wall.plusSeconds(9)), "ann"));
  }

  @Test
  void shouldRefuseBadCertificatesAndBadSubjects() {
    refused(
        "CERTIFICATE_WEAK",
        () -> rig.desk.create(OrderRig.order("court", OrderRig.scope(), false, "WEAK"), "ann"));
    CaseScope address =
        new CaseScope(
            List.of(CaseSubject.of(CaseSubject.Kind.PLATFORM_IP, "192.0.2.1")),
            new TreeSet<>(),
            OrderRig.FROM,
            OrderRig.TO,
            Set.of());
    refused(
        "BAD_SUBJECT",
        () -> rig.desk.create(OrderRig.order("court", address, false, "good"), "ann"));
  }

  @Test
  void shouldRefusePassedDeadlinesAtEveryStep() {
    // given
    CaseId id = submitted();
    Order draft = rig.desk.create(OrderRig.order(), "ann");
    rig.engine.wall = Instant.parse("2029-01-01T00:00:00Z");

    // then
    refused("DEADLINE_PASSED", () -> rig.desk.create(OrderRig.order(), "ann"));
    refused("DEADLINE_PASSED", () -> rig.desk.submit(draft.id(), "ann"));
    refused("DEADLINE_PASSED", () -> rig.desk.approve(id, "bob", null));
    rig.engine.wall = Instant.parse("2028-12-31T23:59:59Z");
    rig.desk.approve(id, "bob", null);
    rig.engine.wall = Instant.parse("2029-01-01T00:00:00Z");
    refused("DEADLINE_PASSED", () -> rig.desk.run(id, "ann"));
  }

  @Test
  void shouldNeedASecondPerson() {
    // given: one enters, another submits
    Order order = rig.desk.create(OrderRig.order(), "ann");
    CaseId id = rig.desk.submit(order.id(), "eve").id();

    // when, then: neither decides
    for (String same : List.of("ann", "eve")) {
      refused("SAME_PERSON", () -> rig.desk.approve(id, same, null));
      refused("SAME_PERSON", () -> rig.desk.reject(id, same, "no"));
    }
    refused("NOT_APPROVED", () -> rig.desk.run(id, "ann"));
    assertThat(rig.desk.approve(id, "bob", null).state()).isEqualTo(OrderState.APPROVED);
    assertThat(rig.desk.run(id, "ann").state()).isEqualTo(OrderState.RUNNING);
    assertThat(rig.desk.history(id)).extracting(Order::state).hasSize(4);
  }

  @Test
  void shouldRefuseStepsOutOfTurn() {
    Order draft = rig.desk.create(OrderRig.order(), "ann");
    refused("WRONG_STATE", () -> rig.desk.approve(draft.id(), "bob", null));
    refused("WRONG_STATE", () -> rig.desk.reject(draft.id(), "bob", "no"));
    refused("NOT_APPROVED", () -> rig.desk.run(draft.id(), "ann"));
    refused("NOT_APPROVED", () -> rig.desk.delivered(draft.id(), "ann"));
    CaseId id = submitted();
    refused("WRONG_STATE", () -> rig.desk.submit(id, "ann"));
    rig.desk.reject(id, "bob", "no basis");
    refused("WRONG_STATE", () -> rig.desk.run(id, "ann"));
    refused("WRONG_STATE", () -> rig.desk.approve(id, "bob", null));
    refused("NOT_FOUND", () -> rig.desk.run(CaseId.parse("O-00000000"), "ann"));
  }

  @Test
  void shouldFreezeWhatIsApproved() {
    // given
    CaseId id = submitted();
    String seen = rig.desk.find(id).orElseThrow().terms().digest();
    refused("SCOPE_CHANGED", () -> rig.desk.approve(id, "bob", "0".repeat(64)));
    rig.desk.approve(id, "bob", seen);

    // when: somebody writes another scope into the case
    CaseFile file = rig.cases.find(id).orElseThrow();
    String document = new String(file.document(), StandardCharsets.UTF_8);
    rig.cases.change(
        id,
        file.revision(),
        document.replace(OrderRig.ANNA, "+491700000009").getBytes(StandardCharsets.UTF_8));

    // then
    refused("SCOPE_CHANGED", () -> rig.desk.run(id, "ann"));
  }

  @Test
  void shouldRefuseAnAuthorityThatIsNoLongerInTheTable() {
    CaseId id = submitted();
    rig.desk.approve(id, "bob", null);
    rig.authorities = Authorities.NONE;

    refused("UNKNOWN_AUTHORITY", () -> rig.desk.run(id, "ann"));
  }

  @Test
  void shouldWatchEmergenciesThatNobodyApproves() {
    // given
    EmergencyWatch watch = new EmergencyWatch(rig.desk, () -> rig.engine.wall);
    Order order = rig.desk.create(OrderRig.order("court", OrderRig.scope(), true, "good"), "ann");
    rig.desk.submit(order.id(), "ann");
    rig.desk.run(order.id(), "ann");
    rig.work();
    watch.doWork();
    assertThat(watch.waiting()).isEqualTo(1);
    assertThat(watch.overdue()).isZero();

    // when
    rig.engine.wall = rig.engine.wall.plus(Duration.ofHours(24));
    watch.doWork();

    // then
    assertThat(watch.overdue()).isEqualTo(1);
    refused("SAME_PERSON", () -> rig.desk.approve(order.id(), "ann", null));
    Order confirmed = rig.desk.approve(order.id(), "bob", null);
    assertThat(confirmed.state()).isEqualTo(OrderState.READY);
    watch.doWork();
    assertThat(watch.overdue()).isZero();
  }

  @Test
  void shouldRecordWhatWasDisclosedBeforeARejection() {
    // given
    Order order = rig.desk.create(OrderRig.order("court", OrderRig.scope(), true, "good"), "ann");
    rig.desk.submit(order.id(), "ann");
    rig.desk.run(order.id(), "ann");
    rig.work();
    rig.desk.delivered(order.id(), "ann");

    // when
    Order rejected = rig.desk.reject(order.id(), "bob", "no danger to life");

    // then
    assertThat(rejected.state()).isEqualTo(OrderState.REJECTED);
    assertThat(rejected.deliveries()).hasSize(1);
    assertThat(rig.journal.all())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.records()).isEqualTo(1);
              assertThat(one.approver()).isEmpty();
              assertThat(one.emergency()).isTrue();
            });
    refused("WRONG_STATE", () -> rig.desk.delivered(order.id(), "ann"));
  }

  @Test
  void shouldSayNothingOfSubjectsInTexts() {
    Order order = rig.desk.create(OrderRig.order(), "ann");

    assertThat(order.toString() + order.terms() + OrderRig.order()).doesNotContain("170000");
    assertThatThrownBy(() -> CaseSubject.of(CaseSubject.Kind.NUMBER, "+49170x"))
        .isInstanceOf(CaseException.BadSubject.class)
        .message()
        .doesNotContain("170");
  }
}
