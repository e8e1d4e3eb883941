package vellum.ingest.api;

import vellum.core.crypto.KekSecret;

/** Port: a server that waits for the secret of its key-encryption key. Thread-safe. */
public interface UnsealPort {

  /**
   * Tries a secret: opens with it the key-encryption key and all that it wraps.
   *
   * @param secret copied; the caller closes it
   * @param first whether a key is to be made that this secret opens, there being none yet
   */
  Answer unseal(KekSecret secret, boolean first);

  /** What became of it. */
  sealed interface Answer permits Opened, Refused {}

  /**
   * The keys are open.
   *
   * @param key id of the key-encryption key
   * @param goOn lets the server open its data and end what answers now; called once the caller has
   *     been answered
   */
  record Opened(String key, Runnable goOn) implements Answer {}

  /**
   * The server stays sealed.
   *
   * @param detail for people; without a part of the secret
   */
  record Refused(Why why, String detail) implements Answer {}

  /** Why a server stays sealed. Names are codes of the interface. */
  enum Why {
    /** The secret does not open the key. */
    WRONG_SECRET,
    /** The secret is too short for a new key. */
    BAD_SECRET,
    /** There is no key yet, and none was asked for. */
    NO_KEY_YET,
    /** One was asked for, and there is one. */
    KEY_EXISTS,
    /** Another secret is being tried. */
    UNSEALING,
    /** It is not sealed any more. */
    NOT_SEALED,
    /** The secret is right, and something that the key wraps is lost or damaged. */
    KEYS_DAMAGED,
    /** The disk or the token refused; to be tried again. */
    KEYS_UNAVAILABLE
  }
}
