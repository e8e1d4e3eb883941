package vellum.core.seal;

import vellum.core.record.CanonicalIdentity;

/**
 * What sealing must know of an account, and of a supplier, at the time of a communication.
 * Thread-safe.
 */
public interface AccountFacts {

  /** Facts where no account is registered: everything is treated as the stricter case. */
  AccountFacts NONE =
      new AccountFacts() {
        @Override
        public boolean isRegistered(String account) {
          return false;
        }

        @Override
        public boolean isBusinessSender(String account, CanonicalIdentity identity, long atMicros) {
          return false;
        }

        @Override
        public boolean freeTextIsClear(String account, long atMicros) {
          return false;
        }

        @Override
        public String lawCountry(String account, long atMicros) {
          return "";
        }
      };

  /**
   * Whether the registry knows the account. A record of one it does not know is kept all the same.
   */
  boolean isRegistered(String account);

  /**
   * Whether the account's dated inventory of business senders names the identity.
   *
   * @param atMicros when the communication started, microseconds since the epoch, UTC
   */
  boolean isBusinessSender(String account, CanonicalIdentity identity, long atMicros);

  /** Whether the account declares its free text to be free of personal data at that time. */
  boolean freeTextIsClear(String account, long atMicros);

  /**
   * Days after the communication for which the account instructs to keep content; 0 for not at all.
   *
   * @param channel number of the {@link vellum.v1.Channel}
   */
  default int contentDays(String account, int channel, long atMicros) {
    return 0;
  }

  /**
   * Offset of the account's billing zone from UTC in quarters of an hour, east positive; 0 when
   * nothing is known. An offset that is no whole number of quarters is rounded down.
   */
  default int zoneQuarters(String account, long atMicros) {
    return 0;
  }

  /** Offset of a supplier's zone from UTC, likewise. */
  default int supplierZoneQuarters(String supplier, long atMicros) {
    return 0;
  }

  /** ISO 3166-1 alpha-2 code of the account's country of law, or empty when it is not known. */
  String lawCountry(String account, long atMicros);
}
