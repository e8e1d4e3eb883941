package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.VellumClient;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** An export by a process of its own that is killed in the middle. */
final class ExportKillTest {

  private static final int RECORDS = 3_000;
  private static final int PART_ROWS = 5;

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;

  @Test
  void shouldGoOnAfterTheClientWasKilled() throws Exception {
    Path data = directory.resolve("data");
    terminal.with("VELLUM_DATA", data.toString());
    try (Node node = NodeFixture.open(data)) {
      // given
      try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 3)) {
        NodeFixture.sendAll(client, NodeFixture.traffic(3, RECORDS));
      }
      Path whole = directory.resolve("whole");
      assertThat(terminal.run(words(whole).toArray())).as(terminal.err()).isZero();
      Path into = directory.resolve("killed");
      Path log = directory.resolve("log");
      // when: it is killed once twenty parts are there
      Process child = child(data, into, log);
      try {
        while (!Files.exists(into.resolve("records-00020.csv"))) {
          assertThat(child.isAlive()).as(Files.readString(log)).isTrue();
          LockSupport.parkNanos(1_000_000);
        }
      } finally {
        child.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
      }
      assertThat(into.resolve("manifest.json")).doesNotExist();
      // then
      assertThat(terminal.run("export", "verify", into)).isEqualTo(ExitCode.UNVERIFIED);
      List<Object> again = words(into);
      again.add("--resume");
      assertThat(terminal.run(again.toArray())).as(terminal.err()).isZero();
      assertThat(files(into)).isEqualTo(files(whole));
    }
  }

  private static List<Object> words(Path into) {
    return new ArrayList<>(
        List.of(
            "export",
            "records",
            "--from",
            "2026-11-17",
            "--to",
            "2026-11-24",
            "--part-rows",
            PART_ROWS,
            "--into",
            into));
  }

  private static Process child(Path data, Path into, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(Vellum.class.getName());
    words(into).forEach(word -> command.add(word.toString()));
    command.addAll(List.of("--data", data.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static Map<String, String> files(Path of) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(of)) {
      for (Path file : list.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        files.put(file.getFileName().toString(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
