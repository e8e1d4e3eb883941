package vellum.core.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;

final class StoreRowsTest {

  private static final Table ONE = new Table("one", 0, Table.Shape.SMALL);
  private static final Table OTHER = new Table("other", 0, Table.Shape.SMALL);

  @TempDir private Path directory;

  @Test
  void shouldVisitTheTablesThatAreAskedForOnly() throws IOException {
    // given
    Path store = directory.resolve("store");
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    try (Stores stores = new Stores(new RealDisk(), 1 << 20, 1);
        Store opened = stores.openSynced(store, List.of(ONE, OTHER), StoreOptions.control())) {
      StoreBatch batch = opened.batch();
      batch.put(ONE, "a".getBytes(US_ASCII), "1".getBytes(US_ASCII));
      batch.put(OTHER, "b".getBytes(US_ASCII), "2".getBytes(US_ASCII));
      batch.put(OTHER, "c".getBytes(US_ASCII), "3".getBytes(US_ASCII));
      opened.write(batch);
    }
    List<String> rows = new ArrayList<>();

    // when
    long visited =
        StoreRows.visit(
            store,
            scratch,
            "other"::equals,
            (table, key, value) -> rows.add(table + " " + new String(key, US_ASCII)));

    // then
    assertThat(rows).containsExactly("other b", "other c");
    assertThat(visited).isEqualTo(2);
    assertThat(StoreRows.visit(store, scratch, (table, key, value) -> {})).isGreaterThan(2);
  }
}
