package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EffectiveConfigTest {

  @TempDir private Path directory;

  @Test
  void shouldTellWhereEachSettingComesFrom() throws IOException {
    // given
    Path file = file("journal:\n  ack: memory\n  ring_bytes: 32 MiB\n");
    // when
    EffectiveConfig read =
        EffectiveConfig.read(
            file, Map.of("VELLUM_JOURNAL_RING_BYTES", "16 MiB"), List.of("http.port=1"));
    // then
    assertThat(read.problems()).isEmpty();
    assertThat(read.settings())
        .contains(
            new EffectiveConfig.Setting("journal.ack", "memory", file + " line 2", false),
            new EffectiveConfig.Setting(
                "journal.ring_bytes", "16 MiB", "VELLUM_JOURNAL_RING_BYTES", false),
            new EffectiveConfig.Setting("http.port", "1", "--set http.port", false),
            new EffectiveConfig.Setting("log.level", "info", "default", true));
    assertThat(read.settings()).hasSameSizeAs(NodeConfig.defaults().settings().entrySet());
  }

  @Test
  void shouldNameAProblemOfEachSection() throws IOException {
    Path file = file("journal:\n  ack: tape\nhttp:\n  port: 70000\n");
    EffectiveConfig read = EffectiveConfig.read(file, Map.of(), List.of());
    assertThat(read.settings()).isEmpty();
    assertThat(read.problems())
        .containsExactly(
            file + " line 2: journal.ack must be one of [disk, memory]: tape",
            file + " line 4: http.port must be 0 to 65535: 70000");
  }

  @Test
  void shouldReadTheFilesThatAreNamed() throws IOException {
    Path policy = Files.writeString(directory.resolve("policy.yaml"), "format: 1\nclasses: none\n");
    Path absent = directory.resolve("absent.yaml");
    EffectiveConfig read =
        EffectiveConfig.read(
            null, Map.of(), List.of("retention.policy=" + policy, "suspense.rules=" + absent));
    assertThat(read.problems()).hasSize(2);
    assertThat(read.problems())
        .anySatisfy(
            one -> assertThat(one).startsWith("retention.policy: " + policy).contains("line 2"))
        .anySatisfy(one -> assertThat(one).startsWith("suspense.rules: " + absent));
  }

  @Test
  void shouldTellWhatElseAStartWouldRefuse() {
    // given
    Path key = directory.resolve("key.pem");
    Path names = directory.resolve("names.yaml");
    List<String> flags =
        List.of(
            "node.data=" + directory.resolve("data"),
            "http.host=0.0.0.0",
            "tls.certificate=" + directory.resolve("absent.pem"),
            "tls.key=" + key,
            "access.certificates=" + names);
    // when
    EffectiveConfig read = EffectiveConfig.atStart(null, Map.of(), flags, InstantSource.system());
    // then
    assertThat(read.settings()).isEmpty();
    assertThat(read.problems())
        .containsExactly(
            "access.certificates: " + names + " cannot be read: there is no such file",
            "section tls: "
                + directory.resolve("absent.pem")
                + " cannot be read: there is no such file");
    assertThat(
            EffectiveConfig.atStart(
                    null,
                    Map.of(),
                    List.of("node.data=" + directory.resolve("data"), "http.host=0.0.0.0"),
                    InstantSource.system())
                .problems())
        .hasSize(2)
        .anySatisfy(one -> assertThat(one).contains("http.host is 0.0.0.0", "TLS is off"))
        .anySatisfy(one -> assertThat(one).contains("nobody could be let in"));
  }

  @Test
  void shouldLookAtTheFilesOfGoodSectionsBesideBadOnes() {
    Path absent = directory.resolve("absent.yaml");

    EffectiveConfig read =
        EffectiveConfig.read(
            null,
            Map.of(),
            List.of("journal.ack=tape", "node.throttle_bytes=1 MiB", "suspense.rules=" + absent));

    assertThat(read.problems())
        .hasSize(3)
        .anySatisfy(one -> assertThat(one).startsWith("--set journal.ack"))
        .anySatisfy(one -> assertThat(one).contains("throttle"))
        .anySatisfy(one -> assertThat(one).startsWith("suspense.rules: " + absent));
  }

  @Test
  void shouldTellThatTwoSectionsDoNotGoTogether() {
    List<String> flags = List.of("node.throttle_bytes=256 MiB", "journal.segment_bytes=1 GiB");

    assertThat(EffectiveConfig.read(null, Map.of(), flags).problems())
        .singleElement()
        .asString()
        .startsWith("node.throttle_bytes must be at least twice journal.segment_bytes");
  }

  @Test
  void shouldTakeTheFilesOfThisRepository() {
    EffectiveConfig read =
        EffectiveConfig.read(
            Path.of("../config/vellum.yaml"),
            Map.of(),
            List.of(
                "retention.policy=../config/retention.yaml",
                "suspense.rules=../config/suspense.yaml"));
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void shouldNotShowASecret() {
    assertThat(EffectiveConfig.shown("tls.key_password", "hunter2")).isEqualTo("(redacted)");
    assertThat(EffectiveConfig.shown("kek.passphrase", "hunter2")).isEqualTo("(redacted)");
    assertThat(EffectiveConfig.shown("kek.pkcs11_pin", "1234")).isEqualTo("(redacted)");
    assertThat(EffectiveConfig.shown("tls.key_password", "")).isEmpty();
    assertThat(EffectiveConfig.shown("tls.key_file", "key.pem")).isEqualTo("key.pem");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("vellum.yaml"), yaml);
  }
}
