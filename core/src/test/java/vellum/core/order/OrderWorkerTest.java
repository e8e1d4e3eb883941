package vellum.core.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.seal.TestRecords.sms;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.record.RecordId;
import vellum.core.seal.TestRecords;
import vellum.core.search.Found;
import vellum.core.store.FullStore;
import vellum.core.store.StoreException;
import vellum.v1.DetailRecord;
import vellum.v1.UsageRecord;

/** Runs of orders: complete, broken off and resumed, over months that are gone, on full disks. */
final class OrderWorkerTest {

  private static final Instant OCTOBER = Instant.parse("2026-10-05T08:00:00Z");
  private static final Instant NOVEMBER = Instant.parse("2026-11-05T08:00:00Z");

  @TempDir Path directory;
  private OrderRig rig;

  @BeforeEach
  void open() {
    rig = new OrderRig(directory);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private List<DetailRecord> send(int each) {
    List<DetailRecord> sent = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      sent.add(sms(i, OCTOBER.plusMillis(i * 7L), OrderRig.ANNA).build());
      sent.add(sms(each + i, NOVEMBER.plusMillis(i * 7L), OrderRig.ANNA).build());
    }
    for (int from = 0; from < sent.size(); from += 1_000) {
      rig.engine.send(sent.subList(from, Math.min(sent.size(), from + 1_000)));
      rig.engine.pump();
    }
    return sent;
  }

  private CaseId running() {
    return running(OrderRig.order());
  }

  private CaseId running(NewOrder entered) {
    CaseId id = rig.desk.create(entered, "ann").id();
    rig.desk.submit(id, "ann");
    rig.desk.approve(id, "bob", null);
    rig.desk.run(id, "ann");
    return id;
  }

  private static List<String> ids(List<Found> found) {
    return found.stream().map(one -> one.record().getRecordId()).toList();
  }

  private Order order(CaseId id) {
    return rig.desk.find(id).orElseThrow();
  }

  @Test
  void shouldPackWhatIsGrantedAndNothingElse() {
    // given: another's record, and one outside of the interval
    List<DetailRecord> sent = send(20);
    rig.engine.send(
        List.of(
            sms(900, OCTOBER, "+491700000002").build(),
            sms(901, Instant.parse("2026-11-18T00:00:00Z"), OrderRig.ANNA).build()));
    rig.engine.pump();
    CaseScope scope =
        new CaseScope(
            OrderRig.scope().subjects(),
            new TreeSet<>(),
            OrderRig.FROM,
            Instant.parse("2026-11-10T00:00:00Z"),
            Set.of());

    // when
    CaseId id = running(OrderRig.order("court", scope, false, "good"));
    rig.work();

    // then
    assertThat(ids(rig.packages.durable.get(id)))
        .containsExactlyInAnyOrderElementsOf(sent.stream().map(DetailRecord::getRecordId).toList());
    OrderRun run = order(id).run();
    assertThat(order(id).state()).isEqualTo(OrderState.READY);
    assertThat(run.records()).isEqualTo(40);
    assertThat(run.digest()).hasSize(64);
    assertThat(run.missing()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 101, 250})
  void shouldGoOnAfterACrashWithTheSameRecordsAndNoneTwice(int steps) {
    // given: a search that takes more pages than lie between two marks
    List<DetailRecord> sent = send(300);
    CaseScope scope =
        new CaseScope(
            List.of(), new TreeSet<>(Set.of("acct-1")), OrderRig.FROM, OrderRig.TO, Set.of());
    rig.worker.close();
    rig.worker = rig.newWorker(2);
    CaseId id = running(OrderRig.order("court", scope, false, "good"));
    for (int i = 0; i < steps; i++) {
      rig.worker.doWork();
    }

    // when: the process is killed, and another one starts
    rig.worker = rig.newWorker(2);
    rig.work();

    // then
    assertThat(ids(rig.packages.durable.get(id)))
        .containsExactlyInAnyOrderElementsOf(sent.stream().map(DetailRecord::getRecordId).toList());
    assertThat(order(id).run().records()).isEqualTo(600);
    assertThat(rig.cases.attachment(id, RunMark.NAME)).isEmpty();
  }

