package vellum.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;
import org.rocksdb.SstFileWriter;
import vellum.core.disk.Disk;

/** One table's sorted files in a {@link StoreLoad}, one behind the other. Not thread-safe. */
final class SortedFiles {

  private static final String FINISHED = ".sst";
  private static final String UNFINISHED = ".tmp";
  private static final int VALUE_BYTES = 1 << 16;

  /**
   * Where and how files are written.
   *
   * @param fileBytes of keys and values, after which a file is finished
   */
  record Place(
      Path directory, long fileBytes, Disk disk, Failures failures, EnvOptions environment) {}

  private final Table table;
  private final Place place;
  private final Options options;
  private final List<LoadedFile> files = new ArrayList<>();
  private final ByteBuffer keyBuffer = ByteBuffer.allocateDirect(Column.MAX_KEY_BYTES);
  private ByteBuffer valueBuffer = ByteBuffer.allocateDirect(VALUE_BYTES);
  private final byte[] last = new byte[Column.MAX_KEY_BYTES];
  private int lastLength;
  private byte[] first = new byte[0];
  private @Nullable SstFileWriter writer;
  private long rows;
  private long bytes;

  SortedFiles(Table table, Place place, Options options) {
    this.table = table;
    this.place = place;
    this.options = options;
  }

  Table table() {
    return table;
  }

  List<LoadedFile> files() {
    return List.copyOf(files);
  }

  /** Finds what an earlier run finished, and deletes what it did not. */
  void recover() throws IOException {
    for (Path file : StoreLoad.list(place.directory())) {
      String name = file.getFileName().toString();
      if (name.matches(table.name() + "-[0-9]{6}" + UNFINISHED)) {
        Files.delete(file);
      } else if (name.matches(table.name() + "-[0-9]{6}" + FINISHED)) {
        add(read(file));
      }
    }
  }

  private LoadedFile read(Path file) throws IOException {
    try (SstFileReader reader = new SstFileReader(options);
        ReadOptions reading = new ReadOptions().setFillCache(false)) {
      reader.open(file.toString());
      try (SstFileReaderIterator rowsOf = reader.newIterator(reading)) {
        rowsOf.seekToFirst();
        byte[] firstKey = rowsOf.key();
        rowsOf.seekToLast();
        rowsOf.status();
        return new LoadedFile(
            table,
            file,
            firstKey,
            rowsOf.key(),
            reader.getTableProperties().getNumEntries(),
            Files.size(file));
      }
    } catch (RocksDBException e) {
      throw place.failures().of(e, "reading a loaded file");
    }
  }

  private void add(LoadedFile file) {
    if (Arrays.compareUnsigned(last, 0, lastLength, file.firstKey(), 0, file.firstKey().length) >= 0
        && lastLength > 0) {
      throw new StoreException.Corrupt("loaded files overlap: " + file.file(), null);
    }
    files.add(file);
    remember(file.lastKey(), 0, file.lastKey().length);
  }

  void put(byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length) {
    if (lastLength > 0
        && Arrays.compareUnsigned(last, 0, lastLength, key, keyOffset, keyOffset + keyLength)
            >= 0) {
      throw new StoreException.OutOfOrder(
          "a key of table " + table.name() + " is not above the one before it");
    }
    try {
      SstFileWriter open = writer == null ? start(key, keyOffset, keyLength) : writer;
      if (valueBuffer.capacity() < length) {
        valueBuffer = ByteBuffer.allocateDirect(length);
      }
      keyBuffer.clear().put(key, keyOffset, keyLength).flip();
      valueBuffer.clear().put(value, offset, length).flip();
      open.put(keyBuffer, valueBuffer);
    } catch (RocksDBException e) {
      throw place.failures().of(e, "loading");
    }
    remember(key, keyOffset, keyLength);
    rows++;
    bytes += keyLength + length;
    if (bytes >= place.fileBytes()) {
      cut();
    }
  }

  private SstFileWriter start(byte[] key, int offset, int length) throws RocksDBException {
    SstFileWriter opened = new SstFileWriter(place.environment(), options);
    writer = opened;
    opened.open(path(UNFINISHED).toString());
    first = Arrays.copyOfRange(key, offset, offset + length);
    rows = 0;
    bytes = 0;
    return opened;
  }

  private void remember(byte[] key, int offset, int length) {
    System.arraycopy(key, offset, last, 0, length);
    lastLength = length;
  }

  /** Finishes the file at hand, if there is one. */
  void cut() {
    SstFileWriter open = writer;
    if (open == null) {
      return;
    }
    Path unfinished = path(UNFINISHED);
    Path file = path(FINISHED);
    try {
      open.finish();
      open.close();
      writer = null;
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        place.disk().force(channel);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      place.disk().forceDirectory(place.directory());
      byte[] lastKey = Arrays.copyOf(last, lastLength);
      files.add(new LoadedFile(table, file, first, lastKey, rows, Files.size(file)));
    } catch (RocksDBException e) {
      throw place.failures().of(e, "loading");
    } catch (IOException e) {
      throw new StoreException.Unavailable("loading failed: " + place.directory(), e);
    }
  }

  /** Frees the writer; the file at hand stays unfinished, to be deleted at the next load. */
  void close() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  private Path path(String suffix) {
    return place.directory().resolve(name(suffix));
  }

  private String name(String suffix) {
    return "%s-%06d%s".formatted(table.name(), files.size() + 1, suffix);
  }
}
