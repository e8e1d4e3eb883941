package vellum.core.retention;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;
import vellum.core.store.FullStore;
import vellum.core.store.KeyRange;
import vellum.core.store.Purged;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreStats;
import vellum.core.store.Table;

/**
 * The moments at which a process may be killed: before and after each change of the disk by our own
 * code, and each write of the control store. A test is told of each.
 */
final class KillPoints implements Disk {

  private final RealDisk disk = new RealDisk();

  /** Told the name of each moment; does nothing at first. */
  Consumer<String> listener = name -> {};

  /** Whether changes fail as on a full disk. */
  boolean full;

  /** Whether the control store refuses writes as on a full disk. */
  boolean controlFull;

  /** Free bytes that are shown; the real ones while negative. */
  long usable = -1;

  private interface Change {
    void make() throws IOException;
  }

  private void change(String name, Path path, Change change) throws IOException {
    String file = name + " " + path.getFileName();
    listener.accept("before " + file);
    change.make();
    listener.accept("after " + file);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
    change("replace", file, () -> disk.replace(file, content));
  }

  @Override
  public void replaceUnforced(Path file, byte[] content) throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
    change("replace", file, () -> disk.replaceUnforced(file, content));
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    disk.force(channel);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    change("force", directory, () -> disk.forceDirectory(directory));
  }

  @Override
  public void deleteTree(Path path) throws IOException {
    change("delete", path, () -> disk.deleteTree(path));
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    return usable >= 0 ? usable : disk.usableBytes(path);
  }

  /** The control store with its moments. */
  Store watch(Store store) {
    return new Watched(store);
  }

  private final class Watched implements Store {
    private final Store store;

    Watched(Store store) {
      this.store = store;
    }

    @Override
    public StoreBatch batch() {
      return store.batch();
    }

    @Override
    public void write(StoreBatch batch) {
      if (full || controlFull) {
        throw FullStore.unavailable();
      }
      listener.accept("before control");
      store.write(batch);
      listener.accept("after control");
    }

    @Override
    public byte[] get(Table table, byte[] key) {
      return store.get(table, key);
    }

    @Override
    public byte[] getFlushed(Table table, byte[] key) {
      return store.getFlushed(table, key);
    }

    @Override
    public void multiGet(Table table, byte[] keys, int count, Values values) {
      store.multiGet(table, keys, count, values);
    }

    @Override
    public Scan scan(Table table, byte[] from, byte[] to) {
      return store.scan(table, from, to);
    }

    @Override
    public Scan scanAll(Table table, byte[] from, byte[] to) {
      return store.scanAll(table, from, to);
    }

    @Override
    public void beginFlush() {
      store.beginFlush();
    }

    @Override
    public void awaitFlush() {
      store.awaitFlush();
    }

    @Override
    public long unflushedBytes() {
      return store.unflushedBytes();
    }

    @Override
    public Purged purge(Table table, List<KeyRange> ranges) {
      return store.purge(table, ranges);
    }

    @Override
    public void verify() {
      store.verify();
    }

    @Override
    public StoreStats stats() {
      return store.stats();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
