package vellum.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Consumer;

/**
 * What stores records, as the bench asks it. Each is one or several processes on loopback, bounded
 * to {@link PeerProcess#MEMORY_MIB} together, with all files under {@link PeerPlace#data}. Times
 * are microseconds since 1970, UTC; months are those of UTC. Times are taken by the caller; a peer
 * has limits of its own (time-outs of connections and requests, two minutes at most), the caller
 * ends what takes too long.
 *
 * <p>Calls come one after the other from one thread, but for {@link Sender}s, which send meanwhile.
 * A work that a peer cannot do throws {@link NotPossible}.
 */
interface Peer extends AutoCloseable {

  /** What it does not do of what Vellum does: sealing, exact duplicates, proof, look-ups. */
  List<String> lacks();

  /**
   * Starts its processes on what is in {@link PeerPlace#data}, which may be empty: then the data
   * directory and the tables are made. Returns when it accepts records and answers questions, and
   * no sooner.
   */
  void start() throws IOException, InterruptedException;

  /** Stops its processes cleanly, as at the end of a day; everything is in files then. */
  void stop() throws IOException, InterruptedException;

  /** Ends its processes as a power cut would (SIGKILL), all of them. {@link #start} comes next. */
  void kill() throws IOException, InterruptedException;

  /** Ends its processes, whatever state they are in. Its files are the caller's to delete. */
  @Override
  void close();

  /**
   * Directories of its data that hold only a log of what stands elsewhere too, or will: counted
   * apart.
   */
  default List<Path> logs() {
    return List.of();
  }

  /** How many records {@link Sender#send} gets at a time: what suits the peer. */
  default int batch() {
    return 1_000;
  }

  /**
   * W1: a producer. Several are opened at a time, then send at the same time.
   *
   * @param producer from 0
   */
  Sender sender(int producer, Acks acks) throws Exception;

  /** Waits until all that was acked is found by look-ups and counted in totals, if any. */
  void settle() throws Exception;

  /**
   * Between loads and questions, not measured: what the system would have done by itself some
   * minutes later.
   */
  default void rest() throws Exception {}

  /**
   * W2: records of an account in a time, in order of time, with all columns and the identities.
   *
   * @param limit most records to read
   * @return records read
   */
  default int list(String account, long fromMicros, long toMicros, int limit) throws Exception {
    throw new NotPossible("no look-up by account");
  }

  /**
   * W3: all records whose sender or recipient is the number, of all months, with all columns,
   * identities in clear.
   *
   * @param limit most records to read
   * @return records read, each once
   */
  default int find(String number, int limit) throws Exception {
    throw new NotPossible("no look-up by number");
  }

  /** W4: a month's totals by account, channel and currency, all read to the end. */
  default Totals totals(YearMonth month) throws Exception {
    throw new NotPossible("no totals");
  }

  /**
   * What the rows of totals come to.
   *
   * @param rows different (account, channel, currency)
   * @param records counted, each record once
   * @param saleNanos of all currencies, added up: a check, no money
   */
  record Totals(long rows, long records, long units, long saleNanos) {}

  /**
   * W5: makes identities of the month's records unreadable, keeps the records, and returns when
   * that is done and no file of the peer is left to be rewritten or removed for it.
   */
  default Stripped strip(YearMonth month) throws Exception {
    throw new NotPossible("identities cannot be taken out of a log");
  }

  /**
   * When a strip did what.
   *
   * @param goneNanos from the call until no look-up shows an identity
   * @param doneNanos from the call until its files are as they stay
   */
  record Stripped(long goneNanos, long doneNanos) {}

  /** W7: tells the ids of all records that started within the time, in any order, each once. */
  void ids(long fromMicros, long toMicros, Consumer<String> sink) throws Exception;
}
