package vellum.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.v1.Direction;

/**
 * Makes the traffic of a run and the questions about it, whose answers it counts on the way. For
 * one thread.
 */
final class TrafficMaker {

  /** Questions of a kind. */
  private static final int ASKED = 200;

  private static final int CANDIDATES = 20 * ASKED;

  private final Path traffic;
  private final long records;
  private final long seed;
  private final Random random;
  private final Map<Slice, Long> distinct = new EnumMap<>(Slice.class);
  private final Map<Hours, Integer> hours = new HashMap<>();
  private final Sample<Hours> sampledHours;
  private final Sample<String> sampledNumbers;
  private final Sample<String> sampledOld;
  private final Set<List<String>> cells = new HashSet<>();
  private long oldRecords;
  private long current;
  private long units;
  private long saleNanos;

  private record Hours(String account, long hour) {}

  /**
   * @param records of the three loads together
   */
  TrafficMaker(Path traffic, long records, long seed) {
    this.traffic = traffic;
    this.records = records;
    this.seed = seed;
    this.random = new Random(seed);
    this.sampledHours = new Sample<>(ASKED, random);
    this.sampledNumbers = new Sample<>(CANDIDATES, random);
    this.sampledOld = new Sample<>(CANDIDATES, random);
  }

  /**
   * Writes files and questions.
   *
   * @param questions how long questions are asked under load
   * @param rate of that load, records a second
   */
  void make(Duration questions, int rate) throws IOException {
    Files.createDirectories(traffic);
    for (Slice slice : Slice.values()) {
      long count = slice.records(records, questions, rate);
      RecordFile.write(
          slice.file(traffic),
          slice.options(seed, count, records),
          record -> {
            distinct.merge(slice, 1L, Long::sum);
            see(slice, record);
          });
    }
    questions().write(traffic);
  }

  private void see(Slice slice, PeerRecord record) {
    boolean isOld = record.number(PeerColumn.STARTED_AT) < Slice.OLDEST_ENDS;
    if (slice == Slice.HISTORY || slice.isLoad()) {
      number(record, isOld ? sampledOld : null);
    }
    if (isOld) {
      oldRecords++;
    }
    if (slice.isLoad()) {
      load(record);
    }
  }

  private void number(PeerRecord record, @Nullable Sample<String> old) {
    String number = endUser(record);
    if (number.startsWith("+")) {
      sampledNumbers.offer(number);
      if (old != null) {
        old.offer(number);
      }
    }
  }

  /** The party that is no customer. */
  private static String endUser(PeerRecord record) {
    boolean out = record.number(PeerColumn.DIRECTION) == Direction.MT_VALUE;
    return record.text(out ? PeerColumn.RECIPIENT : PeerColumn.SENDER);
  }

  private void load(PeerRecord record) {
    String account = record.text(PeerColumn.ACCOUNT);
    Hours hour = new Hours(account, record.number(PeerColumn.STARTED_AT) / Questions.Hour.MICROS);
    hours.merge(hour, 1, Integer::sum);
    sampledHours.offer(hour);
    current++;
    units += record.number(PeerColumn.UNITS);
    saleNanos += record.number(PeerColumn.SALE_NANOS);
    cells.add(
        List.of(
            account,
            Long.toString(record.number(PeerColumn.CHANNEL)),
            record.text(PeerColumn.CURRENCY)));
  }

  private Questions questions() throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    Set<String> elsewhere = new HashSet<>();
    Set<String> old = new HashSet<>(sampledOld.taken());
    sampledNumbers.taken().forEach(number -> counts.put(number, 0));
    for (Slice slice : Slice.values()) {
      count(slice, counts, old, elsewhere);
    }
    old.removeAll(elsewhere);
    return new Questions(
        sampledHours.taken().stream()
            .map(
                hour ->
                    new Questions.Hour(
                        hour.account,
                        hour.hour * Questions.Hour.MICROS,
                        Math.min(Questions.LIMIT, hours.getOrDefault(hour, 0))))
            .toList(),
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() <= Questions.LIMIT)
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .limit(ASKED)
            .map(entry -> new Questions.Subject(entry.getKey(), entry.getValue()))
            .toList(),
        old.stream().sorted().limit(ASKED).toList(),
        oldRecords,
        distinct,
        new Peer.Totals(cells.size(), current, units, saleNanos));
  }

  /** Counts a slice's records of the candidates: a record that comes twice counts once. */
  private void count(
      Slice slice, Map<String, Integer> counts, Set<String> old, Set<String> elsewhere)
      throws IOException {
    Map<String, Set<String>> ids = new HashMap<>();
    boolean isCounted = slice == Slice.HISTORY || slice.isLoad();
    try (RecordFeed feed = new RecordFeed(slice.file(traffic), 0)) {
      List<PeerRecord> some = feed.next(1_000);
      while (!some.isEmpty()) {
        for (PeerRecord record : some) {
          for (String number : record.subjects()) {
            if (isCounted && counts.containsKey(number)) {
              ids.computeIfAbsent(number, any -> new HashSet<>()).add(record.id());
            }
            if (old.contains(number) && record.number(PeerColumn.STARTED_AT) >= Slice.OLDEST_ENDS) {
              elsewhere.add(number);
            }
          }
        }
        some = feed.next(1_000);
      }
    }
    ids.forEach((number, found) -> counts.merge(number, found.size(), Integer::sum));
  }

  /** So many of what is offered, each with the same chance (reservoir sampling). */
  private static final class Sample<T> {
    private final int size;
    private final Random random;
    private final List<T> taken = new ArrayList<>();
    private long offered;

    Sample(int size, Random random) {
      this.size = size;
      this.random = random;
    }

    void offer(T thing) {
      offered++;
      if (taken.size() < size) {
        taken.add(thing);
      } else {
        long place = (long) (random.nextDouble() * offered);
        if (place < size) {
          taken.set((int) place, thing);
        }
      }
    }

    List<T> taken() {
      return taken;
    }
  }
}
