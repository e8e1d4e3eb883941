package vellum.ingest.server;

/**
 * Stage of a connection's life.
 *
 * <pre>
 *   AWAIT_HELLO --Hello--> OPENING --lease--> STREAMING --Goodbye--> DRAINING --all answered--> CLOSED
 *        any of them --failure, end of the socket--> CLOSED
 * </pre>
 */
enum ConnectionState {
  /** Nothing but a Hello may come. */
  AWAIT_HELLO,
  /** The journal is asked for the stream; not read meanwhile. */
  OPENING,
  /** Batches and Reauth may come. */
  STREAMING,
  /** The client has said Goodbye; nothing may come. */
  DRAINING,
  /** The last frame is written; what comes is dropped. */
  CLOSED
}
