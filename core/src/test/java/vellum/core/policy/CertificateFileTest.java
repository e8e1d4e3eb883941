package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of certificates' names: read as it says, and refused by line and field. */
final class CertificateFileTest {

  private static final Path SAMPLE = Path.of("../config/certificates.yaml");

  @Test
  void shouldReadTheSample() throws IOException {
    assertThat(CertificateFile.read(Files.readString(SAMPLE)).isEmpty()).isFalse();
    assertThat(CertificateFile.read("format: 1\ncertificates: []\n").isEmpty()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{san: a, name: b, roles: [boss]} | line 3: certificates[0].roles[0]: a role is one of",
        "{san: a, name: b, roles: []} | line 3: certificates[0]: at least one role",
        "{san: a, name: b c, roles: [billing]} | line 3: certificates[0]: a name has",
        "{san: a, name: b, roles: [billing], accounts: []} | must name accounts, or be left out",
        "{san: a, name: b, role: [billing]} | line 3: certificates[0].role: unknown key",
        "{name: b, roles: [billing]} | certificates[0].san: is missing",
        "{san: a, name: b, roles: [administrator], accounts: [x]} | bound to no account"
      })
  void shouldNameWhatIsWrong(String entry, String message) {
    assertThatThrownBy(() -> CertificateFile.read("format: 1\ncertificates:\n  - " + entry + "\n"))
        .isInstanceOf(PolicyException.Invalid.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseASanThatStandsTwice() {
    String entry = "  - {san: a.example, name: b, roles: [billing]}\n";

    assertThatThrownBy(
            () ->
                CertificateFile.read(
                    "format: 1\ncertificates:\n" + entry + entry.replace("a.", "A.")))
        .hasMessageContaining("a san stands twice");
    assertThatThrownBy(() -> CertificateFile.read("format: 2\ncertificates: []\n"))
        .isInstanceOf(PolicyException.WrongFormat.class);
  }
}
