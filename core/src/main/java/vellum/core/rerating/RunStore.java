package vellum.core.rerating;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.RunName;
import vellum.core.period.Place;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * The re-ratings that were applied, or are, in the control store. Accounts, amounts and reasons; no
 * identities. Thread-safe.
 *
 * <pre>
 *   0  u64  number of the run
 *   8  u8   0: the run (JSON) · 1: how far it is (JSON), until it is done
 *   9
 * </pre>
 */
public final class RunStore {

  public static final Table TABLE = new Table("rerating", 9, Table.Shape.SMALL);

  /** Runs that are remembered; older ones are forgotten when they are over. */
  static final int MOST_RUNS = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte RUN = 0;
  private static final byte STEP = 1;

  private final Store control;

  /**
   * A batch that was about to be written.
   *
   * @param from where its page begins
   * @param applied what was written, the batch included
   */
  record Step(Cursor from, RerateRun.Applied applied) {}

  /** A run as it is stored. */
  private record StoredRun(
      boolean done,
      String digest,
      List<String> accounts,
      int fromDay,
      int toDay,
      int rates,
      String reason,
      String startedAt,
      @Nullable String endedAt,
      RerateReport report,
      RerateRun.Applied applied) {}

  /** A step as it is stored. */
  private record StoredStep(
      int account, @Nullable String month, @Nullable String key, RerateRun.Applied applied) {}

  public RunStore(Store control) {
    this.control = control;
  }

  /** All that are remembered, oldest first; those that are not done are interrupted. */
  List<RerateRun> all() {
    List<RerateRun> all = new ArrayList<>();
    try (Scan scan = control.scan(TABLE, key(0, RUN), key(Long.MAX_VALUE, RUN))) {
      while (scan.next()) {
        if (scan.key()[Long.BYTES] == RUN) {
          all.add(run(Bytes.getLong(scan.key(), 0), scan.value()));
        }
      }
    }
    return all;
  }

  private RerateRun run(long number, byte[] json) {
    StoredRun stored = read(json, StoredRun.class);
    Step step = stored.done ? null : step(number);
    return new RerateRun(
        RunName.of(number),
        true,
        stored.done ? RerateRun.State.DONE : RerateRun.State.INTERRUPTED,
        stored.digest,
        new RerateScope(
            stored.accounts.stream().map(AccountId::of).toList(), stored.fromDay, stored.toDay),
        stored.rates,
        stored.reason,
        Instant.parse(stored.startedAt),
        stored.endedAt == null ? null : Instant.parse(stored.endedAt),
        RerateRun.Progress.NONE,
        stored.report,
        step == null ? stored.applied : step.applied,
        stored.done ? "" : "the server ended meanwhile; the same run, asked for again, goes on");
  }

  static long number(String id) {
    return Long.parseLong(id.substring(RunName.PREFIX.length()));
  }

  /** Notes a run whose report is known, or that is done. */
  void put(RerateRun run) {
    boolean done = run.state() == RerateRun.State.DONE;
    Instant endedAt = run.endedAt();
    StoredRun stored =
        new StoredRun(
            done,
            run.digest(),
            run.scope().accounts().stream().map(AccountId::value).toList(),
            run.scope().fromDay(),
            run.scope().toDay(),
            run.rates(),
            run.reason(),
            run.startedAt().toString(),
            endedAt == null ? null : endedAt.toString(),
            run.report(),
            run.applied());
    long number = number(run.id());
    StoreBatch batch = control.batch();
    batch.put(TABLE, key(number, RUN), write(stored));
    if (done) {
      batch.delete(TABLE, key(number, STEP));
    }
    if (number > MOST_RUNS) {
      batch.delete(TABLE, key(number - MOST_RUNS, RUN));
      batch.delete(TABLE, key(number - MOST_RUNS, STEP));
    }
    control.write(batch);
  }

  /** Notes a batch, durably, before it is written. */
  void put(String id, Step step) {
    Place place = step.from.place();
    StoredStep stored =
        new StoredStep(
            step.from.account(),
            place == null ? null : place.month().toString(),
            place == null ? null : HexFormat.of().formatHex(place.key()),
            step.applied);
    StoreBatch batch = control.batch();
    batch.put(TABLE, key(number(id), STEP), write(stored));
    control.write(batch);
  }

  /** The last batch of a run that is not done; null when there was none. */
  @Nullable Step step(long number) {
    byte[] json = control.get(TABLE, key(number, STEP));
    if (json == null) {
      return null;
    }
    StoredStep stored = read(json, StoredStep.class);
    String month = stored.month;
    String key = stored.key;
    Place place =
        month == null || key == null
            ? null
            : new Place(MonthId.parse(month), HexFormat.of().parseHex(key));
    return new Step(new Cursor(stored.account, place), stored.applied);
  }

  private static byte[] key(long number, byte part) {
    byte[] key = new byte[TABLE.keyBytes()];
    Bytes.putLong(key, 0, number);
    key[Long.BYTES] = part;
    return key;
  }

  private static byte[] write(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a run is always writable", e);
    }
  }

  private static <T> T read(byte[] json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException("a re-rating cannot be read", e);
    }
  }
}
