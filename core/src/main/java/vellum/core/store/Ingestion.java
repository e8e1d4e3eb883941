package vellum.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The making of a store from sorted files: a new database takes each table's files in, by a second
 * name of each, so that an interruption loses none.
 */
record Ingestion(Opening opening, Failures failures, Path links) {

  void run(List<SortedFiles> tables) throws IOException {
    Files.createDirectory(links);
    Natives natives = new Natives();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (FlushOptions flushing = new FlushOptions().setWaitForFlush(true)) {
      RocksDB database = opening.database(natives, handles);
      for (int i = 0; i < tables.size(); i++) {
        // The first handle is the default column's.
        ingest(database, handles.get(i + 1), tables.get(i));
      }
      database.flush(flushing, handles);
      handles.forEach(ColumnFamilyHandle::close);
      database.closeE();
    } catch (RocksDBException e) {
      throw failures.of(e, "loading");
    } finally {
      natives.close();
    }
  }

  private void ingest(RocksDB database, ColumnFamilyHandle column, SortedFiles table)
      throws IOException, RocksDBException {
    List<String> names = new ArrayList<>();
    for (LoadedFile file : table.files()) {
      Path link = links.resolve(file.file().getFileName());
      Files.createLink(link, file.file());
      names.add(link.toString());
    }
    if (names.isEmpty()) {
      return;
    }
    try (IngestExternalFileOptions moving =
        new IngestExternalFileOptions().setMoveFiles(true).setWriteGlobalSeqno(false)) {
      database.ingestExternalFile(column, names, moving);
    }
  }
}
