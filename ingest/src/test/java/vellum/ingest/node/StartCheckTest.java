package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That {@code config validate} and a start find the same things missing. */
final class StartCheckTest {

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private List<String> flags(String... more) {
    List<String> flags = new ArrayList<>(List.of(more));
    flags.add("node.data=" + data());
    return flags;
  }

  private static List<String> validated(List<String> flags) {
    return EffectiveConfig.atStart(null, Map.of(), flags, InstantSource.system()).problems();
  }

  /** Both name it in the same words, and the start leaves nothing behind. */
  private void assertRefused(String problem, String... settings) {
    List<String> flags = flags(settings);
    assertThat(validated(flags)).singleElement().asString().contains(problem);
    NodeConfig config = NodeConfig.load(null, Map.of(), flags);
    assertThatThrownBy(() -> NodeStart.begin(config, InstantSource.system(), () -> {}))
        .isInstanceOf(NodeException.BadConfig.class)
        .hasMessage(validated(flags).get(0));
    assertThat(data()).doesNotExist();
  }

  private Path file(String name, String content, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void shouldRefuseAFileOfTheSecretThatIsNoneOrNotClosed() throws IOException {
    Path absent = directory.resolve("absent");
    Path open = file("open", "correct horse battery", "rw-r--r--");
    Path empty = file("empty", "", "rw-------");
    assertRefused(
        "keys.secret_file: " + absent + " could not be read",
        "keys.provider=passphrase",
        "keys.secret_file=" + absent);
    assertRefused("keys.secret_file: " + open + " is open to others", "keys.secret_file=" + open);
    assertRefused(
        "keys.secret_file: a passphrase or PIN has 1 to 1024 characters",
        "keys.provider=passphrase",
        "keys.secret_file=" + empty);
    assertRefused("keys.secret_file must be a file: " + directory, "keys.secret_file=" + directory);
  }

  @Test
  void shouldRefuseALibraryThatIsNotThere() {
    Path absent = directory.resolve("absent.so");
    assertRefused(
        "keys.pkcs11_library must be a file that can be read: " + absent,
        "keys.provider=pkcs11",
        "keys.pkcs11_library=" + absent);
    assertThat(validated(flags("keys.pkcs11_library=" + absent))).isEmpty();
  }

  @Test
  void shouldRefuseASecondPlaceThatIsNotThere() throws IOException {
    Path absent = directory.resolve("absent");
    assertRefused("audit.second_place must be a directory", "audit.second_place=" + absent);
    Path file = file("file", "", "rw-------");
    assertRefused("audit.second_place must be a directory", "audit.second_place=" + file);
    assertThat(validated(flags("audit.second_place=" + directory))).isEmpty();
  }

  @Test
  void shouldRefuseALogThatCannotBeAFile() throws IOException {
    Path file = file("file", "", "rw-------");
    assertRefused("log.file must be a file in a directory", "log.file=" + directory);
    assertRefused("log.file must be a file in a directory", "log.file=" + file + "/below");
    assertThat(validated(flags("log.file=" + directory + "/a/b/vellum.json"))).isEmpty();
    assertThat(validated(flags("log.file=" + directory, "log.files=0"))).isEmpty();
  }

  @Test
  void shouldRefuseOnePortForBothServers() {
    assertRefused(
        "ingest.port must differ from http.port at one address: both are 7999",
        "ingest.port=7999",
        "http.port=7999");
    assertRefused(
        "ingest.port must differ", "ingest.port=7999", "http.port=7999", "http.host=localhost");
    assertThat(validated(flags("ingest.port=7999", "http.port=7999", "http.host=127.0.0.2")))
        .isEmpty();
    assertThat(validated(flags("ingest.port=0", "http.port=0"))).isEmpty();
  }

  @Test
  void shouldNameEverythingThatIsNotThere() {
    NodeConfig config =
        NodeConfig.load(
            null,
            Map.of(),
            flags("audit.second_place=" + directory + "/absent", "log.file=" + directory));
    assertThatThrownBy(() -> StartCheck.require(config))
        .isInstanceOf(NodeException.BadConfig.class)
        .hasMessageStartingWith("2 settings are wrong:")
        .hasMessageContainingAll("audit.second_place", "log.file");
  }

  @Test
  void shouldLookAtADirectoryOfDataThatIsThere() throws IOException {
    // given
    Path wide = Files.createDirectory(directory.resolve("wide"));
    Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path lost = Files.createDirectories(directory.resolve("lost/keys")).getParent();
    Files.setPosixFilePermissions(lost, PosixFilePermissions.fromString("rwx------"));
    Files.createFile(lost.resolve("keys/2026-11.default.key"));
    Path file = file("file", "", "rw-------");
    // then
    assertThat(validated(List.of("node.data=" + wide)))
        .singleElement()
        .asString()
        .contains("chmod 700");
    assertThat(validated(List.of("node.data=" + lost)))
        .singleElement()
        .asString()
        .contains("current.kek is missing");
    assertThat(validated(List.of("node.data=" + file)))
        .singleElement()
        .asString()
        .contains("is no directory");
    assertThat(validated(flags())).isEmpty();
  }
}
