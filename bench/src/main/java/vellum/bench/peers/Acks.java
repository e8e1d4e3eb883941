package vellum.bench.peers;

/** Hears what became of what was sent. Called from any thread; must not block. */
interface Acks {

  /** The peer has answered for this record: it is as durable as the peer makes it. */
  void acked(PeerRecord record);

  /** The peer does not take the record. */
  void refused(PeerRecord record, String why);
}
