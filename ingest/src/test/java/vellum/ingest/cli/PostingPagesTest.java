package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;
import vellum.v1.DetailRecord;

/** More postings than one answer has, of a real node. */
final class PostingPagesTest {

  private static final int MANY = 2_100;

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;

  private static DetailRecord[] messages(long version, long nanos) {
    DetailRecord[] messages = new DetailRecord[MANY];
    Instant first = Instant.parse("2026-10-05T10:00:00Z");
    for (int i = 0; i < MANY; i++) {
      messages[i] = October.message("acme", i, first.plusSeconds(i), version, nanos);
    }
    return messages;
  }

  @Test
  void shouldListThemPageByPage() throws IOException {
    try (Node node = NodeFixture.open(directory.resolve("data"))) {
      // given
      assertThat(node.status()).isNotNull();
      terminal.with("VELLUM_DATA", directory.resolve("data").toString());
      October.send(terminal, directory, messages(1, 10));
      Object[] close = {"period", "close", "2026-10", "--account", "acme", "--yes"};
      assertThat(terminal.run(close)).as(terminal.err()).isZero();
      October.send(terminal, directory, messages(2, 11));
      // when
      Object[] list = {
        "posting", "list", "--account", "acme", "--period", "2026-11", "--output", "json"
      };
      assertThat(terminal.run(list)).as(terminal.err()).isZero();
      // then
      Set<String> records = new HashSet<>();
      for (JsonNode posting : new JsonMapper().readTree(terminal.out())) {
        assertThat(posting.path("amount_nanos").asText()).isEqualTo("1");
        records.add(posting.path("record").asText());
      }
      assertThat(records).hasSize(MANY);
      assertThat(terminal.err()).contains("2,100 postings").doesNotContain("more");
      // and when
      Object[] some = {
        "posting", "list", "--account", "acme", "--period", "2026-11", "--limit", "1500"
      };
      assertThat(terminal.run(some)).isZero();
      assertThat(terminal.err()).contains("1,500 postings; there are more");
    }
  }
}
