package vellum.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Guards the batch's layout against the engine's own, at each upgrade. */
final class SerializedBatchTest {

  private static final List<Table> TABLES =
      List.of(
          new Table("default", 0, Table.Shape.SMALL),
          new Table("one", 0, Table.Shape.SMALL),
          new Table("two", 0, Table.Shape.SMALL));

  @TempDir private Path directory;
  private final List<ColumnFamilyHandle> handles = new ArrayList<>();
  private RocksDB database;
  private Columns columns;

  @BeforeEach
  void open() throws RocksDBException {
    try (DBOptions options =
        new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true)) {
      List<ColumnFamilyDescriptor> descriptors =
          TABLES.stream()
              .map(t -> new ColumnFamilyDescriptor(StoreFixture.utf8(t.name())))
              .toList();
      database = RocksDB.open(options, directory.toString(), descriptors, handles);
      columns = new Columns(TABLES, handles);
    }
  }

  @AfterEach
  void close() {
    handles.forEach(ColumnFamilyHandle::close);
    database.close();
  }

  @Test
  void shouldEqualTheBatchThatTheEngineBuilds() throws RocksDBException {
    // given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    SerializedBatch ours = new SerializedBatch(columns);
    try (WriteBatch theirs = new WriteBatch()) {
      for (int i = 0; i < 500; i++) {
        int table = random.nextInt(TABLES.size());
        byte[] key = bytes(random, 1 + random.nextInt(300));
        // when
        if (random.nextInt(4) == 0) {
          ours.delete(TABLES.get(table), key);
          theirs.delete(handles.get(table), key);
        } else {
          byte[] value = bytes(random, random.nextInt(i == 250 ? 3_000_000 : 20_000));
          ours.put(TABLES.get(table), key, value);
          theirs.put(handles.get(table), key, value);
        }
      }
      // then
      assertThat(ours.serialize()).as("seed %d", seed).isEqualTo(theirs.data());
      assertThat(ours.count()).isEqualTo(theirs.count());
      assertThat(ours.bytes()).isEqualTo((int) theirs.getDataSize());
    }
  }

  @Test
  void shouldBeReadBackByTheEngine() throws RocksDBException {
    // given
    SerializedBatch batch = new SerializedBatch(columns);
    batch.put(TABLES.get(0), new byte[] {1}, new byte[] {2});
    batch.put(TABLES.get(2), new byte[] {9, 3, 9}, 1, 1, new byte[] {9, 9, 4, 5}, 2, 2);
    batch.put(TABLES.get(1), new byte[] {6}, new byte[0]);
    batch.delete(TABLES.get(1), new byte[] {7});
    batch.delete(TABLES.get(0), new byte[] {8});
    // when
    ChangeLog log = new ChangeLog();
    try (WriteBatch theirs = new WriteBatch(batch.serialize())) {
      theirs.iterate(log);
    }
    // then
    assertThat(log.changes)
        .containsExactly("put 0 01=02", "put 2 03=0405", "put 1 06=", "delete 1 07", "delete 0 08");
    log.close();
  }

  @Test
  void shouldStartAnewWhenCleared() throws RocksDBException {
    // given
    SerializedBatch batch = new SerializedBatch(columns);
    batch.put(TABLES.get(1), new byte[] {1}, new byte[10_000]);
    // when
    batch.clear();
    batch.put(TABLES.get(1), new byte[] {2}, new byte[] {3});
    // then
    try (WriteBatch theirs = new WriteBatch()) {
      theirs.put(handles.get(1), new byte[] {2}, new byte[] {3});
      assertThat(batch.serialize()).isEqualTo(theirs.data());
    }
    assertThat(batch.count()).isEqualTo(1);
  }

  @Test
  void shouldAllocateNothingForAPutOnceGrown() {
    // given
    SerializedBatch batch = new SerializedBatch(columns);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] key = new byte[24];
    byte[] value = new byte[130];
    fill(batch, key, value);
    // when
    long before = threads.getCurrentThreadAllocatedBytes();
    fill(batch, key, value);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // then
    assertThat(batch.count()).isEqualTo(10_000);
    assertThat(allocated).isLessThan(10_000);
  }

  private static void fill(SerializedBatch batch, byte[] key, byte[] value) {
    batch.clear();
    for (int i = 0; i < 10_000; i++) {
      batch.put(TABLES.get(2), key, 0, key.length, value, 0, value.length);
    }
  }

  @Test
  void shouldRefuseATableOfAnotherStore() {
    SerializedBatch batch = new SerializedBatch(columns);
    Table other = new Table("other", 0, Table.Shape.SMALL);
    assertThatThrownBy(() -> batch.put(other, new byte[] {1}, new byte[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
    assertThat(batch.count()).isZero();
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Writes down the puts and deletes of a batch. */
  private static final class ChangeLog extends WriteBatch.Handler {
    private final List<String> changes = new ArrayList<>();

    private static String hex(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void put(int column, byte[] key, byte[] value) {
      changes.add("put " + column + " " + hex(key) + "=" + hex(value));
    }

    @Override
    public void put(byte[] key, byte[] value) {
      changes.add("put " + hex(key) + "=" + hex(value));
    }

    @Override
    public void delete(int column, byte[] key) {
      changes.add("delete " + column + " " + hex(key));
    }

    @Override
    public void delete(byte[] key) {
      changes.add("delete " + hex(key));
    }

    @Override
    public void merge(int column, byte[] key, byte[] value) {
      changes.add("merge");
    }

    @Override
    public void merge(byte[] key, byte[] value) {
      changes.add("merge");
    }

    @Override
    public void singleDelete(int column, byte[] key) {
      changes.add("singleDelete");
    }

    @Override
    public void singleDelete(byte[] key) {
      changes.add("singleDelete");
    }

    @Override
    public void deleteRange(int column, byte[] from, byte[] to) {
      changes.add("deleteRange");
    }

    @Override
    public void deleteRange(byte[] from, byte[] to) {
      changes.add("deleteRange");
    }

    @Override
    public void logData(byte[] blob) {
      changes.add("logData");
    }

    @Override
    public void putBlobIndex(int column, byte[] key, byte[] value) {
      changes.add("putBlobIndex");
    }

    @Override
    public void markBeginPrepare() {
      changes.add("mark");
    }

    @Override
    public void markEndPrepare(byte[] xid) {
      changes.add("mark");
    }

    @Override
    public void markNoop(boolean emptyBatch) {
      changes.add("mark");
    }

    @Override
    public void markRollback(byte[] xid) {
      changes.add("mark");
    }

    @Override
    public void markCommit(byte[] xid) {
      changes.add("mark");
    }

    @Override
    public void markCommitWithTimestamp(byte[] xid, byte[] timestamp) {
      changes.add("mark");
    }
  }
}
