package vellum.core.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RegistryFileTest {

  private static final String GOOD_TERMS =
      "{from: 2024-01-01, billing_zone: UTC, currency: EUR, law_country: DE}";

  @Test
  void shouldReadScalarsAsTheyAreWritten() {
    // given: what YAML might take for numbers, octals or booleans
    String yaml =
        """
        format: 1
        accounts:
          - id: 0042
            terms: [{from: 2024-01-01, billing_zone: UTC, currency: NOK, law_country: NO}]
            business_senders:
              - value: +4930111222
              - value: 0800
              - value: true
        """;
    // when
    Account account = read(yaml).accounts().get("0042");
    // then
    assertThat(account.termsAt(Long.MAX_VALUE).lawCountry()).isEqualTo("NO");
    assertThat(account.senders().senders())
        .extracting(BusinessSender::value)
        .containsExactly("+4930111222", "0800", "true");
  }

  @Test
  void shouldNameLineAndField() {
    assertFault("", "file must be a mapping");
    assertFault("- a", "file must be a mapping");
    assertFault("format: x", "format must be a number");
    assertFault("format: 0", "format must be at least 1");
    assertFault("accounts: []", "format must come first");
    assertFault("format: 1\nacounts: []", "line 2: unknown key: acounts");
    assertFault("format: 1\naccounts: 7", "accounts must be a list");
    assertFault("format: 1\naccounts: [7]", "accounts[0] must be a mapping");
    assertFault(
        "format: 1\naccounts:\n- id: a\n  term: []", "line 4: accounts[0].term: unknown key");
    assertFault(account("terms: {}"), "accounts[0].terms: wrong kind of value");
    assertFault(
        account("terms: [{from: 2024-01-01, colour: red}]"),
        "accounts[0].terms[0].colour: unknown key");
    assertFault(
        account("terms: [{from: 2024-01-01, content_days: many}]"),
        "accounts[0].terms[0].content_days: wrong kind of value");
    assertFault(
        account("terms: [{from: 2024-01-01, content_days: {default: 1, FAX: 2}}]"),
        "accounts[0].terms[0].content_days: wrong kind of value");
    assertFault(account("terms: []"), "line 3: accounts[0]: terms must have 1 to 1000 entries: 0");
    assertFault(account("terms: [{from: 2024-01-01}]"), "terms[0]: billing_zone is missing");
    assertFault(
        account("terms: [{from: 1.1.2024, billing_zone: UTC}]"), "terms[0]: from must be a date");
    assertFault(account("terms: [null]"), "terms[0] is missing");
    assertFault(
        account("terms: [" + GOOD_TERMS + "," + GOOD_TERMS + "]"), "terms overlap: two apply from");
    assertFault(account("id: b\n  terms: []"), "a key is given twice");
    assertFault("format: 1\nformat: 1", "a key is given twice");
    assertFault(
        account("terms: [" + GOOD_TERMS + "]\n- id: a\n  terms: [" + GOOD_TERMS + "]"),
        "line 5: accounts[1]: id is used by an earlier account");
    assertFault("format: 1\naccounts: [", "not valid YAML");
    assertFault("format: 1\n---\nformat: 1", "file must hold one document");
  }

  @Test
  void shouldNotRepeatValues() {
    assertFault(
        account("terms: [" + GOOD_TERMS + "]\n  business_senders: [{value: 00491701234567}]"),
        "business_senders[0]: value must be canonical");
    for (String yaml :
        new String[] {
          account("terms: [" + GOOD_TERMS + "]\n  business_senders: [+491701234567]"),
          account("'+491701234567': 1"),
          "format: 1\n'+491701234567': 1",
          "format: 1\naccounts: [+491701234567",
        }) {
      assertThatThrownBy(() -> read(yaml))
          .isInstanceOf(RegistryException.Invalid.class)
          .hasMessageNotContaining("1701234567");
    }
  }

  @Test
  void shouldTellANewerFormat() {
    assertThatThrownBy(() -> read("format: 2\nnovelties: []"))
        .isInstanceOf(RegistryException.WrongFormat.class)
        .hasMessage("file has format 2, this version reads 1 to 1");
  }

  @Test
  void shouldStopReadingAtTheBound() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return '#';
          }
        };
    assertThatThrownBy(() -> new BoundedInput(endless, 1000).readAllBytes())
        .isInstanceOf(BoundedInput.TooLong.class);
  }

  @Test
  void shouldLeaveAStreamOfTheBoundAlone() throws IOException {
    InputStream in = new ByteArrayInputStream(new byte[1000]);
    assertThat(new BoundedInput(in, 1000).readAllBytes()).hasSize(1000);
  }

  @Test
  void shouldRefuseMutationsByNameOrTakeThem() {
    // given
    String yaml = account("terms: [" + GOOD_TERMS + "]\n  business_senders: [{value: ABC}]");
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = yaml.getBytes(UTF_8);
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      // when
      try {
        RegistryFile.read(new ByteArrayInputStream(bytes));
      } catch (RegistryException e) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " round " + i, e);
      }
    }
    // then
    assertThat(refused).isPositive();
  }

  private static void assertFault(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .as(yaml)
        .isInstanceOf(RegistryException.Invalid.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith("line ");
  }

  private static String account(String rest) {
    return "format: 1\naccounts:\n- id: a\n  " + rest;
  }

  private static RegistryFile read(String yaml) {
    return RegistryFile.read(new ByteArrayInputStream(yaml.getBytes(UTF_8)));
  }
}
