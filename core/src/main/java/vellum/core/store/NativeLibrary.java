package vellum.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import vellum.core.disk.MomentDirectory;

/**
 * The native library of RocksDB, 17 MB out of its jar. RocksDB itself would leave it in the
 * temporary directory until an orderly end, and for ever at any other. Thread-safe.
 */
final class NativeLibrary {

  private static boolean isLoaded;

  private NativeLibrary() {}

  /** Loads it; again does nothing. Before any other use of RocksDB. */
  static synchronized void load() {
    if (isLoaded) {
      return;
    }
    try (MomentDirectory place = MomentDirectory.make()) {
      NativeLibraryLoader.getInstance().loadLibrary(place.path().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("the native library of RocksDB cannot be unpacked", e);
    }
    RocksDB.loadLibrary();
    isLoaded = true;
  }
}
