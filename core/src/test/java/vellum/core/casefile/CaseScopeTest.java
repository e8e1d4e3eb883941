package vellum.core.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.casefile.CaseSubject.Kind;
import vellum.v1.Channel;

final class CaseScopeTest {

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "NUMBER,+4915112345678,NUMBER,+4915112345678",
    "NUMBER,4915112345678,NUMBER,+4915112345678",
    "ADDRESS,Jane.Doe@Example.COM,ADDRESS,jane.doe@example.com",
    "IMSI,262010123456789,IMSI,262010123456789",
    "OTHER,sip:+4915112345678@example.com,NUMBER,+4915112345678",
    "OTHER,user-77,OTHER,user-77",
    "SENDER_ID,ACME,SENDER_ID,ACME",
    "SENDER_ID,12345,SENDER_ID,12345",
    "PLATFORM_IP,2001:DB8::1,PLATFORM_IP,2001:db8:0:0:0:0:0:1",
    "RECORD_ID,0193514E-0000-7000-8000-000000000000,RECORD_ID,0193514e-0000-7000-8000-000000000000",
  })
  void shouldKnowSubjectsInOneSpelling(Kind kind, String raw, Kind as, String canonical) {
    CaseSubject subject = CaseSubject.of(kind, raw);
    assertThat(subject.kind()).isEqualTo(as);
    assertThat(subject.value()).isEqualTo(canonical);
    assertThat(CaseSubject.of(as, canonical)).isEqualTo(subject);
    assertThat(subject.toString()).doesNotContain(canonical);
    assertThat(subject.identity().map(identity -> CaseSubject.of(identity)).orElse(subject))
        .isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource({
    "NUMBER,+49151,BAD_NUMBER",
    "NUMBER,+49*****678,BAD_NUMBER",
    "NUMBER,'',BAD_NUMBER",
    "ADDRESS,jane.example.com,BAD_ADDRESS",
    "IMSI,12a45678901,BAD_IMSI",
    "OTHER,'',BAD_IDENTIFIER",
    "SENDER_ID,+4915112345678,BAD_SENDER_ID",
    "PLATFORM_IP,256.0.0.1,BAD_IP",
    "PLATFORM_IP,example.com,BAD_IP",
    "RECORD_ID,0193514e-0000-1000-8000-000000000000,BAD_RECORD_ID",
    "RECORD_ID,77,BAD_RECORD_ID",
  })
  void shouldRefuseWhatIsNotWhatItsKindSaysAndNotRepeatIt(Kind kind, String raw, String code) {
    assertThatThrownBy(() -> CaseSubject.of(kind, raw))
        .isInstanceOfSatisfying(
            CaseException.BadSubject.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              if (!raw.isEmpty()) {
                assertThat(e.getMessage()).doesNotContain(raw);
              }
            });
  }

  @Test
  void shouldReadWhatItWrote() {
    CaseScope scope =
        new CaseScope(
            List.of(
                CaseSubject.of(Kind.NUMBER, "+4915112345678"),
                CaseSubject.of(Kind.NUMBER, "4915112345678"),
                CaseSubject.of(Kind.SENDER_ID, "ACME")),
            new TreeSet<>(Set.of("zeta", "acme")),
            FROM,
            TO,
            Set.of(Channel.VOICE, Channel.SMS));
    assertThat(scope.subjects()).hasSize(2);
    assertThat(ScopeJson.read(ScopeJson.write(scope))).isEqualTo(scope);
    assertThat(ScopeJson.write(scope))
        .hasToString(
            "{\"subjects\":[{\"kind\":\"number\",\"value\":\"+4915112345678\"},"
                + "{\"kind\":\"sender_id\",\"value\":\"ACME\"}],\"accounts\":[\"acme\",\"zeta\"],"
                + "\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-12-01T00:00:00Z\","
                + "\"channels\":[\"SMS\",\"VOICE\"]}");
    assertThat(scope.toString()).isEqualTo("2 subjects, 2 accounts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"accounts\":[\"a\"],\"from\":\"2026-01-01T00:00:00Z\"}",
        "{\"accounts\":[\"a\"],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}",
        "{\"accounts\":\"a\",\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}",
        "{\"accounts\":[\"\"],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}",
        "{\"accounts\":[],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}",
        "{\"accounts\":[7],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}",
        "{\"accounts\":[\"a\"],\"from\":\"January\",\"to\":\"2026-02-01T00:00:00Z\"}",
        "{\"accounts\":[\"a\"],\"all\":1,\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}",
        "{\"accounts\":[\"a\"],\"channels\":[\"PIGEON\"],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}",
        "{\"accounts\":[\"a\"],\"channels\":[\"UNRECOGNIZED\"],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}",
        "{\"subjects\":[{\"kind\":\"name\",\"value\":\"x\"}],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}",
      })
  void shouldRefuseAScopeThatIsNone(String json) throws JsonProcessingException {
    assertThatThrownBy(() -> ScopeJson.read(new JsonMapper().readTree(json)))
        .isInstanceOf(CaseException.BadScope.class);
  }

  @Test
  void shouldBoundHowMuchAScopeNames() {
    List<CaseSubject> many =
        IntStream.rangeClosed(0, CaseScope.MOST)
            .mapToObj(i -> CaseSubject.of(Kind.NUMBER, "+49151" + (1_000_000 + i)))
            .toList();
    assertThatThrownBy(() -> new CaseScope(many, Collections.emptySortedSet(), FROM, TO, Set.of()))
        .isInstanceOf(CaseException.BadScope.class)
        .hasMessageContaining("1000");
  }

  @Test
  void shouldReadIdsAsPeopleTypeThem() {
    CaseId id = CaseId.parse(" h-4f7k2q9m ");
    assertThat(id.text()).isEqualTo("H-4F7K2Q9M");
    assertThat(id.kind()).isEqualTo(CaseKind.HOLD);
    for (String bad :
        List.of(
            "",
            "H",
            "H-4F7K2Q9",
            "H-4F7K2Q9MM",
            "X-4F7K2Q9M",
            "H4F7K2Q9MX",
            "H-4F7K2Q9I",
            "H-4F7K2Q9U",
            "H-../../.")) {
      assertThatThrownBy(() -> CaseId.parse(bad)).isInstanceOf(CaseException.BadId.class);
    }
  }
}
