package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeysConfigTest {

  private static List<String> problems(String slot) {
    return EffectiveConfig.read(null, Map.of(), List.of("keys.pkcs11_slot=" + slot)).problems();
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
