package vellum.core.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * What the clock guard remembers over a restart, in the control store. Used by one thread at a
 * time.
 *
 * <pre>
 *   last                  the latest trusted instant, as ISO 8601
 *   stopped               cause and last trusted instant, while the guard stands still
 *   records               appended-at of the newest record, in microseconds, that an operator has
 *                         overruled: a wrong clock stamped it
 *   confirmed INSTANT     who, reason and state in a line each; the newest hundred
 * </pre>
 */
final class ClockMemory {

  static final Table TABLE = new Table("clock", 0, Shape.SMALL);

  private static final byte[] LAST = "last".getBytes(UTF_8);
  private static final byte[] STOPPED = "stopped".getBytes(UTF_8);
  private static final byte[] RECORDS = "records".getBytes(UTF_8);
  private static final String CONFIRMED = "confirmed ";
  private static final byte[] AFTER_CONFIRMED = "confirmed!".getBytes(UTF_8);
  private static final int MAX_CONFIRMATIONS = 100;

  private final Store control;

  /** Why the guard stood still when the process ended. */
  record Stopped(ClockState.Cause cause, Instant trusted) {}

  ClockMemory(Store control) {
    this.control = control;
  }

  Optional<Instant> last() {
    return text(LAST).map(Instant::parse);
  }

  Optional<Stopped> stopped() {
    return text(STOPPED)
        .map(text -> text.split(" ", 2))
        .map(part -> new Stopped(ClockState.Cause.valueOf(part[0]), Instant.parse(part[1])));
  }

  /** Records appended up to this instant bear no witness; {@link Long#MIN_VALUE} when all do. */
  long overruledMicros() {
    return text(RECORDS).map(Long::parseLong).orElse(Long.MIN_VALUE);
  }

  void writeLast(Instant last) {
    StoreBatch batch = control.batch();
    batch.put(TABLE, LAST, bytes(last));
    control.write(batch);
  }

  void writeStopped(Stopped stopped) {
    StoreBatch batch = control.batch();
    batch.put(TABLE, STOPPED, bytes(stopped.cause() + " " + stopped.trusted()));
    batch.put(TABLE, LAST, bytes(stopped.trusted()));
    control.write(batch);
  }

  void writeConfirmed(Confirmation confirmation, long newestMicros) {
    StoreBatch batch = control.batch();
    batch.put(TABLE, LAST, bytes(confirmation.at()));
    batch.put(TABLE, RECORDS, bytes(newestMicros));
    batch.delete(TABLE, STOPPED);
    List<Confirmation> before = confirmations();
    for (int i = 0; i <= before.size() - MAX_CONFIRMATIONS; i++) {
      batch.delete(TABLE, bytes(CONFIRMED + before.get(i).at()));
    }
    batch.put(
        TABLE,
        bytes(CONFIRMED + confirmation.at()),
        bytes(confirmation.who() + "\n" + confirmation.reason() + "\n" + confirmation.state()));
    control.write(batch);
  }

  /** By the instants that were confirmed, the earliest first. */
  List<Confirmation> confirmations() {
    List<Confirmation> all = new ArrayList<>();
    try (Scan scan = control.scan(TABLE, bytes(CONFIRMED), AFTER_CONFIRMED)) {
      while (scan.next()) {
        String at = new String(scan.key(), UTF_8).substring(CONFIRMED.length());
        String[] lines = new String(scan.value(), UTF_8).split("\n", -1);
        all.add(new Confirmation(Instant.parse(at), lines[0], lines[1], lines[2]));
      }
    }
    return all;
  }

  private Optional<String> text(byte[] key) {
    return Optional.ofNullable(control.get(TABLE, key)).map(value -> new String(value, UTF_8));
  }

  private static byte[] bytes(Object value) {
    return value.toString().getBytes(UTF_8);
  }
}
