package vellum.bench.find;

import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import vellum.bench.engine.Engine;
import vellum.core.crypto.MonthCipher;
import vellum.core.journal.JournalConfig;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.record.AccountId;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.SealedBatch;
import vellum.core.seal.SealedRecord;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;

/**
 * Months of generated traffic with some people's records among it, filled through journal and
 * applier, the newest first; and vaults that keep those people's. To be opened again and again. Not
 * thread-safe.
 */
final class SearchedStore {

  /** The most months that are filled: those whose identities a deadline of 12 months leaves. */
  static final int MONTHS = 13;

  static final MonthCalendar CALENDAR = new DefaultCalendar();

  private static final YearMonth LAST = YearMonth.of(2026, 11);
  private static final int BATCH = 500;
  private static final int BATCHES_A_FORCE = 16;

  private final Path directory;
  private final long recordsAMonth;
  private final People people;

  /** Of ids; with the seed of the traffic it would make the same ones. */
  private final SplittableRandom random = new SplittableRandom(0x7EA5);

  private long openings;
  private int filled;

  SearchedStore(Path directory, long recordsAMonth, People people) {
    this.directory = directory;
    this.recordsAMonth = recordsAMonth;
    this.people = people;
  }

  /** The first instant of the oldest month. */
  static Instant from() {
    return start(LAST.minusMonths(MONTHS - 1L));
  }

  /** The first instant behind the newest month; now, by the engine's clock. */
  static Instant to() {
    return start(LAST.plusMonths(1));
  }

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** What holds keep at a number of months. */
  static MonthId vault(int months) {
    return MonthId.hold(LAST, "bench0%02d".formatted(months));
  }

  People people() {
    return people;
  }

  /** Opens all of it; to be closed before it is opened again. */
  Engine open() {
    openings++;
    return new Engine(
        directory, Engine.keys(directory, to()), CALENDAR, to(), JournalConfig.Ack.DISK, openings);
  }

  /**
   * Fills months that are not yet filled, and a vault with what people have in all of them.
   *
   * @param months how many there are then
   * @param progress is told how many records more are applied
   */
  void fill(int months, LongConsumer progress) {
    try (Engine engine = open()) {
      while (filled < months) {
        fillMonth(engine, filled++, progress);
        engine.flush();
      }
      keep(engine, vault(months), people.held(months));
      engine.flush();
    }
  }

  private void fillMonth(Engine engine, int index, LongConsumer progress) {
    YearMonth month = LAST.minusMonths(index);
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(7 + index, recordsAMonth, start(month), start(month.plusMonths(1)))
                .withShares(0, 0, 0));
    List<Person> due = people.due(index);
    Batches batches = new Batches(engine, progress);
    @Nullable DetailRecord text = null;
    int given = 0;
    for (long made = 1; traffic.next(); made++) {
      DetailRecord record = traffic.record();
      batches.add(record);
      if (record.getChannel() == Channel.SMS && record.getDirection() == Direction.MT) {
        text = record;
      }
      while (text != null && given < due.size() && given < made * due.size() / recordsAMonth) {
        batches.add(to(due.get(given++), text, month));
      }
    }
    batches.end();
    if (given < due.size()) {
      throw new IllegalStateException("the traffic of " + month + " ended without a text message");
    }
  }

  /** A record like another, to somebody, and of the same instant. */
  private DetailRecord to(Person person, DetailRecord text, YearMonth month) {
    long millis =
        Instant.ofEpochSecond(text.getStartedAt().getSeconds(), text.getStartedAt().getNanos())
            .toEpochMilli();
    UUID id = RecordId.random(millis, random);
    person.add(new Person.Kept(new MonthId(month, MonthId.DEFAULT_CLASS), text.getAccount(), id));
    DetailRecord.Builder record = text.toBuilder().setRecordId(id.toString());
    record
        .getSubmissionBuilder()
        .setRecipient(
            Party.newBuilder()
                .addIdentifiers(
                    Identifier.newBuilder()
                        .setKind(IdentifierKind.E164)
                        .setValue(person.number())));
    return record.build();
  }

  /** Copies what people have in all months that are filled into a new vault. */
  private static void keep(Engine engine, MonthId vault, List<Person> held) {
    engine.makeVault(vault);
    Batches batches = new Batches(engine, none -> {});
    for (MonthId month : engine.months().months()) {
      MonthCipher cipher = engine.keys().key(month).newCipher();
      try (RecordStore.Hold hold = engine.months().hold(month)) {
        LiveMonth live = (LiveMonth) hold.month();
        for (Person person : held) {
          for (Person.Kept one : person.kept()) {
            if (one.month().equals(month)) {
              SealedRecord record =
                  live.record(AccountId.of(one.account()), one.id()).orElseThrow();
              batches.add(sealer -> sealer.addHeld(vault, record, cipher));
            }
          }
        }
      }
    }
    batches.end();
  }

  /** Gathers batches, and has them applied. */
  private static final class Batches {
    private final Engine engine;
    private final LongConsumer progress;
    private int inBatch;
    private int batches;

    Batches(Engine engine, LongConsumer progress) {
      this.engine = engine;
      this.progress = progress;
      engine.sealer().begin(account -> true);
    }

    void add(DetailRecord record) {
      byte[] message = record.toByteArray();
      add(sealer -> sealer.add(message, 0, message.length));
    }

    void add(java.util.function.Consumer<BatchSealer> message) {
      message.accept(engine.sealer());
      inBatch++;
      if (inBatch == BATCH) {
        append();
        engine.sealer().begin(account -> true);
        if (++batches % BATCHES_A_FORCE == 0) {
          apply();
        }
      }
    }

    void end() {
      append();
      apply();
    }

    private void append() {
      SealedBatch batch = engine.sealer().finish();
      if (!batch.rejected().isEmpty()) {
        throw new IllegalStateException(batch.rejected().size() + " records were not taken");
      }
      if (inBatch > 0) {
        engine.append(batch);
        progress.accept(inBatch);
      }
      inBatch = 0;
    }

    private void apply() {
      engine.force();
      engine.apply();
    }
  }
}
