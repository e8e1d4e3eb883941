package vellum.core.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * One opening of a store: finds which tables the directory holds, opens all of them, and frees
 * everything again when that fails.
 */
record Opening(
    Path directory,
    List<Table> tables,
    StoreOptions options,
    Stores.Durability durability,
    Tuning tuning) {

  private static final Table DEFAULT = new Table("default", 0, Table.Shape.SMALL);

  Store run() {
    Failures failures = new Failures(directory);
    Natives natives = new Natives();
    try {
      refuseOtherTables();
      return open(natives, failures);
    } catch (RocksDBException e) {
      natives.close();
      nameBadFile(e);
      throw failures.of(e, "opening");
    } catch (RuntimeException | Error e) {
      natives.close();
      throw e;
    }
  }

  private Store open(Natives natives, Failures failures) throws RocksDBException {
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    RocksDB db = database(natives, handles);
    return new RocksStore(this, failures, natives, db, handles);
  }

  /**
   * The database with its columns.
   *
   * @param natives takes over what was opened
   * @param handles receives the default column's and then the tables', in their order
   */
  RocksDB database(Natives natives, List<ColumnFamilyHandle> handles) throws RocksDBException {
    DBOptions database = tuning.database(options, natives);
    // The engine wants its default column opened too; nothing is written there.
    List<Table> all = new ArrayList<>();
    all.add(DEFAULT);
    all.addAll(tables);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Table table : all) {
      descriptors.add(
          new ColumnFamilyDescriptor(
              table.name().getBytes(StandardCharsets.US_ASCII),
              tuning.column(table.shape(), options, natives)));
    }
    RocksDB db = natives.own(RocksDB.open(database, directory.toString(), descriptors, handles));
    handles.forEach(natives::own);
    return db;
  }

  private void refuseOtherTables() throws RocksDBException {
    if (!Files.exists(directory.resolve("CURRENT"))) {
      return;
    }
    Set<String> known = tables.stream().map(Table::name).collect(Collectors.toSet());
    try (Options plain = new Options()) {
      for (byte[] name : RocksDB.listColumnFamilies(plain, directory.toString())) {
        String table = new String(name, StandardCharsets.US_ASCII);
        if (!table.equals(DEFAULT.name()) && !known.contains(table)) {
          throw new StoreException.WrongFormat(
              "store has a table that this version does not know: " + table + " in " + directory);
        }
      }
    }
  }

  /**
   * Names the damaged file that kept the store from opening: the engine does not always say. Opens
   * read-only, past damage, and compares the files with the manifest.
   *
   * @throws StoreException.Corrupt when one is damaged
   */
  private void nameBadFile(RocksDBException failure) {
    if (failure.getStatus() != null && failure.getStatus().getCode() == Status.Code.IOError) {
      return;
    }
    Natives natives = new Natives();
    try {
      DBOptions lenient = tuning.database(options, natives).setParanoidChecks(false);
      List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
      try (Options plain = new Options()) {
        for (byte[] name : RocksDB.listColumnFamilies(plain, directory.toString())) {
          descriptors.add(new ColumnFamilyDescriptor(name, natives.own(new ColumnFamilyOptions())));
        }
      }
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      RocksDB database =
          natives.own(RocksDB.openReadOnly(lenient, directory.toString(), descriptors, handles));
      handles.forEach(natives::own);
      new FileCheck(new Gate(directory), database, directory).run();
    } catch (RocksDBException e) {
      failure.addSuppressed(e);
    } finally {
      natives.close();
    }
  }
}
