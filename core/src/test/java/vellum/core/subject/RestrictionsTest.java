package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.subject.SubjectFixture.NUMBER;
import static vellum.core.subject.SubjectFixture.OFFICER;
import static vellum.core.subject.SubjectFixture.number;
import static vellum.core.subject.SubjectFixture.order;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.casefile.CaseId;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;

final class RestrictionsTest {

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
  void shouldHideThePersonWithinTheProvenIntervalOnly() {
    // when
    restrict(number(NUMBER, "2026-11-10T00:00:00Z", "2026-11-16T00:00:00Z"));
    // then
    assertThat(fixture.restrictions.holds(sms("2026-11-15T23:00:00Z", NUMBER))).isTrue();
    assertThat(fixture.restrictions.holds(sms("2026-11-16T00:00:00Z", NUMBER))).isFalse();
    assertThat(fixture.restrictions.holds(sms("2026-11-09T00:00:00Z", NUMBER))).isFalse();
    assertThat(fixture.restrictions.holds(sms("2026-11-15T00:00:00Z", "+491700000000"))).isFalse();
  }

  @Test
  void shouldHideWhatComesLaterOfWhoStillHasTheNumber() {
    // when
    restrict(number(NUMBER, "2026-11-10T00:00:00Z", null));
    // then
    assertThat(fixture.restrictions.holds(sms("2027-05-15T23:00:00Z", NUMBER))).isTrue();
  }

  @Test
  void shouldHideAPersonUntilTheLastOfTwoRequestsIsClosed() {
    // given
    CaseId first = restrict(number(NUMBER, "2026-11-10T00:00:00Z", null));
    CaseId second = restrict(number(NUMBER, "2026-11-10T00:00:00Z", null));
    DetailRecord record = sms("2026-11-15T00:00:00Z", NUMBER);
    // when
    fixture.desk.close(first, "withdrawn", true);
    // then
    assertThat(fixture.restrictions.holds(record)).isTrue();
    // when: what was granted is refused after all
    fixture.desk.decide(second, false, "no ground for it", false, OFFICER);
    // then
    assertThat(fixture.restrictions.holds(record)).isFalse();
  }

  private CaseId restrict(ProvenSubject who) {
    CaseId id = fixture.desk.create(order(RequestKind.RESTRICTION, who), "", OFFICER).id();
    fixture.desk.decide(id, true, "contested", false, OFFICER);
    return id;
  }

  private static DetailRecord sms(String startedAt, String recipient) {
    return TestRecords.sms(1, Instant.parse(startedAt), recipient).build();
  }
}
