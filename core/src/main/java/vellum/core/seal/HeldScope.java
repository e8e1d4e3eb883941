package vellum.core.seal;

import vellum.core.record.IdentityClass;
import vellum.core.record.MonthId;

/** Port: what one hold is about, asked of records that come late. Thread-safe; cheap. */
public interface HeldScope {

  /** The period into which the hold's records are sealed. */
  MonthId vault();

  /**
   * Whether records of an account, a channel and a start may be meant.
   *
   * @param channel number of its {@link vellum.v1.Channel}
   * @param startedAtMicros microseconds since the epoch, UTC
   */
  boolean mayMatch(String account, int channel, long startedAtMicros);

  /** Whether who takes part decides; if not, {@link #mayMatch} has the last word. */
  boolean needsIdentity();

  /** Whether a record is meant in which an identity takes part, sealed or not. */
  boolean matches(IdentityClass identityClass, byte[] canonical, int offset, int length);

  /** Whether the record of an id is meant, whoever takes part. */
  boolean matchesId(long idHigh, long idLow);
}
