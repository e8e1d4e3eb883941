package vellum.bench.archive;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.WorkDirectory;
import vellum.core.disk.RealDisk;
import vellum.core.record.Output;
import vellum.core.store.Row;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreLoad;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.core.store.Table;
import vellum.core.strip.ArchiveKey;

/** What a stripped month takes on disk, and how fast it is stripped and loaded. */
@Command(
    name = "archive",
    header = "Bytes that a record takes in the archive.",
    description = {
      "Strips generated traffic, loads it into an archive, and prints bytes a record; with --fields",
      "what each field adds to them, and how many bits it carries when the account is known."
    },
    mixinStandardHelpOptions = true)
public final class ArchiveCommand implements Callable<Integer> {

  private static final int MOST_MINUTES = 31 * 24 * 60;
  private static final long BYTES_EACH = 256;
  private static final Table RECORDS =
      new Table("records", ArchiveKey.BYTES, Table.Shape.TIME_ORDERED);
  private static final byte[] LAST = new byte[ArchiveKey.BYTES];

  static {
    java.util.Arrays.fill(LAST, (byte) 0xFF);
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description = "Distinct records (default: ${DEFAULT-VALUE}).")
  private int records = 1_000_000;

  @Option(
      names = "--minutes",
      defaultValue = "2160",
      description =
          "Within how long they start; the default is the density of 20 million a month (default: ${DEFAULT-VALUE}).")
  private int minutes = 2160;

  @Option(names = "--block", description = "Bytes of a block (default: ${DEFAULT-VALUE}).")
  private int block = StoreOptions.archive().blocks().bytes();

  @Option(
      names = "--dictionary",
      description = "Bytes of a dictionary (default: ${DEFAULT-VALUE}).")
  private int dictionary = StoreOptions.archive().blocks().dictionaryBytes();

  @Option(names = "--level", description = "Level of zstd (default: ${DEFAULT-VALUE}).")
  private int level = StoreOptions.archive().blocks().zstdLevel();

  @Option(names = "--fields", description = "Leave out one field after the other.")
  private boolean fields;

