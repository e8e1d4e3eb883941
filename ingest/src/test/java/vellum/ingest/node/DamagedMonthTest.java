package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.period.PeriodException;
import vellum.core.store.StoreException;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.ingest.client.VellumClient;
import vellum.ingest.server.FakeJournal;

/** A data directory of which a part is lost or damaged. */
final class DamagedMonthTest {

  private static final String MONTH = "2026-11.default";

  @TempDir private Path directory;

  @Test
  void shouldNameADamagedMonthAtTheStart() throws IOException {
    // given
    Path data = filled();
    Path month = data.resolve("live").resolve(MONTH);
    byte[] format = Files.readAllBytes(month.resolve("FORMAT"));
    Files.writeString(month.resolve("FORMAT"), "something else");

    // when, then
    assertThatThrownBy(() -> NodeFixture.open(data))
        .isInstanceOf(NodeException.Damaged.class)
        .hasMessageContaining("month " + MONTH + " is damaged")
        .hasMessageContaining("restore " + month.toAbsolutePath() + " from a backup");

    // and when the month is away, and when it is restored
    Files.move(month, directory.resolve("moved"));
    assertThatThrownBy(() -> NodeFixture.open(data))
        .isInstanceOf(PeriodException.MonthMissing.class);
    Files.move(directory.resolve("moved"), month);
    Files.write(month.resolve("FORMAT"), format);
    try (Node node = NodeFixture.open(data)) {
      assertThat(node.status().trouble()).isEmpty();
    }
  }

  @Test
  void shouldNameALostControlStore() throws IOException {
    Path data = filled();
    new RealDisk().deleteTree(data.resolve("control"));

    assertThatThrownBy(() -> NodeFixture.open(data))
        .isInstanceOf(PeriodException.CatalogMissing.class)
        .hasMessageContaining("restore control/ from a backup");
  }

  @Test
  void shouldNotAdviseARestartOnDamage() throws IOException {
    // given
    Path store = Files.createDirectory(directory.resolve(MONTH));
    Files.writeString(store.resolve("FORMAT"), "something else");
    try (FakeJournal journal = new FakeJournal();
        Stores stores = new Stores(new RealDisk(), 1 << 20, 1)) {
      Health health = new Health(journal, () -> 1 << 30);

      // when
      try {
        stores.open(store, List.of(), StoreOptions.control()).close();
      } catch (StoreException.WrongFormat e) {
        health.failed("vellum-apply", e);
      }

      // then
      assertThat(health.failure())
          .hasValueSatisfying(
              failure -> {
                assertThat(failure.recoverable()).isFalse();
                assertThat(failure)
                    .hasMessageContaining(store.toString())
                    .hasMessageContaining("restore that directory from a backup");
              });
    }
  }

  private Path filled() {
    Path data = directory.resolve("data");
    try (Node node = NodeFixture.open(data);
        VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      NodeFixture.sendAll(client, NodeFixture.traffic(3, 100));
    }
    return data;
  }
}
