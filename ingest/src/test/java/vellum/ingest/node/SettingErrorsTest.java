package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of every setting when its value is bad: its name as in YAML once, bound, value. */
final class SettingErrorsTest {

  /** Every setting refuses some of these. */
  private static final List<String> BAD =
      List.of(
          "",
          "-1",
          "0",
          "1",
          "1ms",
          "none such",
          "\0",
          "2147483647",
          "8191 TiB",
          "100000d",
          "999999999999d",
          "9999999999999999999");

  static Stream<String> settings() {
    return NodeConfig.defaults().settings().keySet().stream();
  }

  private static Optional<String> refusal(String setting, String value) {
    try {
      NodeConfig.load(null, Map.of(), List.of(setting + "=" + value));
      return Optional.empty();
    } catch (NodeException.BadConfig e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldNameTheSettingOnceWithBoundAndValue(String setting) {
    // when
    List<String> refusals = new ArrayList<>();
    for (String value : BAD) {
      refusal(setting, value).ifPresent(refusals::add);
    }
    // then
    assertThat(refusals)
        .as(setting)
        .anySatisfy(one -> assertThat(one).contains(setting))
        .allSatisfy(one -> assertThat(one).matches(".*[a-z0-9_]+\\.[a-z0-9_]+ must .+: .+"))
        .allSatisfy(
            one ->
                assertThat(one.replaceAll("[KMGT]iB", ""))
                    .as("no name of Java's")
                    .doesNotContainPattern("[a-z][A-Z]|PT[0-9]|java"))
        .allSatisfy(one -> assertNamedOnce(one, setting));
  }

  /** What does not go with the default of another setting is told of that one. */
  private static void assertNamedOnce(String refusal, String setting) {
    int named = refusal.split(java.util.regex.Pattern.quote(setting) + "(?![a-z_])", -1).length - 1;
    if (named == 0) {
      assertThat(refusal).as(setting).endsWith(" (the default)");
    } else {
      assertThat(named).as(refusal).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tls.http_clients=required must be none as long as tls.client_ca, the authorities that are"
            + " believed, is empty: required",
        "tls.client_ca=ca.pem must be empty as long as there is no certificate: ca.pem",
        "tls.key=key.pem must not stand alone: a certificate and its private key go together",
        "keys.provider=pkcs11 keys.pkcs11_library must be set with the provider pkcs11: (empty)"
            + " (the default)",
        "keys.pkcs11_library=lib.so must be an absolute path of [A-Za-z0-9/._+-]: lib.so",
        "keys.pkcs11_slot=3000000000 must be empty or 0 to 2147483647: 3000000000",
        "retention.clock_drift=2h must be 1s to 3600s: 7200000ms",
        "journal.segment_age=10ms must be 1000ms to 604800000ms: 10ms",
        "node.stop_within=2h must be 1s to 1h: 7200000ms",
        "http.request_ms=1s must be 30001ms to 1h: 1s",
        "http.lag_ms=90s http.request_ms must be 90001ms to 1h: 60s (the default)",
        "journal.resume_bytes=1 must be more than 512 MiB: 1 B",
        "journal.reserve_bytes=8191TiB must be 40 MiB to 1024 TiB: 8191 TiB",
        "log.file_bytes=1 must be 64 KiB to 1 GiB: 1 B",
        "log.file_bytes=8191TiB must be at most 2147483647 B: 8191TiB",
        "store.cache_bytes=1 must be 1 MiB to 1 TiB: 1 B",
        "ingest.host= must be an address such as 127.0.0.1: (empty)"
      })
  void shouldSayWhatDoesNotGoTogether(String example) {
    int space = example.indexOf(' ');
    String flag = example.substring(0, space);
    String setting = flag.substring(0, flag.indexOf('='));
    String said = example.substring(space + 1);
    assertThat(refusal(setting, flag.substring(setting.length() + 1)))
        .hasValue(said.startsWith("must") ? "--set " + setting + " " + said : said);
  }

  @Test
  void shouldShowOnlyTheBeginOfAValueThatIsLongOrHasLines() {
    assertThat(refusal("journal.ack", "a\nb").orElseThrow()).endsWith(": a?b");
    assertThat(refusal("journal.ack", "x".repeat(5_000)).orElseThrow()).hasSizeLessThan(200);
  }
}
