package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.subject.SubjectFixture.NOW;
import static vellum.core.subject.SubjectFixture.NUMBER;
import static vellum.core.subject.SubjectFixture.OFFICER;
import static vellum.core.subject.SubjectFixture.number;
import static vellum.core.subject.SubjectFixture.order;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseKind;
import vellum.core.casefile.CaseSubject;
import vellum.core.record.CanonicalIdentity;

final class RequestDeskTest {

  @TempDir private Path directory;
  private SubjectFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SubjectFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldLeadARequestToItsEndAndKeepItsHistory() {
    // given
    CaseId id = create(RequestKind.ACCESS);
    // when
    desk().extend(id, "many accounts are asked", OFFICER);
    desk().decide(id, true, "proved who they are", false, OFFICER);
    desk().begin(id);
    desk().answered(id, AnswerNote.of(NOW, "officer"));
    desk().close(id, "handed over", false);
    fixture.reopen();
    // then
    Request closed = desk().require(id);
    assertThat(closed.state()).isEqualTo(RequestState.CLOSED);
    assertThat(closed.closing()).isEqualTo("handed over");
    assertThat(closed.deadline().extension()).isPresent();
    assertThat(closed.order()).isEqualTo(order(RequestKind.ACCESS));
    assertThat(desk().history(id))
        .extracting(Request::state)
        .containsExactly(
            RequestState.OPEN,
            RequestState.OPEN,
            RequestState.DECIDED,
            RequestState.WORKING,
            RequestState.DONE,
            RequestState.CLOSED);
  }

  @Test
  void shouldRefuseWhoDidNotProveToBeThePerson() {
    refused("NO_IDENTITY_CHECK", () -> orderOf(List.of(proven()), " "));
    refused("INTERVAL_MISSING", () -> number(NUMBER, null, null));
    refused("BAD_INTERVAL", () -> number(NUMBER, "2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z"));
    refused("BAD_INTERVAL", () -> number(NUMBER, "2026-02-01T00:00:00Z", "2027-01-01T00:00:00Z"));
    refused("BAD_SUBJECTS", () -> orderOf(List.of(), "card seen"));
    refused(
        "BAD_SUBJECTS",
        () ->
            ProvenSubject.of(CaseSubject.of(CaseSubject.Kind.SENDER_ID, "ACME"), null, null, NOW));
    assertThatThrownBy(() -> number("+49170", "2026-01-01T00:00:00Z", null))
        .isInstanceOfSatisfying(
            CaseException.BadSubject.class, e -> assertThat(e.code()).isEqualTo("BAD_NUMBER"))
        .message()
        .doesNotContain("49170");
  }

  @Test
  void shouldRefuseWhatCannotBeDoneNow() {
    // given
    CaseId open = create(RequestKind.ACCESS);
    // then
    refused("NOT_DECIDED", () -> desk().begin(open));
    refused("WRONG_STATE", () -> desk().close(open, "no reason", false));
    refused("BAD_REASON", () -> desk().decide(open, true, "", false, OFFICER));
    refused("BAD_REASON", () -> desk().decide(open, true, "call " + NUMBER, false, OFFICER));
    desk().extend(open, "many", OFFICER);
    refused("ALREADY_EXTENDED", () -> desk().extend(open, "more", OFFICER));
    desk().close(open, "does not want it any more", true);
    refused("WRONG_STATE", () -> desk().decide(open, true, "after all", false, OFFICER));
    refused("WRONG_STATE", () -> desk().extend(open, "after all", OFFICER));
    refused("NO_SUCH_REQUEST", () -> desk().require(CaseId.parse("R-00000000")));
    refused("NO_SUCH_REQUEST", () -> desk().require(new CaseId(CaseKind.HOLD, open.code())));
  }

  @Test
  void shouldRefuseCorrectionsThatAreNone() {
    CaseSubject wrong = CaseSubject.of(CaseSubject.Kind.NUMBER, NUMBER);
    refused("BAD_CORRECTION", () -> new Correction(wrong, wrong));
    refused(
        "BAD_CORRECTION",
        () -> new Correction(wrong, CaseSubject.of(CaseSubject.Kind.ADDRESS, "a@b.example")));
    refused(
        "BAD_CORRECTION",
        () ->
            new RequestOrder(
                RequestKind.RECTIFICATION,
                List.of(proven()),
                new TreeSet<>(),
                "card seen",
                NOW,
                Optional.empty()));
  }

