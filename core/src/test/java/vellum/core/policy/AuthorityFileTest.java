package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of authorities: read as it says, and refused by line and field. */
final class AuthorityFileTest {

  private static final Path SAMPLE = Path.of("../config/authorities.yaml");

  @Test
  void shouldReadTheSample() throws IOException {
    Authorities read = AuthorityFile.read(Files.readString(SAMPLE));

    assertThat(read.find("ag-berlin").orElseThrow().type()).isEqualTo(Authority.Type.COURT);
    assertThat(read.authorities().values()).noneMatch(Authority::verified);
    assertThat(read.answers("DE")).isTrue();
  }

  @Test
  void shouldRefuseForeignersWithoutARuleThatSomebodyChecked() {
    Authorities read =
        AuthorityFile.read(
            """
            format: 1
            home: [DE]
            foreign:
              - {country: FR, answer: allow, basis: a treaty, verified: true}
              - {country: IT, answer: allow, basis: a treaty, verified: false}
              - {country: US, answer: refuse, verified: true}
            """);

    assertThat(read.answers("FR")).isTrue();
    assertThat(read.answers("IT")).isFalse();
    assertThat(read.answers("US")).isFalse();
    assertThat(read.answers("CH")).isFalse();
    assertThat(Authorities.NONE.answers("DE")).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "authorities: [{id: A, name: x, country: DE, type: court, verified: true}]"
            + " | line 2: authorities[0].id: must match",
        "authorities: [{id: a, name: x, country: XX, type: court, verified: true}]"
            + " | authorities[0].country: must be an ISO 3166-1 code",
        "authorities: [{id: a, name: x, country: DE, type: spy, verified: true}]"
            + " | authorities[0].type: must be police",
        "authorities: [{id: a, name: x, country: DE, type: court}]"
            + " | authorities[0].verified: is missing",
        "home: [de] | home[0]: must be an ISO 3166-1 code",
        "foreign: [{country: FR, answer: allow, verified: true}] | foreign[0].basis: is missing",
        "foreign: [{country: FR, answer: yes, basis: x, verified: true}]"
            + " | foreign[0].answer: must be allow or refuse",
        "other: 1 | other: unknown key"
      })
  void shouldNameWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> AuthorityFile.read("format: 1\n" + line + "\n"))
        .isInstanceOf(PolicyException.Invalid.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseLaterFormatsAndWhatStandsTwice() {
    String one = "  - {id: a, name: x, country: DE, type: court, verified: true}\n";

    assertThatThrownBy(() -> AuthorityFile.read("format: 2\n"))
        .isInstanceOf(PolicyException.WrongFormat.class);
    assertThatThrownBy(() -> AuthorityFile.read("format: 1\nauthorities:\n" + one + one))
        .hasMessageContaining("line 4")
        .hasMessageContaining("stands twice");
  }
}
