package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.core.record.IdentityClass;

final class MaskTest {

  @ParameterizedTest
  @CsvSource({
    "TEL, +491701234567, +49170*****67",
    "TEL, +6834000, +6****00",
    "TEL, sip:+491701234567@example.net, ***",
    "MAIL, jane@example.org, j***@e***.org",
    "MAIL, j@example, ***@e***",
    "IMSI, 262011234567890, 26201********90",
    "OTHER, anything, ***",
    "TEXT, 'order 4711 for Jane', ***",
  })
  void shouldHideAtLeastFourCharacters(IdentityClass identityClass, String text, String masked) {
    assertThat(Mask.of(identityClass, text)).isEqualTo(masked);
  }
}
