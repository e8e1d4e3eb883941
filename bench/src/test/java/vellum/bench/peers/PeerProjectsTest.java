package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The projects that pin the peers' versions. */
final class PeerProjectsTest {

  private static final Path PEERS = Path.of("peers");

  @ParameterizedTest
  @EnumSource(PeerKind.class)
  void shouldHaveAProjectForWhatAPeerNeeds(PeerKind kind) {
    assertThat(kind.projects())
        .containsAll(kind.clientProjects())
        .allSatisfy(name -> assertThat(PEERS.resolve(name).resolve("pom.xml")).exists());
  }

  @Test
  void shouldRunTheClientsThatWereCompiledAgainst() throws IOException {
    assertThat(version("postgresql")).isEqualTo(compiled("postgresql"));
    assertThat(version("kafka")).isEqualTo(compiled("kafka"));
    assertThat(version("questdb-client")).isEqualTo(compiled("questdb-client"));
    assertThat(version("cassandra-client", "java-driver")).isEqualTo(compiled("cassandra-driver"));
    assertThat(version("cassandra-client", "kafka-clients")).isEqualTo(compiled("kafka"));
  }

  private static String version(String project) throws IOException {
    return version(project, project);
  }

  private static String version(String project, String artifact) throws IOException {
    return first(
        "<artifactId>[^<]*" + artifact + "[^<]*</artifactId>\\s*<version>([0-9.]{2,})</",
        PEERS.resolve(project).resolve("pom.xml"));
  }

  private static String compiled(String project) throws IOException {
    return first("<" + project + "\\.version>([^<]+)<", Path.of("..", "pom.xml"));
  }

  private static String first(String pattern, Path pom) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(pom))
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElse("none in " + pom);
  }
}
