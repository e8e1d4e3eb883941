package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.subject.AnswerRig.OFFICER;
import static vellum.core.subject.AnswerRig.number;
import static vellum.core.subject.AnswerRig.order;

import java.nio.file.Path;
import java.time.Period;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.casefile.CaseId;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Submission;

/** What becomes of answers that are broken off half way. */
final class BrokenOffTest {

  private static final String PERSON = "+491701234567";

  @TempDir private Path directory;
  private AnswerRig rig;

  @BeforeEach
  void open() {
    rig = new AnswerRig(directory);
    rig.engine.send(call(1), call(2));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldNeitherRefuseNorWithdrawHalfAnErasureAndGoOnAtTheStart() {
    // given
    CaseId id = stoppedWhenFound();
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.DECIDED);
    // when, then
    refused(() -> rig.desk.close(id, "does not want it", true));
    refused(() -> rig.desk.decide(id, false, "thought better of it", false, OFFICER));
    assertThat(rig.desk.require(id).isGranted()).isTrue();
    // when
    rig.engine.held = Held.NONE;
    rig.open();
    rig.run(id);
    // then
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.DONE);
    assertThat(rig.engine.found(PERSON)).isEmpty();
  }

  @Test
  void shouldEndHalfAnErasureAtTheStartThoughItsRequestIsClosed() {
    // given: closed by a desk that did not ask
    CaseId id = stoppedWhenFound();
    RequestDesk.open(
            rig.engine.cases,
            rig.restrictions,
            AnswerTexts.read(),
            () -> rig.now,
            Period.ofYears(3),
            any -> false)
        .close(id, "does not want it", true);
    // when
    rig.engine.held = Held.NONE;
    rig.open();
    for (int i = 0; i < 200; i++) {
      rig.worker.doWork();
      rig.engine.idle();
    }
    // then
    assertThat(rig.engine.worker.status(id).orElseThrow().state()).isEqualTo(ErasureState.DONE);
    assertThat(rig.engine.found(PERSON)).isEmpty();
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.CLOSED);
    assertThat(rig.trail).hasSize(1);
  }

  @Test
  void shouldNotEraseAfterAStopWhatWasRefused() {
    // given: stopped between the answer's beginning and its end
    CaseId id = rig.granted(order(RequestKind.ERASURE, who()));
    rig.desk.decide(id, false, "law requires it", false, OFFICER);
    rig.desk.begin(id);
    // when
    rig.open();
    rig.run(id);
    // then
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.DECIDED);
    assertThat(rig.engine.found(PERSON)).hasSize(2);
  }

  @Test
  void shouldBreakOffAgainUntilTheDiskTakesIt() {
    // given
    rig.parcels.room = 1;
    rig.parcels.isStuck = true;
    CaseId id = rig.granted(order(RequestKind.ACCESS, who()));
    rig.worker.answer(id, "", OFFICER);
    // when
    rig.worker.doWork();
    rig.worker.doWork();
    // then
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.WORKING);
    assertThat(rig.worker.progress(id).orElseThrow().failure()).isEqualTo("ANSWER_FAILED");
    // when
    rig.parcels.isStuck = false;
    rig.worker.doWork();
    // then
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.DECIDED);
    assertThat(rig.parcels.abandoned).isEqualTo(1);
    rig.parcels.room = 2;
    rig.worker.answer(id, "", OFFICER);
    rig.run(id);
    assertThat(rig.desk.require(id).state()).isEqualTo(RequestState.DONE);
  }

  @Test
  void shouldSayTypeAndPlaceOfAFailureAndNotItsMessage() {
    CaseId id = stoppedWhenFound();
    assertThat(rig.engine.worker.waitsFor(id).orElseThrow())
        .startsWith("java.lang.IllegalStateException at vellum.core.subject.BrokenOffTest")
        .doesNotContain(PERSON);
  }

  private CaseId stoppedWhenFound() {
    rig.engine.held =
        (month, record) -> {
          throw new IllegalStateException("the vault of " + PERSON + " is broken");
        };
    CaseId id = rig.granted(order(RequestKind.ERASURE, who()));
    rig.worker.answer(id, "", OFFICER);
    rig.run(id);
    return id;
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(RequestException.ErasureUnderWay.class);
  }

  private static List<ProvenSubject> who() {
    return List.of(number(PERSON, "2026-11-10T00:00:00Z", ""));
  }

  private static DetailRecord call(long seed) {
    return TestRecords.header(seed, TestRecords.STARTED)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setSender(TestRecords.party(IdentifierKind.E164, "+4915112345678"))
                .setRecipient(TestRecords.party(IdentifierKind.E164, PERSON))
                .setMccMnc("26201"))
        .build();
  }
}
