package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.KekSettings;

final class KeysConfigTest {

  @TempDir private Path directory;

  private static List<String> problems(String slot) {
    return EffectiveConfig.read(null, Map.of(), List.of("keys.pkcs11_slot=" + slot)).problems();
  }

  /** What a pattern's first group finds in docs/KEYS.md. */
  private static List<String> documented(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of("../docs/KEYS.md")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void shouldTakeEveryExampleOfTheDocument() throws IOException {
    // given
    List<String> blocks = documented(Pattern.compile("(?s)```yaml\\n(.*?)```"));
    List<KekSettings.Provider> providers = new ArrayList<>();
    // when
    for (String block : blocks) {
      Path file = Files.writeString(directory.resolve("vellum.yaml"), block);
      KeysConfig keys = NodeConfig.load(file, Map.of(), List.of()).keys();
      providers.add(keys.provider());
      assertThat(keys.secretFile()).isAbsolute();
    }
    // then
    assertThat(providers)
        .containsExactly(KekSettings.Provider.PASSPHRASE, KekSettings.Provider.PKCS11);
  }

  @Test
  void shouldTakeEveryFlagAndVariableOfTheDocument() throws IOException {
    List<String> flags =
        documented(Pattern.compile("--set (keys\\.\\S+)")).stream()
            .map(flag -> flag.replace("SLOT", "1843523716"))
            .toList();
    Map<String, String> variables = new HashMap<>();
    for (String variable : documented(Pattern.compile("(VELLUM_KEYS_[A-Z_]+=\\S+)"))) {
      variables.put(variable.split("=")[0], variable.split("=")[1]);
    }

    assertThat(NodeConfig.load(null, Map.of(), flags).keys().pkcs11Slot()).isEqualTo("1843523716");
    assertThat(NodeConfig.load(null, variables, List.of()).keys().provider())
        .isEqualTo(KekSettings.Provider.PASSPHRASE);
    assertThat(flags).hasSizeGreaterThan(3);
    assertThat(variables).hasSizeGreaterThan(1);
  }

  @Test
  void shouldTakeEverySlotThatATokenMayHave() {
    for (String slot : List.of("", "0", "1843523716", "2147483647")) {
      assertThat(problems(slot)).as(slot).isEmpty();
    }
    for (String slot : List.of("2147483648", "99999999999", "-1", "one")) {
      assertThat(problems(slot)).as(slot).hasSize(1);
    }
  }
}
