package vellum.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClearTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane@example.org",
        "+491701234567",
        "+49 170 1234567",
        "promo +49-170-1234567",
        "\uFF0B491701234567",
        "491701234567",
        "00491701234567",
        "0170 1239999",
        "0170/1239999",
        "call from 491701239999 John Smith",
        "(0170) 123-9999",
      })
  void shouldSeeNumbersAndAddresses(String text) {
    assertThat(holds(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acct-00017",
        "carrier-03",
        "promo-20261115083000",
        "2034072219640523072",
        "019a8000-0000-7000-8000-000000000000",
        "DELIVERED_TO_HANDSET",
        "2026-11-15",
        "C+ tier 5",
        "SM0123456789abcdef0123456789abcdef",
        "Kampagne Frühling 2026",
      })
  void shouldLetNamesAndTokensThrough(String text) {
    assertThat(holds(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caller 0170 1234567",
        "caller 0170 1234567 complained",
        "ticket 5 0170 1234567",
        "rang (0170) 123 99 99 twice",
        "jane@example.org wrote",
      })
  void shouldSeeNumbersBetweenWords(String text) {
    assertThat(ClearText.proseHoldsIdentity(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wrong rate from 2026-11-08 to 2026-11-20",
        "invoice 4711 of 2026, item 12",
        "contract 7, 2034072219640523072",
        "C-117",
      })
  void shouldLetDaysAndCountersThroughInProse(String text) {
    assertThat(ClearText.proseHoldsIdentity(text)).isFalse();
  }

  private static boolean holds(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ClearText.holdsIdentity(bytes, 0, bytes.length);
  }
}