  @Test
  void shouldReportMonthsThatAreStripped() {
    // given
    send(5);
    rig.engine.moveTo(Instant.parse("2027-11-01T00:00:00Z"));
    rig.engine.settle();

    // when: by number, and by account
    CaseId byNumber = running();
    rig.work();
    CaseScope account =
        new CaseScope(
            List.of(),
            new TreeSet<>(Set.of("acct-1")),
            Instant.parse("2026-01-01T00:00:00Z"),
            OrderRig.TO,
            Set.of());
    CaseId byAccount = running(OrderRig.order("court", account, false, "good"));
    rig.work();

    // then
    assertThat(rig.packages.durable.get(byNumber)).hasSize(5);
    assertThat(order(byNumber).run().missing())
        .singleElement()
        .asString()
        .startsWith("2026-10.default: identities no longer held, erased on 2027-11-01")
        .endsWith("by rule identities 12 months (policy version 1)");
    assertThat(rig.packages.durable.get(byAccount)).hasSize(10);
    assertThat(rig.packages.durable.get(byAccount).stream().filter(Found::identified)).hasSize(5);
    assertThat(order(byAccount).run().missing())
        .hasSize(2)
        .first()
        .asString()
        .endsWith("never held");
  }

  @Test
  void shouldLeaveNothingOnAFullDiskAndRunAgain() {
    // given
    send(10);
    rig.packages.room = 7;
    CaseId id = running();

    // when
    rig.work();

    // then
    assertThat(order(id).state()).isEqualTo(OrderState.APPROVED);
    assertThat(order(id).run().trouble()).startsWith("NO_ROOM");
    assertThat(rig.packages.durable).isEmpty();
    assertThat(rig.packages.removed).contains(id);

    // when there is room
    rig.packages.room = Integer.MAX_VALUE;
    rig.desk.run(id, "ann");
    rig.work();

    // then
    assertThat(order(id).state()).isEqualTo(OrderState.READY);
    assertThat(rig.packages.durable.get(id)).hasSize(20);
  }

  @Test
  void shouldStopAnEmergencyThatIsRejectedMeanwhile() {
    // given
    send(10);
    CaseId id =
        rig.desk.create(OrderRig.order("court", OrderRig.scope(), true, "good"), "ann").id();
    rig.desk.submit(id, "ann");
    rig.desk.run(id, "ann");
    rig.worker.doWork();
    rig.worker.doWork();

    // when
    rig.desk.reject(id, "bob", "no danger");
    rig.work();

    // then
    assertThat(order(id).state()).isEqualTo(OrderState.REJECTED);
    assertThat(rig.packages.removed).contains(id);
  }

  @Test
  void shouldTakeAwayThePackageOfAnEmergencyThatIsRejectedBehindItsRun() {
    // given
    send(10);
    CaseId id =
        rig.desk.create(OrderRig.order("court", OrderRig.scope(), true, "good"), "ann").id();
    rig.desk.submit(id, "ann");
    rig.desk.run(id, "ann");
    rig.work();
    assertThat(rig.packages.durable).containsKey(id);

    // when
    rig.desk.reject(id, "bob", "no danger");
    rig.engine.wall = rig.engine.wall.plus(Duration.ofMinutes(2));
    rig.work();

    // then
    assertThat(order(id).state()).isEqualTo(OrderState.REJECTED);
    assertThat(rig.packages.durable).doesNotContainKey(id);
  }

  @Test
  void shouldCountDisclosuresOnceAndEndOrdersWithTheirPackages() {
    // given
    send(10);
    CaseId id = running();
    rig.work();
    rig.desk.delivered(id, "ann");
    Disclosure again = rig.desk.delivered(id, "ann");

    // then
    assertThat(again.number()).isEqualTo(2);
    assertThat(again.again()).isTrue();
    assertThat(again.approver()).isEqualTo("bob");
    List<Disclosure> year = new DisclosureJournal(rig.engine.control).ofYear(2026);
    assertThat(DisclosureJournal.count(year, Disclosure::country))
        .containsExactly(new DisclosureCount("DE", 1, 20, 0, 0));
    assertThat(DisclosureJournal.count(year, Disclosure::type))
        .extracting(DisclosureCount::key)
        .containsExactly("court");

    // when
    rig.engine.wall = rig.engine.wall.plus(Duration.ofDays(30));
    rig.work();

    // then
    assertThat(order(id).state()).isEqualTo(OrderState.CLOSED);
    assertThat(rig.packages.removed).contains(id);
    rig.engine.wall = rig.engine.wall.plus(Duration.ofDays(365));
    assertThat(rig.cases.expire(rig.engine.wall)).containsExactly(id);
    assertThat(rig.journal.all()).hasSize(2);
  }

