package vellum.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.v1.IdentifierKind;
import vellum.v1.RejectionCode;

final class CanonicalIdentityTest {

  private final CanonicalIdentity identity = new CanonicalIdentity();

  private CanonicalIdentity read(IdentifierKind kind, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return identity.read(kind.getNumber(), bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "E164, +491701234567, TEL, +491701234567",
    "E164, 491701234567, TEL, +491701234567",
    "SIP_URI, sip:+491701234567@example.net, TEL, +491701234567",
    "SIP_URI, SIPS:+49-170-1234567;phone-context=x@example.net, TEL, +491701234567",
    "SIP_URI, sip:Alice@Example.net, OTHER, sip:alice@example.net",
    "CHANNEL_USER_ID, 491701234567, TEL, +491701234567",
    "CHANNEL_USER_ID, 491701234567@s.whatsapp.net, TEL, +491701234567",
    "CHANNEL_USER_ID, U4af4980629, OTHER, U4af4980629",
    "CHANNEL_USER_ID, Ann@Example.org, MAIL, ann@example.org",
    "EMAIL_ADDRESS, John.Doe+tag@Example.COM, MAIL, john.doe+tag@example.com",
    "EMAIL_ADDRESS, käthe@münchen.example, MAIL, käthe@xn--mnchen-3ya.example",
    "IMSI, 262011234567890, IMSI, 262011234567890",
    "IDENTIFIER_KIND_UNSPECIFIED, +491701234567, TEL, +491701234567",
    "IDENTIFIER_KIND_UNSPECIFIED, a@b.example, MAIL, a@b.example",
    "IDENTIFIER_KIND_UNSPECIFIED, somebody, OTHER, somebody",
  })
  void shouldFindTheOneSpelling(
      IdentifierKind kind, String value, IdentityClass identityClass, String canonical) {
    read(kind, value);

    assertThat(identity.identityClass()).isEqualTo(identityClass);
    assertThat(identity.text()).isEqualTo(canonical);
    assertThat(identity.routing()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ALPHANUMERIC, ACME Bank",
    "ALPHANUMERIC, A1",
    "SHORT_CODE, 72345",
    "SHORT_CODE, 911"
  })
  void shouldLetBusinessSendersThrough(IdentifierKind kind, String value) {
    assertThat(read(kind, value).routing()).isTrue();
  }

  @Test
  void shouldNotTakeANumberBehindALetterForABusiness() {
    assertThat(read(IdentifierKind.ALPHANUMERIC, "A4917012345").routing()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "E164, 12345, BAD_E164",
    "E164, 0123456789, BAD_E164",
    "E164, +49 170 1234567, BAD_E164",
    "E164, 1234567890123456, BAD_E164",
    "E164, '', BAD_E164",
    "E164, +, BAD_E164",
    "EMAIL_ADDRESS, nobody, BAD_EMAIL",
    "EMAIL_ADDRESS, @example.org, BAD_EMAIL",
    "EMAIL_ADDRESS, a@, BAD_EMAIL",
    "EMAIL_ADDRESS, a b@example.org, BAD_EMAIL",
    "IMSI, 12345, BAD_IMSI",
    "SIP_URI, tel:+491701234567, BAD_SIP_URI",
    "SIP_URI, sip:, BAD_SIP_URI",
    "ALPHANUMERIC, 12345678, BAD_SENDER_ID",
    "ALPHANUMERIC, ACME Bank GmbH, BAD_SENDER_ID",
    "ALPHANUMERIC, a@b, BAD_SENDER_ID",
    "SHORT_CODE, 1234567, BAD_SENDER_ID",
    "SHORT_CODE, 12, BAD_SENDER_ID",
    "IDENTIFIER_KIND_UNSPECIFIED, '', BAD_TEXT",
  })
  void shouldRefuseWhatIsNotOfItsKind(IdentifierKind kind, String value, RejectionCode code) {
    assertThatExceptionOfType(BadRecord.class)
        .isThrownBy(() -> read(kind, value))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              if (value.length() > 4) {
                assertThat(refusal.reason()).doesNotContain(value);
              }
            });
  }
}
