package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.seal.TestRecords.STARTED;
import static vellum.core.seal.TestRecords.header;
import static vellum.core.seal.TestRecords.party;
import static vellum.core.subject.AnswerRig.OFFICER;
import static vellum.core.subject.AnswerRig.number;
import static vellum.core.subject.AnswerRig.order;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.audit.AuditEvent;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseSubject;
import vellum.core.record.RecordId;
import vellum.core.seal.SealFixture;
import vellum.core.seal.TestUsage;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Submission;

/** Answers over a whole engine: complete, within what was proved, and nobody else's. */
final class RequestWorkerTest {

  private static final String PERSON = "+491701234567";
  private static final String OTHER = "+4915112345678";
  private static final String RIGHT = "+491709999999";
  private static final String HELD = "2026-11-10T00:00:00Z";

  @TempDir private Path directory;
  private AnswerRig rig;

  @BeforeEach
  void open() {
    rig = new AnswerRig(directory);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldGiveAllOfAPersonsRecordsAndMaskEverybodyElse() {
    // given: more than a page, from and to the person, and others' records between
    DetailRecord[] sent = new DetailRecord[1_300];
    for (int i = 0; i < sent.length; i++) {
      sent[i] =
          i % 2 == 0
              ? call(i, STARTED, PERSON, OTHER)
              : call(i, STARTED, OTHER, i % 4 == 1 ? PERSON : "+4930123456");
    }
    for (int i = 0; i < sent.length; i += 325) {
      rig.engine.send(Arrays.copyOfRange(sent, i, i + 325));
    }
    // when
    Request answered = rig.answered(order(RequestKind.ACCESS, List.of(held())));
    // then
    assertThat(answered.state()).isEqualTo(RequestState.DONE);
    assertThat(answered.answer().orElseThrow().records()).isEqualTo(975);
    assertThat(answered.answer().orElseThrow().accounts()).containsExactly("acct-1");
    assertThat(rig.parcels.records).hasSize(975).doesNotHaveDuplicates();
    assertThat(rig.parcels.records)
        .allSatisfy(
            record ->
                assertThat(record.toString())
                    .contains(PERSON)
                    .contains("****")
                    .doesNotContain(OTHER)
                    .doesNotContain("ref "));
    assertThat(rig.parcels.answer(answered.id()))
        .contains(PERSON, "preventing fraud", "12 months", "10 years", "acct-1", "passed on")
        .contains("complete except where law requires")
        .doesNotContain(OTHER);
    assertThat(rig.trail).hasSize(1);
    assertThat(rig.trail.get(0).event()).isEqualTo(AuditEvent.REQUEST_ANSWERED);
    assertThat(rig.trail.get(0).count()).isEqualTo(975);
    assertThat(rig.trail.get(0).caseId()).isEqualTo(answered.id().text());
  }

  @Test
  void shouldGiveNothingOfWhoHadTheNumberBeforeOrAfter() {
    // given: a recycled number
    rig.engine.send(
        call(1, Instant.parse("2026-11-09T23:59:59.999Z"), OTHER, PERSON),
        call(2, Instant.parse("2026-11-10T00:00:00Z"), OTHER, PERSON),
        call(3, Instant.parse("2026-11-14T23:59:59Z"), OTHER, PERSON),
        call(4, Instant.parse("2026-11-15T00:00:00Z"), OTHER, PERSON));
    // when
    rig.answered(order(RequestKind.ACCESS, List.of(number(PERSON, HELD, "2026-11-15T00:00:00Z"))));
    // then
    assertThat(rig.parcels.records)
        .extracting(DetailRecord::getRecordId)
        .containsExactlyInAnyOrder(
            call(2, Instant.parse("2026-11-10T00:00:00Z"), OTHER, PERSON).getRecordId(),
            call(3, Instant.parse("2026-11-14T23:59:59Z"), OTHER, PERSON).getRecordId());
  }

  @Test
  void shouldGiveARecordOnceThatTwoIdentitiesOfAPersonName() {
    // given
    rig.engine.send(call(1, STARTED, OTHER, PERSON), call(2, STARTED, "+4930123456", OTHER));
    // when: both numbers are the person's
    rig.answered(order(RequestKind.ACCESS, List.of(held(), number(OTHER, HELD, ""))));
    // then
    assertThat(rig.parcels.records).hasSize(2).doesNotHaveDuplicates();
    assertThat(rig.parcels.records.toString())
        .contains(PERSON, OTHER)
        .doesNotContain("+4930123456");
  }

  @Test
  void shouldGiveAnAccountWhatIsItsOwnAndNothingElse() {
    // given
    DetailRecord other =
        call(2, STARTED, OTHER, PERSON).toBuilder()
            .setAccount("acct-2")
            .setRecordId(RecordId.derived(STARTED.toEpochMilli(), "acct-2", "2").toString())
            .build();
    rig.engine.send(call(1, STARTED, OTHER, PERSON), other);
    // when
    rig.answered(order(RequestKind.ACCESS, List.of(), "acct-1"));
    // then
    assertThat(rig.parcels.records).extracting(DetailRecord::getAccount).containsExactly("acct-1");
    // when
    rig.answered(order(RequestKind.ACCESS, List.of(held()), "acct-2"));
    // then
    assertThat(rig.parcels.records).extracting(DetailRecord::getAccount).containsExactly("acct-2");
  }

  @Test
  void shouldGiveAUserWhatTheyDidOnThePlatform() {
    // given
    rig.engine.sendUsage(
        TestUsage.event(1),
        TestUsage.event(2, STARTED, "somebody.else@acme.example", "203.0.113.78").build());
    ProvenSubject user =
        ProvenSubject.of(
            CaseSubject.of(CaseSubject.Kind.ADDRESS, TestUsage.ACTOR), null, null, SealFixture.NOW);
    // when
    Request answered = rig.answered(order(RequestKind.ACCESS, List.of(user), "acct-1"));
    // then
    assertThat(rig.parcels.answer(answered.id()))
        .contains(TestUsage.ADDRESS)
        .doesNotContain("somebody.else", "203.0.113.78");
  }

  @Test
  void shouldAnswerARefusalWithoutWork() {
    // given
    CaseId id = rig.desk.create(order(RequestKind.ACCESS, List.of(held())), "", OFFICER).id();
    assertThatThrownBy(() -> rig.worker.answer(id, "", OFFICER))
        .isInstanceOf(RequestException.NotDecided.class);
    rig.desk.decide(id, false, "could not prove it", false, OFFICER);
    // when
    RequestWorker.Started started = rig.worker.answer(id, "", OFFICER);
    // then
    assertThat(started.request().state()).isEqualTo(RequestState.DONE);
    assertThat(started.passphrase()).isEmpty();
    assertThat(
            AnswerDocument.of(
                    started.request(), started.request().answer().orElseThrow(), rig.parts())
                .toString())
        .contains("could not prove it", "except where law requires")
        .doesNotContain("purposes");
  }

  @Test
  void shouldBreakOffAnAnswerAndMakeItAnew() {
    // given
    rig.engine.send(call(1, STARTED, OTHER, PERSON), call(2, STARTED, OTHER, PERSON));
    rig.parcels.room = 1;
    CaseId id = rig.granted(order(RequestKind.ACCESS, List.of(held())));
    // when
    rig.worker.answer(id, "", OFFICER);
    rig.run(id);
    // then
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.DECIDED);
    assertThat(rig.parcels.abandoned).isEqualTo(1);
    assertThat(rig.worker.progress(id).orElseThrow().failure()).isEqualTo("ANSWER_FAILED");
    assertThat(rig.trail).isEmpty();
    // when
    rig.parcels.room = 2;
    rig.worker.answer(id, "", OFFICER);
    rig.run(id);
    // then
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.DONE);
    assertThat(rig.parcels.records).hasSize(2);
  }

  @Test
  void shouldRemoveParcelsAfterTheirTimeAndOfClosedRequests() {
    // given
    rig.engine.send(call(1, STARTED, OTHER, PERSON));
    CaseId kept = rig.answered(order(RequestKind.ACCESS, List.of(held()))).id();
    CaseId closed = rig.answered(order(RequestKind.ACCESS, List.of(held()))).id();
    // when
    rig.desk.close(closed, "handed over", false);
    rig.now = rig.now.plus(Duration.ofMinutes(2));
    rig.worker.doWork();
    // then
    assertThat(rig.parcels.files(closed)).isEmpty();
    assertThat(rig.parcels.files(kept)).isNotEmpty();
    assertThat(rig.desk.require(closed).answer().orElseThrow().removedAt()).contains(rig.now);
    // when
    rig.now = rig.now.plus(Duration.ofDays(31));
    rig.worker.doWork();
    // then
    assertThat(rig.parcels.files(kept)).isEmpty();
    assertThat(rig.worker.doWork()).isZero();
  }

  @Test
  void shouldPutAnIdentityRightAndKeepWhatWasWrongInTheCase() {
    // given
    rig.engine.send(
        call(1, STARTED, OTHER, PERSON),
        call(2, Instant.parse("2026-11-09T00:00:00Z"), OTHER, PERSON),
        call(3, STARTED, PERSON, "+4930123456"));
    String totals = rig.engine.totals();
    RequestOrder order =
        new RequestOrder(
            RequestKind.RECTIFICATION,
            List.of(held()),
            new TreeSet<>(),
            "card seen",
            SealFixture.NOW,
            Optional.of(
                new Correction(held().subject(), CaseSubject.of(CaseSubject.Kind.NUMBER, RIGHT))));
    // when
    Request answered = rig.answered(order);
    // then
    assertThat(answered.answer().orElseThrow().records()).isEqualTo(2);
    assertThat(rig.engine.found(RIGHT)).hasSize(2);
    assertThat(rig.engine.found(PERSON)).hasSize(1);
    DetailRecord right = rig.engine.open(call(1, STARTED, OTHER, PERSON));
    assertThat(right.getSubmission().getRecipient().getIdentifiers(0).getValue()).isEqualTo(RIGHT);
    assertThat(right.getSubmission().getSender().getIdentifiers(0).getValue()).isEqualTo(OTHER);
    assertThat(right.getSubmission().getClientRef()).isEqualTo("ref 1");
    assertThat(right.getSubmission().getVersion()).isEqualTo(2);
    assertThat(counts(rig.engine.totals())).isEqualTo(counts(totals));
    assertThat(rig.desk.history(answered.id()).get(0).order().correction().orElseThrow().wrong())
        .isEqualTo(held().subject());
  }

  @Test
  void shouldGoOnWithACorrectionAfterAStop() {
    // given
    rig.engine.send(call(1, STARTED, OTHER, PERSON));
    CaseId id =
        rig.granted(
            new RequestOrder(
                RequestKind.RECTIFICATION,
                List.of(held()),
                new TreeSet<>(),
                "card seen",
                SealFixture.NOW,
                Optional.of(
                    new Correction(
                        held().subject(), CaseSubject.of(CaseSubject.Kind.NUMBER, RIGHT)))));
    rig.worker.answer(id, "", OFFICER);
    // when: stopped before its first step
    rig.open();
    rig.run(id);
    // then
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.DONE);
    assertThat(rig.engine.found(RIGHT)).hasSize(1);
  }

  @Test
  void shouldEraseAPersonAndTellWhoseContentItIs() {
    // given
    rig.engine.send(call(1, STARTED, OTHER, PERSON), call(2, STARTED, OTHER, "+4930123456"));
    PersonCount before = PersonCount.of(order(RequestKind.ERASURE, List.of(held())), rig.parts());
    // when
    Request answered = rig.answered(order(RequestKind.ERASURE, List.of(held())));
    // then
    assertThat(before.records()).isEqualTo(1);
    assertThat(answered.state()).isEqualTo(RequestState.DONE);
    assertThat(answered.answer().orElseThrow().accounts()).containsExactly("acct-1");
    assertThat(rig.engine.found(PERSON)).isEmpty();
    assertThat(rig.engine.found(OTHER)).hasSize(2);
    assertThat(rig.trail)
        .extracting(entry -> entry.event())
        .containsExactly(AuditEvent.PERSON_ERASED);
    assertThat(AnswerDocument.of(answered, answered.answer().orElseThrow(), rig.parts()).toString())
        .contains("the identities are gone except where law requires retention");
    assertThat(PersonCount.of(order(RequestKind.ERASURE, List.of(held())), rig.parts()).records())
        .isZero();
  }

  private static String counts(String totals) {
    return totals.substring(totals.indexOf('{'));
  }

  private static ProvenSubject held() {
    return number(PERSON, HELD, "");
  }

  private static DetailRecord call(long seed, Instant at, String from, String to) {
    return header(seed, at)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setSender(party(IdentifierKind.E164, from))
                .setRecipient(party(IdentifierKind.E164, to))
                .setClientRef("ref " + seed)
                .setMccMnc("26201"))
        .build();
  }
}
