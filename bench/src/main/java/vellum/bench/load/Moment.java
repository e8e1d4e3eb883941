package vellum.bench.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run had reached at an instant.
 *
 * @param nanos since its start
 * @param acked messages acknowledged
 * @param applied messages applied
 * @param residentBytes of the server, anonymous
 * @param cpuNanos of the server
 * @param writtenBytes that the server wrote to the disk
 */
record Moment(
    long nanos, long acked, long applied, long residentBytes, long cpuNanos, long writtenBytes) {

  static final Moment START = new Moment(0, 0, 0, 0, 0, 0);

  double seconds() {
    return nanos / 1e9;
  }

  /** Messages acknowledged a second since an earlier moment. */
  double ackedSince(Moment earlier) {
    return (acked - earlier.acked) * 1e9 / (nanos - earlier.nanos);
  }

  /** Messages applied a second since an earlier moment. */
  double appliedSince(Moment earlier) {
    return (applied - earlier.applied) * 1e9 / (nanos - earlier.nanos);
  }

  /** CPU of the server since an earlier moment, in percent of one core. */
  double cpuPercentSince(Moment earlier) {
    return (cpuNanos - earlier.cpuNanos) * 100.0 / (nanos - earlier.nanos);
  }

  /** The first of moments in their order that is not before, or null. */
  static @Nullable Moment firstFrom(List<Moment> moments, long nanos) {
    return moments.stream().filter(moment -> moment.nanos >= nanos).findFirst().orElse(null);
  }

  /** The last of moments in their order that is not behind, or null. */
  static @Nullable Moment lastUntil(List<Moment> moments, long nanos) {
    return moments.stream()
        .filter(moment -> moment.nanos <= nanos)
        .reduce((one, other) -> other)
        .orElse(null);
  }
}