  @Test
  void shouldFindWhoUsedThePlatformFromAnAddress() {
    // given
    UsageRecord event =
        UsageRecord.newBuilder()
            .setEventId(RecordId.derived(NOVEMBER.toEpochMilli(), "acct-1", "login").toString())
            .setAt(TestRecords.timestamp(NOVEMBER))
            .setAccount("acct-1")
            .setActor("ann@example.com")
            .setAction("login")
            .setIp("192.0.2.1")
            .build();
    rig.engine.sendUsage(
        List.of(
            event,
            event.toBuilder()
                .setEventId(RecordId.derived(NOVEMBER.toEpochMilli(), "acct-1", "other").toString())
                .setIp("192.0.2.2")
                .build()));
    rig.engine.pump();
    CaseScope scope =
        new CaseScope(
            List.of(CaseSubject.of(CaseSubject.Kind.PLATFORM_IP, "192.0.2.1")),
            new TreeSet<>(),
            OrderRig.FROM,
            OrderRig.TO,
            Set.of());
    NewOrder plain = OrderRig.order("court", scope, false, "good");

    // when
    CaseId id =
        running(
            new NewOrder(
                plain.authority(),
                "DE",
                plain.legalBasis(),
                plain.reference(),
                plain.deadline(),
                false,
                scope,
                Set.of(GrantedClass.USAGE),
                "good",
                Set.of("ndjson")));
    rig.work();

    // then
    assertThat(rig.packages.events.get(id)).containsExactly(event);
    assertThat(rig.packages.durable.get(id)).isEmpty();
    assertThat(order(id).run().records()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 1_000})
  void shouldPackAllAndNoneTwiceWhenAMonthFailsOnce(int pageRecords) {
    // given: a store that fails between two months, behind records of the same page
    List<DetailRecord> sent = send(301);
    rig.worker.close();
    StoreException full = FullStore.unavailable();
    rig.worker = rig.newWorker(pageRecords, new FailingMonths(rig.engine.months, "2026-11", full));
    CaseId id = running();

    // when
    assertThatThrownBy(rig::work).isSameAs(full);
    assertThat(order(id).state()).isEqualTo(OrderState.RUNNING);
    assertThat(rig.packages.removed).doesNotContain(id);
    rig.work();

    // then
    assertThat(order(id).state()).isEqualTo(OrderState.READY);
    assertThat(ids(rig.packages.durable.get(id)))
        .containsExactlyInAnyOrderElementsOf(sent.stream().map(DetailRecord::getRecordId).toList());
    assertThat(order(id).run().records()).isEqualTo(602);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "{\"format\": 2}", "{\"format\": 1, \"cursor\": \"none\"}"})
  void shouldEndAnOrderWhoseMarkIsBadAndRunTheOthers(String mark) {
    // given
    send(10);
    CaseId bad = running();
    rig.cases.attach(bad, RunMark.NAME, mark.getBytes(StandardCharsets.UTF_8));
    CaseId good = running();

    // when
    rig.work();

    // then
    assertThat(order(bad).state()).isEqualTo(OrderState.APPROVED);
    assertThat(order(bad).run().trouble()).startsWith("FAILED: vellum.core.");
    assertThat(order(good).state()).isEqualTo(OrderState.READY);

    // when it is run again
    rig.desk.run(bad, "ann");
    rig.work();

    // then
    assertThat(order(bad).state()).isEqualTo(OrderState.READY);
    assertThat(rig.packages.durable.get(bad)).hasSize(20);
  }

  @Test
  void shouldEndAnOrderInWhichAFaultIsThatNoRepetitionMends() {
    // given
    send(10);
    rig.worker.close();
    rig.worker =
        rig.newWorker(
            1_000,
            new FailingMonths(
                rig.engine.months, "2026-11", new IllegalStateException(OrderRig.ANNA)));
    CaseId id = running();

    // when
    rig.work();

    // then
    assertThat(order(id).state()).isEqualTo(OrderState.APPROVED);
    assertThat(order(id).run().trouble())
        .startsWith("FAILED: java.lang.IllegalStateException at ")
        .doesNotContain(OrderRig.ANNA);
    assertThat(rig.packages.removed).contains(id);
  }
}