  @Test
  void shouldRefusePortabilityUnlessSomebodySaysWhyNot() {
    // when
    Request request = desk().create(order(RequestKind.PORTABILITY), "", OFFICER);
    // then
    assertThat(request.state()).isEqualTo(RequestState.DECIDED);
    assertThat(request.isGranted()).isFalse();
    assertThat(request.decision().orElseThrow().reason()).contains("consent", "contract");
    refused(
        "PORTABILITY_NOT_OWED", () -> desk().decide(request.id(), true, "please", false, OFFICER));
    // when
    Request granted = desk().decide(request.id(), true, "own contract", true, OFFICER);
    // then
    assertThat(granted.isGranted()).isTrue();
    assertThat(desk().create(order(RequestKind.PORTABILITY), "own contract", OFFICER).isGranted())
        .isTrue();
  }

  @Test
  void shouldCountWhatIsLate() {
    // given
    CaseId late = create(RequestKind.ACCESS);
    CaseId extended = create(RequestKind.ERASURE);
    desk().extend(extended, "many", OFFICER);
    // when
    fixture.now = Instant.parse("2026-12-21T00:00:00Z");
    // then
    assertThat(desk().overdue()).isEqualTo(1);
    fixture.reopen();
    assertThat(desk().overdue()).isEqualTo(1);
    assertThat(desk().list(request -> request.isOverdue(fixture.now), null, 10))
        .extracting(Request::id)
        .containsExactly(late);
    desk().close(late, "withdrawn by phone", true);
    assertThat(desk().overdue()).isZero();
  }

  @Test
  void shouldBeginAnewWhatWasBrokenOff() {
    // given
    CaseId id = create(RequestKind.ACCESS);
    desk().decide(id, true, "proved", false, OFFICER);
    desk().begin(id);
    // when
    fixture.reopen();
    // then
    assertThat(desk().require(id).state()).isEqualTo(RequestState.DECIDED);
  }

  @Test
  void shouldRefuseWhatSomebodyElseChanged() {
    // given
    CaseId id = create(RequestKind.ACCESS);
    Request read = desk().require(id);
    desk().extend(id, "many", OFFICER);
    // then
    assertThatThrownBy(() -> fixture.files.change(id, read.revision(), RequestJson.write(read)))
        .isInstanceOf(CaseException.Stale.class);
  }

  @Test
  void shouldBeGoneAfterItsTime() {
    // given
    CaseId id = create(RequestKind.ACCESS);
    desk().close(id, "withdrawn", true);
    // when
    fixture.now = NOW.plus(Duration.ofDays(3 * 366));
    // then
    assertThat(fixture.files.expire(fixture.now)).containsExactly(id);
    assertThat(desk().find(id)).isEmpty();
  }

  @Test
  void shouldWriteNobodysNumberOnTheDisk() throws IOException {
    // given
    CaseId id = create(RequestKind.RECTIFICATION);
    desk().decide(id, true, "proved", false, OFFICER);
    // when
    fixture.reopen();
    // then
    assertThat(desk().require(id).toString()).doesNotContain(NUMBER.substring(1));
    assertThat(desk().require(id).order().who().toString()).doesNotContain(NUMBER.substring(1));
    for (byte[] file : files()) {
      String text = new String(file, StandardCharsets.ISO_8859_1);
      assertThat(text.contains(NUMBER.substring(3))).isFalse();
      assertThat(text.contains("identity card seen")).isFalse();
    }
  }

  @Test
  void shouldRestrictFromTheDecisionToTheClosing() {
    // given
    CaseId id = create(RequestKind.RESTRICTION);
    assertThat(fixture.restrictions.isEmpty()).isTrue();
    // when
    desk().decide(id, true, "accuracy is contested", false, OFFICER);
    // then
    assertThat(fixture.restrictions.holds(identity())).isTrue();
    fixture.reopen();
    assertThat(fixture.restrictions.holds(identity())).isTrue();
    desk().begin(id);
    desk().answered(id, AnswerNote.of(NOW, "officer"));
    assertThat(fixture.restrictions.holds(identity())).isTrue();
    // when
    desk().close(id, "it was right", false);
    // then
    assertThat(fixture.restrictions.isEmpty()).isTrue();
  }

  private List<byte[]> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).isNotEmpty();
      List<byte[]> bytes = new ArrayList<>();
      for (Path file : all) {
        bytes.add(Files.readAllBytes(file));
      }
      return bytes;
    }
  }

  private static CanonicalIdentity identity() {
    return proven().subject().identity().orElseThrow();
  }

  private static ProvenSubject proven() {
    return number(NUMBER, "2026-01-01T00:00:00Z", null);
  }

  private static RequestOrder orderOf(List<ProvenSubject> who, String check) {
    return new RequestOrder(
        RequestKind.ACCESS, who, new TreeSet<>(Set.of()), check, NOW, Optional.empty());
  }

  private CaseId create(RequestKind kind) {
    return desk().create(order(kind), "", OFFICER).id();
  }

  private RequestDesk desk() {
    return fixture.desk;
  }

  private static void refused(String code, ThrowingCallable task) {
    assertThatThrownBy(task)
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(code))
        .message()
        .doesNotContain(NUMBER.substring(3));
  }
}
