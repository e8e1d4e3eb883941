package vellum.core.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
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
 *   last                  the latest trusted instant, how far it is behind the wall clock because
 *                         nobody measured stops, and the machine's uptime at that instant, if known:
 *                         INSTANT [ISO 8601 duration [boot nanoseconds]]
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

  /**
   * What was trusted last.
   *
   * @param behind how far the wall clock was ahead of it because nobody measured stops
   * @param uptime of the machine at that instant or later; empty when it tells none
   */
  record Last(Instant trusted, Duration behind, Optional<Uptime> uptime) {

    private static Last parse(String text) {
      String[] part = text.split(" ", -1);
      return new Last(
          Instant.parse(part[0]),
          part.length > 1 ? Duration.parse(part[1]) : Duration.ZERO,
          part.length > 3
              ? Optional.of(new Uptime(part[2], Long.parseLong(part[3])))
              : Optional.empty());
    }

    private String text() {
      return trusted
          + " "
          + behind
          + uptime.map(machine -> " " + machine.boot() + " " + machine.nanos()).orElse("");
    }
  }

  ClockMemory(Store control) {
    this.control = control;
  }

  Optional<Last> last() {
    return text(LAST).map(Last::parse);
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

  void writeLast(Last last) {
    StoreBatch batch = control.batch();
    batch.put(TABLE, LAST, bytes(last.text()));
    control.write(batch);
  }

  void writeStopped(Stopped stopped) {
    StoreBatch batch = control.batch();
    batch.put(TABLE, STOPPED, bytes(stopped.cause() + " " + stopped.trusted()));
    batch.put(TABLE, LAST, bytes(stopped.trusted()));
    control.write(batch);
  }

  /** Takes the confirmed instant as the last one, of the time of that uptime. */
  void writeConfirmed(Confirmation confirmation, Optional<Uptime> uptime, long newestMicros) {
    StoreBatch batch = control.batch();
    Last last = new Last(confirmation.at(), Duration.ZERO, uptime);
    batch.put(TABLE, LAST, bytes(last.text()));
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
