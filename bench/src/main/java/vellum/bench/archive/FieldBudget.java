package vellum.bench.archive;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import vellum.core.record.Bytes;
import vellum.core.strip.ArchiveKey;

/**
 * How many bits a record's value of each field carries when its account is known: order-0 entropy
 * over what was seen, absence being a value too. A lower bound for who codes fields one by one.
 */
final class FieldBudget {

  private static final int SAMPLE = 200_000;

  private final FieldTree tree = new FieldTree();

  /** Bits of every field, by its index in the tree. */
  double[] bits(StrippedRows rows) {
    int fields = tree.nodes().size();
    Map<Long, Map<Long, int[]>> counts = new HashMap<>();
    Map<Integer, int[]> accounts = new HashMap<>();
    long[] present = new long[fields];
    int sample = Math.min(SAMPLE, rows.count());
    int step = rows.count() / sample;
    for (int i = 0; i < sample; i++) {
      int place = i * step;
      int account = Bytes.getInt(rows.keys(), rows.keyOffset(place) + ArchiveKey.ACCOUNT_OFFSET);
      accounts.computeIfAbsent(account, a -> new int[1])[0]++;
      tree.visit(
          rows.rows(),
          rows.rowOffset(place),
          rows.rowLength(place),
          (field, bytes, offset, length) -> {
            long group = (long) field.index << 32 | account & 0xFFFF_FFFFL;
            long value = length;
            for (int b = offset; b < offset + length; b++) {
              value = value * 0x9E37_79B9_7F4A_7C15L + bytes[b] + 1;
            }
            counts.computeIfAbsent(group, g -> new HashMap<>())
                .computeIfAbsent(value, v -> new int[1])[0]++;
            present[field.index]++;
          });
    }
    double[] bits = new double[fields];
    counts.forEach(
        (group, values) -> {
          int all = accounts.getOrDefault(group.intValue(), new int[1])[0];
          int seen = values.values().stream().mapToInt(count -> count[0]).sum();
          double sum = cost(all - seen, all);
          for (int[] count : values.values()) {
            sum += cost(count[0], all);
          }
          bits[(int) (group >>> 32)] += sum / sample;
        });
    return Arrays.copyOf(bits, fields);
  }

  private static double cost(int count, int all) {
    return count <= 0 || count >= all ? 0 : -count * Math.log((double) count / all) / Math.log(2);
  }
}
