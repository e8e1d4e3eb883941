package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.journal.JournalConfig.Ack;

final class NodeConfigTest {

  private static final Path FILE = Path.of("../config/vellum.yaml");

  @TempDir private Path directory;

  @Test
  void shouldHoldEveryDefaultInTheDocumentedFile() throws IOException {
    // given
    Map<String, String> inFile = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> section :
        new YAMLMapper().readTree(FILE.toFile()).properties()) {
      for (Map.Entry<String, JsonNode> key : section.getValue().properties()) {
        inFile.put(section.getKey() + "." + key.getKey(), key.getValue().asText());
      }
    }

    // then
    assertThat(List.copyOf(inFile.keySet()))
        .isEqualTo(List.copyOf(NodeConfig.defaults().settings().keySet()));
    assertThat(NodeConfig.load(FILE, Map.of(), List.of())).isEqualTo(NodeConfig.defaults());
  }

  @Test
  void shouldDocumentEverySettingOfTheFile() throws IOException {
    List<String> undocumented = new ArrayList<>();
    String before = "";
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("  ") && !line.strip().startsWith("#") && before.isBlank()) {
        undocumented.add(line);
      }
      before = line;
    }
    assertThat(undocumented).isEmpty();
  }

  @Test
  void shouldMarkWhatCanChangeLive() throws IOException {
    Set<String> marked = new TreeSet<>();
    String section = "";
    for (String line : Files.readAllLines(FILE)) {
      if (!line.startsWith(" ") && line.endsWith(":")) {
        section = line.substring(0, line.length() - 1);
      } else if (line.endsWith("  # live")) {
        marked.add(section + "." + line.strip().split(":", 2)[0]);
      }
    }
    assertThat(marked).isEqualTo(new TreeSet<>(LiveConfig.LIVE));
    assertThat(NodeConfig.defaults().settings()).containsKeys(marked.toArray(new String[0]));
  }

  @Test
  void shouldTakeALevelInCapitalsAsTheLauncherAlwaysDid() {
    NodeConfig config = NodeConfig.load(null, Map.of("VELLUM_LOG_LEVEL", "DEBUG"), List.of());
    assertThat(config.log().level()).isEqualTo(LogConfig.Level.DEBUG);
  }

  @Test
  void shouldReadItsOwnSettingsBack() {
    List<String> flags = new ArrayList<>();
    NodeConfig.defaults().settings().forEach((key, value) -> flags.add(key + "=" + value));

    assertThat(NodeConfig.load(null, Map.of(), flags)).isEqualTo(NodeConfig.defaults());
  }

  @Test
  void shouldTakeFlagsBeforeEnvironmentBeforeFile() throws IOException {
    // given
    Path file =
        file(
            """
            journal:
              ack: memory
              ring_bytes: 32 MiB
              segment_age: 90s
            ingest:
              port: 1
            """);
    Map<String, String> environment =
        Map.of("VELLUM_JOURNAL_RING_BYTES", "16MiB", "VELLUM_INGEST_PORT", "2", "PATH", "/bin");

    // when
    NodeConfig config = NodeConfig.load(file, environment, List.of("ingest.port=3"));

    // then
    assertThat(config.journal().ack()).isEqualTo(Ack.MEMORY);
    assertThat(config.journal().ringBytes()).isEqualTo(16 << 20);
    assertThat(config.journal().segmentAge()).hasSeconds(90);
    assertThat(config.ingest().port()).isEqualTo(3);
    assertThat(config.http()).isEqualTo(NodeConfig.defaults().http());
  }

  @Test
  void shouldNameThePlaceOfWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> load("journal:\n  ack: disk\n  akc: disk\n"))
        .hasMessageEndingWith("line 3: unknown key journal.akc");
    assertThatThrownBy(() -> load("jurnal:\n  ack: disk\n"))
        .hasMessageContaining("line 1: unknown section jurnal");
    assertThatThrownBy(() -> load("journal:\n  ack: tape\n"))
        .hasMessageEndingWith("line 2: journal.ack must be one of [disk, memory]: tape");
    assertThatThrownBy(() -> load("journal:\n  ring_bytes: 64 MB\n"))
        .hasMessageEndingWith("line 2: journal.ring_bytes must be a size such as 64 MiB: 64 MB");
    assertThatThrownBy(() -> load("journal:\n\n  ring_commands: 5\n"))
        .hasMessageContaining("line 3: journal.ring_commands must be 16 to 1048576: 5");
    assertThatThrownBy(() -> load("ingest:\n  idle_ms: 1ms\n"))
        .hasMessageContaining("line 2: ingest.idle_ms must be 100ms to 1h: ");
    assertThatThrownBy(() -> load("apply:\n  batch_records: 0\n"))
        .hasMessageContaining("line 2: apply.batch_records must be 1 to");
    assertThatThrownBy(() -> load("journal:\n  ack: disk\n  ack: disk\n"))
        .hasMessageContaining("a key is given twice");
    assertThatThrownBy(() -> load("journal:\n  ack: [disk]\n"))
        .hasMessageEndingWith("line 2: journal.ack must have one value");
    assertThatThrownBy(() -> load("http:\n  host: \" \"\n"))
        .hasMessageContaining("line 2: http.host must be an address");
    assertThatThrownBy(() -> load("access:\n  failed_attempts: 0\n"))
        .hasMessageContaining("line 2: access.failed_attempts must be 1 to");
    assertThatThrownBy(() -> load("access:\n  subject_lookups: 0\n"))
        .hasMessageContaining("line 2: access.subject_lookups must be 1 to");
  }

  @Test
  void shouldRefuseAThrottleThatCouldNeverOpen() {
    assertThatThrownBy(
            () -> NodeConfig.load(null, Map.of(), List.of("node.throttle_bytes=2047 MiB")))
        .hasMessageStartingWith("node.throttle_bytes must be at least twice journal.segment_bytes");
    NodeConfig.load(null, Map.of(), List.of("node.throttle_bytes=2 GiB"));
  }

  @Test
  void shouldRefuseUnknownVariablesAndFlags() {
    assertThatThrownBy(() -> NodeConfig.load(null, Map.of("VELLUM_JOURNAL_AKC", "disk"), List.of()))
        .hasMessage("unknown variable VELLUM_JOURNAL_AKC");
    assertThatThrownBy(() -> NodeConfig.load(null, Map.of(), List.of("journal.akc=disk")))
        .hasMessageStartingWith("--set journal.akc: unknown key");
    assertThatThrownBy(() -> NodeConfig.load(null, Map.of(), List.of("journal.ack")))
        .hasMessage("--set journal.ack: must be followed by =VALUE");
    NodeConfig.load(null, Map.of("VELLUM_JAVA_OPTS", "-Xmx1g"), List.of());
  }

  @Test
  void shouldTakeAFileOfCommentsAndEmptySections() throws IOException {
    assertThat(load("# nothing\n")).isEqualTo(NodeConfig.defaults());
    assertThat(load("journal:\n  # ack: memory\n")).isEqualTo(NodeConfig.defaults());
  }

  private NodeConfig load(String yaml) throws IOException {
    return NodeConfig.load(file(yaml), Map.of(), List.of());
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("vellum.yaml"), yaml);
  }
}
