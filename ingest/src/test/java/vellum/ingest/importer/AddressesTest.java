package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.v1.IdentifierKind;

final class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "491713920055, E164, +491713920055, DE, mobile",
    "+49 (0)171 39200-55, E164, +491713920055, DE, mobile",
    "0049 171 39200 55, E164, +491713920055, DE, mobile",
    "whatsapp:+491713920055, E164, +491713920055, DE, mobile",
    "tel:+1-212-555-0142, E164, +12125550142, US, fixed-or-mobile",
    "999123456789, E164, +999123456789, '', ''",
    "40404, SHORT_CODE, 40404, '', ''",
    "AcmeBank, ALPHANUMERIC, AcmeBank, '', ''",
    "A Shop Name That Is Long, IDENTIFIER_KIND_UNSPECIFIED, A Shop Name That Is Long, '', ''",
    "Anna@Mail.Example, EMAIL_ADDRESS, anna@mail.example, '', ''",
    "Anna N <anna@mail.example>, EMAIL_ADDRESS, anna@mail.example, '', ''",
    "sip:anna@voice.example, SIP_URI, sip:anna@voice.example, '', ''",
    "messenger:12345678901234567, CHANNEL_USER_ID, 12345678901234567, '', ''"
  })
  void shouldTellAddressesByTheirForm(
      String text, IdentifierKind kind, String value, String country, String range) {
    // when
    Addresses.Address address = Addresses.of(text, "to");
    // then
    assertThat(address.identifier().getKind()).isEqualTo(kind);
    assertThat(address.value()).isEqualTo(value);
    assertThat(address.country()).isEqualTo(country);
    assertThat(address.range()).isEqualTo(range);
    assertThat(address.toString()).doesNotContain(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12",
        "+1",
        "0171392005512",
        "12345678901234567",
        "@mail",
        "a@",
        "a b@c",
        "whatsapp:"
      })
  void shouldRefuseWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Addresses.of(text, "to"))
        .isInstanceOf(BadRow.class)
        .hasMessageContaining("BAD_ADDRESS in to")
        .hasMessageNotContaining(text);
  }
}
