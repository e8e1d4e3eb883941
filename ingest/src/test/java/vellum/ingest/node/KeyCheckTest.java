package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.period.Catalog;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;

/** A lost key is a reason to stop, never to make a new one. */
final class KeyCheckTest {

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void keepSomeRecords() throws Exception {
    data = directory.resolve("data");
    try (Node node = NodeFixture.open(data);
        VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      NodeFixture.sendAll(client, NodeFixture.traffic(7, 50));
    }
  }

  @Test
  void shouldNotStartWithoutAMonthsKey() throws IOException {
    Path key = key(".default.key");
    Files.delete(key);

    assertThatThrownBy(() -> NodeFixture.open(data))
        .isInstanceOf(NodeException.NotFit.class)
        .hasMessageContaining(String.valueOf(key.getFileName()))
        .hasMessageContaining("restore it");
    assertThat(key).doesNotExist();
  }

  @Test
  void shouldNotStartWithoutTheKeyEncryptionKey() throws IOException {
    Path kek = data.resolve("kek");
    new RealDisk().deleteTree(kek);

    assertThatThrownBy(() -> NodeFixture.open(data))
        .isInstanceOf(NodeException.NotFit.class)
        .hasMessageContaining("is missing, but keys that it wraps");
    try (Stream<Path> made = Files.walk(kek)) {
      assertThat(made.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void shouldMakeTheKeyOfAYearThatHasNone() throws Exception {
    // given a directory of a version that made it when somebody first listed records
    Path key = key(".default-year.key");
    Files.delete(key);
    // when
    try (Node node = NodeFixture.open(data)) {
      // then
      assertThat(key).exists();
      assertThat(list(node).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldListRecordsWithoutMakingAnyKey() throws Exception {
    try (Node node = NodeFixture.open(data)) {
      // given a place for keys that takes no file
      Path away = directory.resolve("away");
      Files.move(data.resolve("keys"), away);
      // when
      HttpResponse<String> answer = list(node);
      // then
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"record_id\"");
      Files.move(away, data.resolve("keys"));
    }
  }

  @Test
  void shouldNotStartWithoutTheKeyOfAnArchivedYear() {
    MonthId month = MonthId.parse("2025-03.default");
    RealDisk disk = new RealDisk();
    SecureRandom random = new SecureRandom();
    Path kek = directory.resolve("kek");
    KeyRing keys =
        KeyRing.open(
            directory.resolve("keys"),
            List.of(FileKeyEncryption.open(kek, disk, random)),
            disk,
            random,
            InstantSource.fixed(NodeFixture.NOW));
    try (Stores stores = new Stores(disk, 8 << 20, 1);
        Store control =
            stores.openSynced(
                directory.resolve("control"), List.of(Catalog.TABLE), StoreOptions.control())) {
      // given a month in the archive, whose own key is destroyed
      Catalog catalog = new Catalog(control);
      keys.destroy(month, NodeFixture.NOW);
      catalog.move(month, new Catalog.Entry(Stage.LIVE, NodeFixture.NOW, 0), batch -> {});
      KeyCheck.requireKeys(catalog, keys);
      catalog.move(month, new Catalog.Entry(Stage.ARCHIVED, NodeFixture.NOW, 0), batch -> {});
      // then
      assertThatThrownBy(() -> KeyCheck.requireKeys(catalog, keys))
          .isInstanceOf(NodeException.NotFit.class)
          .hasMessageContaining("2025-01.default-year.key is missing");
      KeyCheck.makeYears(catalog, keys);
      assertThat(keys.existing(month.year())).isEmpty();
      // and when it is there, or gone with its year
      keys.key(month.year());
      KeyCheck.requireKeys(catalog, keys);
      keys.destroy(month.year(), NodeFixture.NOW);
      KeyCheck.requireKeys(catalog, keys);
    }
  }

  private static HttpResponse<String> list(Node node) throws Exception {
    TrafficGenerator traffic = NodeFixture.traffic(7, 50);
    assertThat(traffic.next()).isTrue();
    String path =
        "/v1/records?from=2026-01-01&to=2027-01-01&account=" + traffic.record().getAccount();
    return NodeFixture.call(node.httpAddress(), node.token(), "GET", path, "");
  }

  /** The one key of such a name. */
  private Path key(String end) throws IOException {
    try (Stream<Path> keys = Files.list(data.resolve("keys"))) {
      return keys.filter(key -> key.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }
}
