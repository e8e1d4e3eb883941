package vellum.ingest.server;

/** Why a connection is not read. */
enum HoldReason {
  /** Its hello is being answered. */
  OPENING,
  /** The journal is full, or the disk is low: a sealed batch waits to be taken. */
  JOURNAL,
  /** What is behind the journal lags. */
  THROTTLE,
  /** The client does not read its answers. */
  SLOW_READER,
  /** The server ends. */
  SHUTDOWN
}
