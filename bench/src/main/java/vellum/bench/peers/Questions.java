package vellum.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is asked of every peer, and the right answers.
 *
 * @param hours accounts and hours of the loads, as often as records are there
 * @param numbers end users' numbers with the most records of some thousands, up to {@link #LIMIT}
 * @param oldNumbers numbers that stand in records of the oldest month alone
 * @param oldRecords records of the oldest month
 * @param distinct records of each slice
 * @param totals of the current month, of the loads
 */
record Questions(
    List<Hour> hours,
    List<Subject> numbers,
    List<String> oldNumbers,
    long oldRecords,
    Map<Slice, Long> distinct,
    Peer.Totals totals) {

  /** Most records that one question asks for. */
  static final int LIMIT = 1_000;

  private static final String FILE = "questions.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * An account and an hour.
   *
   * @param records that there are, not more than {@link #LIMIT}
   */
  record Hour(String account, long fromMicros, int records) {

    static final long MICROS = 3_600_000_000L;

    long toMicros() {
      return fromMicros + MICROS;
    }
  }

  /** A number and how many records it takes part in, of history and loads. */
  record Subject(String number, int records) {}

  /** Distinct records of a slice. */
  long recordsOf(Slice slice) {
    return distinct.getOrDefault(slice, 0L);
  }

  void write(Path traffic) throws IOException {
    JSON.writeValue(traffic.resolve(FILE).toFile(), this);
  }

  static Questions read(Path traffic) throws IOException {
    return JSON.readValue(traffic.resolve(FILE).toFile(), Questions.class);
  }
}
