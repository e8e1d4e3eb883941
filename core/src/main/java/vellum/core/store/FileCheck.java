package vellum.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;

/**
 * Reads every byte of every table file of a store and compares its CRC32C with the one that the
 * manifest recorded when the file was written. Whole files, because the engine's own check passes
 * over parts of a filter; in Java, so that a close does not wait for it. Thread-safe.
 */
record FileCheck(Gate gate, RocksDB database, Path directory) {

  private static final int BUFFER_BYTES = 1 << 18;

  /** A file and what its checksum must be, four bytes, big-endian. */
  private record Expected(String name, byte[] checksum) {}

  void run() {
    for (Expected file : files()) {
      gate.leave(gate.enter());
      check(file);
    }
  }

  private List<Expected> files() {
    long stamp = gate.enter();
    try {
      return database.getLiveFilesMetaData().stream().map(FileCheck::expected).toList();
    } finally {
      gate.leave(stamp);
    }
  }

  private static Expected expected(LiveFileMetaData file) {
    String name = file.fileName();
    return new Expected(name.substring(name.lastIndexOf('/') + 1), file.fileChecksum());
  }

  private void check(Expected expected) {
    Path file = directory.resolve(expected.name());
    try {
      if (!Arrays.equals(checksum(file), expected.checksum()) && isLive(expected)) {
        throw new StoreException.Corrupt("bytes are not what was written: " + file, null);
      }
    } catch (NoSuchFileException e) {
      // A compaction may have replaced the file since it was listed.
      if (isLive(expected)) {
        throw new StoreException.Corrupt("file is missing: " + file, e);
      }
    } catch (IOException e) {
      throw new StoreException.Unavailable("reading failed: " + file, e);
    }
  }

  private boolean isLive(Expected file) {
    return files().stream().anyMatch(live -> live.name().equals(file.name()));
  }

  private static byte[] checksum(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
      }
    }
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
  }
}
