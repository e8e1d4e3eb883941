package vellum.core.order;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseId;
import vellum.core.record.Sha256;
import vellum.core.search.ErasedPeriod;
import vellum.core.search.Found;
import vellum.v1.UsageRecord;

/** Packages as lists of what was added; what was not marked is lost with the process. */
final class MemoryPackages implements Packages {

  /** By order: what is there for good. */
  final Map<CaseId, List<Found>> durable = new HashMap<>();

  final Map<CaseId, List<ErasedPeriod>> missing = new HashMap<>();
  final Map<CaseId, List<UsageRecord>> events = new HashMap<>();
  final List<CaseId> removed = new ArrayList<>();

  /** Records from which on the disk is full. */
  int room = Integer.MAX_VALUE;

  @Override
  public Making open(Order order, byte[] state) {
    int marked = state.length == 0 ? 0 : Integer.parseInt(text(state));
    List<Found> before = durable.getOrDefault(order.id(), List.of());
    List<Found> all = new ArrayList<>(before.subList(0, Math.min(marked, before.size())));
    return new Making() {
      @Override
      public void add(Found record, @Nullable ErasedPeriod why) {
        if (all.size() >= room) {
          throw new OrderException.NoRoom(1);
        }
        all.add(record);
      }

      @Override
      public void add(List<UsageRecord> found) {
        events.put(order.id(), found);
      }

      @Override
      public byte[] checkpoint() {
        durable.put(order.id(), List.copyOf(all));
        return Integer.toString(all.size()).getBytes(StandardCharsets.US_ASCII);
      }

      @Override
      public String finish(long records, List<ErasedPeriod> gone) {
        checkpoint();
        missing.put(order.id(), gone);
        return Sha256.hex(Long.toString(records).getBytes(StandardCharsets.US_ASCII));
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  private static String text(byte[] state) {
    return new String(state, StandardCharsets.US_ASCII);
  }

  @Override
  public List<PackageFile> files(CaseId id) {
    return missing.containsKey(id)
        ? List.of(new PackageFile("all", durable.get(id).size()))
        : List.of();
  }

  @Override
  public Optional<byte[]> read(CaseId id, String name, long offset, int limit) {
    byte[] all = durable.getOrDefault(id, List.of()).toString().getBytes(StandardCharsets.UTF_8);
    int end = (int) Math.min(all.length, offset + limit);
    return Optional.of(Arrays.copyOfRange(all, (int) offset, end));
  }

  @Override
  public void remove(CaseId id) {
    durable.remove(id);
    missing.remove(id);
    removed.add(id);
  }
}
