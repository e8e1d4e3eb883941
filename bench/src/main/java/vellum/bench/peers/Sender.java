package vellum.bench.peers;

import java.util.List;

/** One producer with a connection of its own. For one thread; each record is acked once. */
interface Sender extends AutoCloseable {

  /**
   * Sends records. May return before they are acked, but blocks rather than keep more than some
   * thousands of them unanswered.
   */
  void send(List<PeerRecord> records) throws Exception;

  /** Waits until all that was sent is acked or refused. */
  void flush() throws Exception;

  /** Closes the connection; what is unanswered may be lost. Also after a failure. */
  @Override
  void close();
}
