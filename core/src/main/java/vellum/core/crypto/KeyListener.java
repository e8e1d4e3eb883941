package vellum.core.crypto;

import vellum.core.record.MonthId;

/**
 * Hears what becomes of months' keys, on the thread that makes or destroys them and under the
 * ring's lock: must neither fail nor call back.
 */
public interface KeyListener {

  /** Who does not care. */
  KeyListener NONE =
      new KeyListener() {
        @Override
        public void made(MonthId month, String key) {}

        @Override
        public void ending(MonthId month, String key) {}

        @Override
        public void ended(MonthId month, String key) {}
      };

  /** A key was made, and is durable. */
  void made(MonthId month, String key);

  /** A key is about to be destroyed; said once, whatever the disk does then. */
  void ending(MonthId month, String key);

  /** A key is destroyed: its tombstone is durable, and its file gone. */
  void ended(MonthId month, String key);
}
