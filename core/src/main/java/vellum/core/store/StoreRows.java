package vellum.core.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A walk over every row of every table of a store that nobody has open, whatever its tables are:
 * for checks of what is on the disk. Opens read-only and changes nothing in the directory; rows
 * that stand in a log of the store only are seen too. Stateless.
 */
public final class StoreRows {

  private StoreRows() {}

  /** Hears rows, table by table and in each by key. */
  @FunctionalInterface
  public interface Visitor {

    void row(String table, byte[] key, byte[] value);
  }

  /**
   * Walks over all rows.
   *
   * @param scratch directory for the engine's own messages, which name no keys
   * @return rows visited
   * @throws StoreException when the directory is no store, or a file is damaged
   */
  public static long visit(Path directory, Path scratch, Visitor visitor) {
    return visit(directory, scratch, table -> true, visitor);
  }

  /**
   * Walks over the rows of some tables.
   *
   * @param tables whether those of a table are read
   */
  public static long visit(
      Path directory, Path scratch, Predicate<String> tables, Visitor visitor) {
    NativeLibrary.load();
    Failures failures = new Failures(directory);
    Natives natives = new Natives();
    try {
      List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
      for (byte[] name :
          RocksDB.listColumnFamilies(natives.own(new Options()), directory.toString())) {
        descriptors.add(new ColumnFamilyDescriptor(name, natives.own(new ColumnFamilyOptions())));
      }
      if (descriptors.isEmpty()) {
        throw new StoreException.Corrupt("its list of tables is missing: " + directory, null);
      }
      DBOptions options =
          natives
              .own(new DBOptions())
              .setDbLogDir(scratch.toString())
              .setInfoLogLevel(InfoLogLevel.FATAL_LEVEL);
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      RocksDB database =
          natives.own(RocksDB.openReadOnly(options, directory.toString(), descriptors, handles));
      handles.forEach(natives::own);
      long rows = 0;
      for (ColumnFamilyHandle table : handles) {
        String name = new String(table.getName(), StandardCharsets.US_ASCII);
        if (tables.test(name)) {
          rows += visit(database, table, name, visitor);
        }
      }
      return rows;
    } catch (RocksDBException e) {
      throw failures.of(e, "reading all rows");
    } finally {
      natives.close();
    }
  }

  private static long visit(
      RocksDB database, ColumnFamilyHandle table, String name, Visitor visitor)
      throws RocksDBException {
    long rows = 0;
    try (ReadOptions reading = new ReadOptions()) {
      reading.setFillCache(false).setTotalOrderSeek(true).setReadaheadSize(1 << 20);
      try (RocksIterator iterator = database.newIterator(table, reading)) {
        for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
          visitor.row(name, iterator.key(), iterator.value());
          rows++;
        }
        iterator.status();
      }
    }
    return rows;
  }
}