  @Option(names = "--sweep", description = "Try sizes of blocks and dictionaries, and levels.")
  private boolean sweep;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    new Bounds(spec)
        .records(records)
        .within("--minutes", minutes, 1, MOST_MINUTES)
        .within("--block", block, 1 << 10, 16 << 20)
        .within("--dictionary", dictionary, 0, 16 << 20)
        .within("--level", level, 1, 22)
        .room(null, records, BYTES_EACH);
    try (WorkDirectory directory = WorkDirectory.temporary();
        Stores stores = new Stores(new RealDisk(), 64 << 20, 2)) {
      Path work = directory.path();
      StrippedRows rows = new StrippedRows(records, Duration.ofMinutes(minutes), work);
      print("records              %,d", rows.count());
      print("sealed row           %.1f bytes", rows.sealedBytesEach());
      print("stripped row         %.1f bytes, key %d", rows.strippedBytesEach(), ArchiveKey.BYTES);
      print("strip                %.0f ns a record, copy included", rows.stripNanosEach());
      print("CPU of one thread a record:");
      double size = load(stores, work.resolve("all"), rows, Copy.ALL, true);
      if (sweep) {
        sweep(stores, work, rows);
      }
      if (fields) {
        budget(stores, work, rows, size);
      }
      return 0;
    }
  }

  /** The same rows in blocks of several sizes, with and without dictionaries. */
  private void sweep(Stores stores, Path work, StrippedRows rows) throws IOException {
    for (int blockBytes : new int[] {16 << 10, 32 << 10, 64 << 10}) {
      for (int dictionaryBytes : new int[] {0, 16 << 10, 64 << 10}) {
        for (int zstdLevel : new int[] {1, 3}) {
          block = blockBytes;
          dictionary = dictionaryBytes;
          level = zstdLevel;
          load(stores, work.resolve("sweep"), rows, Copy.ALL, true);
        }
      }
    }
  }

  private void budget(Stores stores, Path work, StrippedRows rows, double size) throws IOException {
    double[] bits = new FieldBudget().bits(rows);
    FieldTree tree = new FieldTree();
    Output made = new Output(1 << 16);
    print("%-44s %8s %8s", "left out", "bytes", "bits");
    print(
        "%-44s %8.2f %8s", "MAC in the key", size - without(stores, work, rows, Copy.NO_MAC), "64");
    print("%-44s %8.2f", "the whole row", size - without(stores, work, rows, Copy.NO_ROW));
    List<FieldTree.Node> nodes = tree.nodes();
    for (FieldTree.Node node : nodes) {
      if (bits[node.index] == 0 && node.inner.length == 0) {
        continue;
      }
      Copy copy =
          (from, place, key) -> {
            made.clear();
            tree.copyWithout(node, from.rows(), from.rowOffset(place), from.rowLength(place), made);
            return made;
          };
      double less = size - without(stores, work, rows, copy);
      print("%-44s %8.2f %8.2f", node.path, less, bits[node.index]);
    }
  }

  private double without(Stores stores, Path work, StrippedRows rows, Copy copy)
      throws IOException {
    return load(stores, work.resolve("part"), rows, copy, false);
  }

  /** Loads rows into an archive; returns its bytes a record. */
  private double load(Stores stores, Path path, StrippedRows rows, Copy copy, boolean speak)
      throws IOException {
    StoreOptions.Blocks blocks = new StoreOptions.Blocks(block, dictionary, level, false);
    StoreOptions options = StoreOptions.archive().withBlocks(blocks);
    byte[] key = new byte[ArchiveKey.BYTES];
    long start = cpuNanos();
    try (StoreLoad load = stores.load(path, List.of(RECORDS), options)) {
      for (int i = 0; i < rows.count(); i++) {
        System.arraycopy(rows.keys(), rows.keyOffset(i), key, 0, key.length);
        Output row = copy.row(rows, i, key);
        load.put(RECORDS, key, 0, key.length, row.bytes(), 0, row.size());
      }
      load.finish();
    }
    long loaded = cpuNanos() - start;
    double size;
    try (Store store = stores.open(path, List.of(RECORDS), options)) {
      size = (double) store.stats().liveFileBytes() / rows.count();
      if (speak) {
        print(
            "block %,7d  dictionary %,7d  level %d: %6.2f bytes a record, load %5.0f, scan %4.0f ns",
            block,
            dictionary,
            level,
            size,
            (double) loaded / rows.count(),
            (double) scan(store, rows.count()) / rows.count());
      }
    }
    new RealDisk().deleteTree(path);
    return size;
  }

  private static long scan(Store store, int expected) {
    long start = cpuNanos();
    int count = 0;
    Row row = new Row();
    try (Scan scan = store.scanAll(RECORDS, new byte[ArchiveKey.BYTES], LAST)) {
      while (scan.next(row)) {
        count++;
      }
    }
    if (count != expected) {
      throw new IllegalStateException(count + " rows were found, " + expected + " were loaded");
    }
    return cpuNanos() - start;
  }

  /** CPU time of this thread, which does all the work: others may be busy meanwhile. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  /** Makes the row to load out of a stripped one. */
  private interface Copy {
    Output MADE = new Output(1 << 16);

    Copy ALL =
        (rows, place, key) -> {
          MADE.clear();
          MADE.write(rows.rows(), rows.rowOffset(place), rows.rowLength(place));
          return MADE;
        };

    Copy NO_MAC =
        (rows, place, key) -> {
          vellum.core.record.Bytes.putLong(key, ArchiveKey.MAC_OFFSET, place);
          return ALL.row(rows, place, key);
        };

    Copy NO_ROW =
        (rows, place, key) -> {
          MADE.clear();
          return MADE;
        };

    /**
     * The row of a place.
     *
     * @param key its key, which may be changed
     */
    Output row(StrippedRows rows, int place, byte[] key);
  }
}
