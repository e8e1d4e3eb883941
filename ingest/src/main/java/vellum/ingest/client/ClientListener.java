package vellum.ingest.client;

/** Port: told what an operator should know. Called on the client's event loop; must not block. */
public interface ClientListener {

  /**
   * The store was restored from a backup: records that were acknowledged after that backup are gone
   * from it and must be sent again from their source. What is unanswered is sent again by itself.
   *
   * @param stream number of the stream that noticed
   * @param lastAnswered its last sequence that was answered
   * @param lastDurable its last sequence that the store has now
   */
  void incarnationChanged(int stream, long lastAnswered, long lastDurable);

  /**
   * A connection broke or was refused; it will be made again.
   *
   * @param reason a code of the protocol, the kind of the network's error, or what TLS has against
   *     the server
   */
  void disconnected(int stream, String reason, long retryInMs);
}
