package vellum.core.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Writes the files of one column anew that hold some keys, the lowest level among them, so that
 * what was overwritten or deleted under those keys is in no file any more. Keys in one file of the
 * lowest level are taken together: it is written once for all of them. Native calls are made inside
 * the gate, for as long as a compaction takes; who closes waits.
 */
record Purge(Gate gate, RocksDB database, Failures failures, ColumnFamilyHandle column) {

  Purged run(List<KeyRange> ranges) {
    long stamp = gate.enter();
    try (CompactRangeOptions options = options()) {
      List<LiveFileMetaData> before = files();
      for (KeyRange range : together(ranges, before)) {
        database.compactRange(column, range.first(), behind(range.last()), options);
      }
      return replaced(ranges, before);
    } catch (RocksDBException e) {
      throw failures.of(e, "purging");
    } finally {
      gate.leave(stamp);
    }
  }

  private static CompactRangeOptions options() {
    return new CompactRangeOptions()
        .setExclusiveManualCompaction(false)
        .setAllowWriteStall(true)
        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce);
  }

  private List<LiveFileMetaData> files() throws RocksDBException {
    byte[] name = column.getName();
    return database.getLiveFilesMetaData().stream()
        .filter(file -> Arrays.equals(file.columnFamilyName(), name))
        .toList();
  }

  /** Ranges of one file of the lowest level that has any of them as one. */
  private static List<KeyRange> together(List<KeyRange> ranges, List<LiveFileMetaData> files) {
    Map<String, KeyRange> ofFile = new TreeMap<>();
    List<KeyRange> all = new ArrayList<>();
    for (KeyRange range : ranges) {
      files.stream()
          .filter(file -> overlaps(file, range))
          .max(Comparator.comparingInt(LiveFileMetaData::level))
          .ifPresentOrElse(
              file -> ofFile.merge(file.fileName(), range, Purge::both), () -> all.add(range));
    }
    all.addAll(ofFile.values());
    return all;
  }

  private static KeyRange both(KeyRange one, KeyRange other) {
    return new KeyRange(
        Arrays.compareUnsigned(one.first(), other.first()) <= 0 ? one.first() : other.first(),
        Arrays.compareUnsigned(one.last(), other.last()) >= 0 ? one.last() : other.last());
  }

  private static boolean overlaps(LiveFileMetaData file, KeyRange range) {
    return Arrays.compareUnsigned(file.smallestKey(), range.last()) <= 0
        && Arrays.compareUnsigned(file.largestKey(), range.first()) >= 0;
  }

  /** The engine's end of a range may be taken as excluded: a byte more lies behind the key. */
  private static byte[] behind(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  private Purged replaced(List<KeyRange> ranges, List<LiveFileMetaData> before) {
    List<String> names = new ArrayList<>();
    long bytes = 0;
    for (LiveFileMetaData file : before) {
      if (ranges.stream().anyMatch(range -> overlaps(file, range))) {
        String name = file.fileName();
        names.add(name.substring(name.lastIndexOf('/') + 1));
        bytes += file.size();
      }
    }
    return new Purged(names, bytes);
  }
}
