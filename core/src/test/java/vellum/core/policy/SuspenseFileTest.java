package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.core.seal.SuspenseRules;
import vellum.v1.Channel;

/** The file of the rules of suspense: read as it says, and refused by line and field. */
final class SuspenseFileTest {

  private static final Path SAMPLE = Path.of("../config/suspense.yaml");

  @Test
  void shouldShowTheDefaultsInTheSample() throws IOException {
    assertThat(SuspenseFile.read(Files.readString(SAMPLE))).isEqualTo(SuspenseRules.DEFAULTS);
    assertThat(SuspenseFile.read("format: 1")).isEqualTo(SuspenseRules.DEFAULTS);
  }

  @Test
  void shouldReadEveryKey() {
    String yaml =
        """
        format: 1
        unknown_account: {enabled: false}
        unknown_supplier: {enabled: true}
        missing_price: {enabled: true, zero: true, channels: [SMS, VOICE], accounts: [a, b]}
        currency_mismatch: {enabled: true}
        implausible_duration: {enabled: false, longest: 90m, skew: 500ms}
        expired_year: {enabled: false}
        """;

    int channels = 1 << Channel.SMS_VALUE | 1 << Channel.VOICE_VALUE;
    assertThat(SuspenseFile.read(yaml))
        .isEqualTo(
            new SuspenseRules(
                false,
                true,
                new SuspenseRules.Price(true, true, channels, Set.of("a", "b")),
                true,
                new SuspenseRules.Durations(false, Duration.ofMinutes(90), Duration.ofMillis(500)),
                false));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "unknown_acount: {enabled: true} | line 2: unknown_acount: unknown key",
        "unknown_account: {enabled: yes} | line 2: unknown_account.enabled: must be true or false",
        "unknown_account: true | line 2: unknown_account: must be a mapping",
        "missing_price: {channels: [PIGEON]} | line 2: missing_price.channels[0]: must be a channel",
        "missing_price: {accounts: a} | line 2: missing_price.accounts: must be a list",
        "missing_price: {accounts: [a, a]} | line 2: missing_price.accounts[1]: must be the id",
        "implausible_duration: {longest: 0s} | line 2: implausible_duration.longest: must be 1s to 31d",
        "implausible_duration: {longest: 24} | line 2: implausible_duration.longest: must be a time",
        "implausible_duration: {skew: 25h} | line 2: implausible_duration.skew: must be 0s to 24h",
        "expired_year: {keep: 1 year} | line 2: expired_year.keep: unknown key",
      })
  void shouldNameLineAndFieldOfAFault(String line, String message) {
    assertThatThrownBy(() -> SuspenseFile.read("format: 1\n" + line))
        .isInstanceOf(PolicyException.Invalid.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldRefuseALaterFormat() {
    assertThatThrownBy(() -> SuspenseFile.read("format: 2"))
        .isInstanceOf(PolicyException.WrongFormat.class)
        .hasMessage("line 1: format: file has format 2, this version reads 1");
  }
}
