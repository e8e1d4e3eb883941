package vellum.core.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.UsageRecord;

/** A sealer over real keys in a directory, at a fixed time. */
public final class SealFixture {

  public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  /** What the clock shows: of the machine, and of what decides on erasing. */
  public volatile Instant now = NOW;

  /** How far periods are; none has begun to go, unless a test says so. */
  public volatile PeriodLife life = new OpenLife();

  /** Offset of every account's billing zone, and of every supplier's zone, as terms are now. */
  public volatile int zoneQuarters;

  public volatile int supplierZoneQuarters;

  public final MonthCalendar calendar = new DefaultCalendar();
  public final KeyRing keys;
  public final BatchSealer sealer;

  /** The rules of batches that {@link #judged} makes. */
  public volatile SuspenseRules rules = SuspenseRules.DEFAULTS;

  private final AccountFacts facts;

  public SealFixture(Path directory) {
    this(directory, Set.of());
  }

  /**
   * A fixture whose accounts all have the same business senders.
   *
   * @param businessSenders canonical texts
   */
  public SealFixture(Path directory, Set<String> businessSenders) {
    this(directory, businessSenders, null);
  }

  /** A fixture that asks these facts. */
  public SealFixture(Path directory, AccountFacts facts) {
    this(directory, Set.of(), facts);
  }

  private SealFixture(Path directory, Set<String> businessSenders, @Nullable AccountFacts asked) {
    create(directory);
    SecureRandom random = new SecureRandom();
    RealDisk disk = new RealDisk();
    keys =
        KeyRing.open(
            directory.resolve("keys"),
            List.of(FileKeyEncryption.open(directory.resolve("kek"), disk, random)),
            disk,
            random,
            InstantSource.fixed(NOW));
    this.facts = asked == null ? new Facts(businessSenders) : asked;
    sealer = newSealer(this.facts);
  }

  /** Another sealer over the same keys. */
  public BatchSealer newSealer() {
    return newSealer(new Facts(Set.of()));
  }

  private BatchSealer newSealer(AccountFacts facts) {
    PeriodGate gate = new KeyedGate(keys, new CurrentLife(), calendar, () -> now);
    return new BatchSealer(calendar, keys, gate, facts, () -> now);
  }

  /** A sealer that puts into suspense what the rules say. */
  public BatchSealer judging() {
    PeriodGate gate = new KeyedGate(keys, new CurrentLife(), calendar, () -> now);
    return new BatchSealer(calendar, keys, gate, facts, rules, () -> now);
  }

  /** Seals messages as one batch, by the rules. */
  public SealedBatch judged(DetailRecord... messages) {
    BatchSealer judging = judging();
    judging.begin(account -> true);
    for (DetailRecord message : messages) {
      byte[] bytes = message.toByteArray();
      judging.add(bytes, 0, bytes.length);
    }
    return judging.finish();
  }

  private static void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seals messages as one batch. */
  public SealedBatch seal(DetailRecord... messages) {
    return seal(List.of(messages));
  }

  public SealedBatch seal(List<DetailRecord> messages) {
    sealer.begin(account -> true);
    for (DetailRecord message : messages) {
      byte[] bytes = message.toByteArray();
      sealer.add(bytes, 0, bytes.length);
    }
    return sealer.finish();
  }

  /** Seals events of the usage log as one batch. */
  public SealedBatch sealUsage(List<UsageRecord> events) {
    sealer.begin(account -> true);
    for (UsageRecord event : events) {
      byte[] bytes = event.toByteArray();
      sealer.addUsage(bytes, 0, bytes.length);
    }
    return sealer.finish();
  }

  /** The records of a batch as a store would hold them, without their content. */
  public static List<SealedRecord> records(SealedBatch batch) {
    return entries(batch).stream()
        .filter(record -> record.month().kind() != MonthId.Kind.CONTENT)
        .toList();
  }

  /** All entries of a batch. */
  public static List<SealedRecord> entries(SealedBatch batch) {
    EntryReader entries = new EntryReader().over(batch.body(), 0, batch.length());
    List<SealedRecord> records = new ArrayList<>();
    while (entries.next()) {
      byte[] key = new byte[24];
      System.arraycopy(entries.bytes(), entries.keyOffset(), key, 0, key.length);
      byte[] row = new byte[entries.rowLength()];
      System.arraycopy(entries.bytes(), entries.rowOffset(), row, 0, row.length);
      records.add(new SealedRecord(entries.month(), key, row));
    }
    return records;
  }

  public DetailRecord open(SealedRecord record, Identities identities) {
    return new RecordOpener()
        .open(record, identities, keys.existing(record.month()).orElseThrow().newCipher());
  }

  /** Opens a record with the content that its batch holds. */
  public DetailRecord openWhole(SealedBatch batch, SealedRecord record) {
    return new RecordOpener()
        .open(
            record,
            Identities.CLEAR,
            keys.existing(record.month()).orElseThrow().newCipher(),
            (day, key) ->
                entries(batch).stream()
                    .filter(entry -> entry.month().equals(day) && Arrays.equals(entry.key(), key))
                    .filter(entry -> keys.existing(day).isPresent())
                    .map(
                        entry ->
                            new ContentSource.Content(
                                entry, keys.existing(day).orElseThrow().newCipher()))
                    .findFirst()
                    .orElse(null));
  }

  private record OpenLife() implements PeriodLife {
    @Override
    public boolean isSealing(MonthId month) {
      return true;
    }

    @Override
    public boolean isGone(MonthId month) {
      return false;
    }

    @Override
    public long revision() {
      return 0;
    }
  }

  /** What {@link #life} says now. */
  private final class CurrentLife implements PeriodLife {
    @Override
    public boolean isSealing(MonthId month) {
      return life.isSealing(month);
    }

    @Override
    public boolean isCopyingHolds(MonthId month) {
      return life.isCopyingHolds(month);
    }

    @Override
    public boolean isGone(MonthId month) {
      return life.isGone(month);
    }

    @Override
    public long revision() {
      return life.revision();
    }
  }

  private final class Facts implements AccountFacts {
    private final Set<String> businessSenders;

    Facts(Set<String> businessSenders) {
      this.businessSenders = businessSenders;
    }

    @Override
    public int zoneQuarters(String account, long atMicros) {
      return zoneQuarters;
    }

    @Override
    public int supplierZoneQuarters(String supplier, long atMicros) {
      return supplierZoneQuarters;
    }

    @Override
    public boolean isRegistered(String account) {
      return !account.equals("unknown");
    }

    @Override
    public boolean hasAccounts() {
      return true;
    }

    @Override
    public boolean isSupplier(String supplier) {
      return !supplier.equals("nobody");
    }

    @Override
    public String currency(String account, long atMicros) {
      return "EUR";
    }

    @Override
    public boolean isBusinessSender(String account, CanonicalIdentity identity, long atMicros) {
      return businessSenders.contains(identity.text());
    }

    @Override
    public boolean freeTextIsClear(String account, long atMicros) {
      return account.equals("no-personal-data");
    }

    /** Accounts named keeps-30 keep content for 30 days, of voice for twice as long. */
    @Override
    public int contentDays(String account, int channel, long atMicros) {
      int days = account.startsWith("keeps-") ? Integer.parseInt(account.substring(6)) : 0;
      return channel == Channel.VOICE_VALUE ? 2 * days : days;
    }

    @Override
    public String lawCountry(String account, long atMicros) {
      return "DE";
    }
  }
}
