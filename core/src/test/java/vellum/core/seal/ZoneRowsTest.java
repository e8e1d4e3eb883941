package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.registry.RegistryStore;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.UsageRecord;

/** The offsets that a row carries, to the byte, and to the instant at which they change. */
final class ZoneRowsTest {

  private static final String YAML =
      """
      format: 1
      accounts:
        - id: kolkata
          terms:
            - { from: 2026-01-01, billing_zone: Asia/Kolkata, currency: INR, law_country: IN }
        - id: moved
          terms:
            - { from: 2020-01-01, billing_zone: Europe/Berlin, currency: EUR, law_country: DE }
            - { from: 2026-11-10, billing_zone: Asia/Kolkata, currency: EUR, law_country: DE }
      suppliers:
        - id: john
          terms:
            - { from: 2026-01-01, zone: America/St_Johns, currency: CAD }
        - id: nepal
          terms:
            - { from: 2026-01-01, zone: Asia/Kathmandu, currency: NPR }
        - id: chat
          terms:
            - { from: 2026-01-01, zone: Pacific/Chatham, currency: NZD }
        - id: utc
          terms:
            - { from: 2026-01-01, zone: UTC, currency: USD }
      """;

  private static final String ROW =
      "01" // format
          + "c8e302" // 456 microseconds, Kolkata: zigzag(22) << 10
          + "01" // SMS
          + "07"
          + "6b6f6c6b617461" // kolkata
          + "0000"
          + "0401010a" // leg 1, version 1, 10 bytes
          + "191b" // St John's in winter: zigzag(-14)
          + "1a04"
          + "6a6f686e" // john
          + "5002" // units
          + "0402010b" // the field's tag is 25: number of the supplier, type 1
          + "192e" // Nepal: zigzag(23)
          + "1a05"
          + "6e6570616c" // nepal
          + "5002"
          + "0403010a"
          + "196e" // Chatham in summer: zigzag(55)
          + "1a04"
          + "63686174" // chat
          + "5002"
          + "04040107"
          + "1a03"
          + "757463" // utc: nothing
          + "5002"
          + "04050109"
          + "1a05"
          + "6f74686572" // other, which nobody registered
          + "5002"
          + "04060102" // no supplier
          + "5002";

  @TempDir Path directory;
  private Stores stores;
  private Store control;
  private SealFixture fixture;

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 1 << 20, 1);
    control =
        stores.openSynced(
            directory.resolve("control"), RegistryStore.TABLES, StoreOptions.control());
    RegistryStore registry = new RegistryStore(control);
    registry.importYaml(new ByteArrayInputStream(YAML.getBytes(StandardCharsets.UTF_8)));
    fixture = new SealFixture(directory, new RegistryFacts(registry::registry));
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  private static DetailRecord.Builder record(String account, Instant startedAt) {
    return DetailRecord.newBuilder()
        .setRecordId(RecordId.derived(startedAt.toEpochMilli(), account, "1").toString())
        .setStartedAt(TestRecords.timestamp(startedAt))
        .setAccount(account)
        .setChannel(Channel.SMS);
  }

  private static Leg leg(int number, String supplier) {
    return Leg.newBuilder()
        .setVersion(1)
        .setNumber(number)
        .setSupplier(supplier)
        .setUnits(2)
        .build();
  }

  @Test
  void shouldCarryOffsetsAsDrawn() {
    DetailRecord record =
        record("kolkata", TestRecords.STARTED)
            .addAllLegs(
                List.of(
                    leg(1, "john"),
                    leg(2, "nepal"),
                    leg(3, "chat"),
                    leg(4, "utc"),
                    leg(5, "other"),
                    leg(6, "")))
            .build();

    SealedRecord sealed = SealFixture.records(fixture.seal(record)).get(0);

    assertThat(HexFormat.of().formatHex(sealed.row())).isEqualTo(ROW);
    assertThat(new RecordOpener().open(sealed, Identities.ABSENT, null)).isEqualTo(record);
    assertThat(sealed.startedAtMicros()).isEqualTo(micros(TestRecords.STARTED));
    RowReader row = sealed.reader();
    assertThat(row.zoneQuarters()).isEqualTo(22);
    for (int expected : new int[] {-14, 23, 55, 0, 0, 0}) {
      assertThat(row.next()).isTrue();
      assertThat(row.legZoneQuarters()).isEqualTo(expected);
      assertThat(row.contentOffset() - row.fieldsOffset()).isEqualTo(expected == 0 ? 0 : 2);
    }
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  /** Summer time ends on 25 October at 01:00 UTC; the move applies from midnight in Kolkata. */
  @Test
  void shouldMoveACustomerToTheInstant() {
    assertThat(quarters("moved", "2026-10-25T00:59:59.999999Z")).isEqualTo(8);
    assertThat(quarters("moved", "2026-10-25T01:00:00Z")).isEqualTo(4);
    assertThat(quarters("moved", "2026-11-09T18:29:59.999999Z")).isEqualTo(4);
    assertThat(quarters("moved", "2026-11-09T18:30:00Z")).isEqualTo(22);
    assertThat(quarters("kolkata", "2025-12-31T18:29:59Z")).as("before its first terms").isZero();
    assertThat(quarters("nobody", "2026-11-10T00:00:00Z")).isZero();
  }

  private int quarters(String account, String at) {
    DetailRecord record = record(account, Instant.parse(at)).addLegs(leg(1, "utc")).build();
    return SealFixture.records(fixture.seal(record)).get(0).reader().zoneQuarters();
  }

  @Test
  void shouldLeaveUsageAndContentWithoutOffsets() {
    DetailRecord.Builder record = TestRecords.sms(1, TestRecords.STARTED, TestRecords.NUMBER);
    record.setRecordId(record("kolkata", TestRecords.STARTED).getRecordId()).setAccount("kolkata");
    record.getSubmissionBuilder().setContentReference("s3://bucket/1").setContentPolicy("P30D");
    UsageRecord event =
        UsageRecord.newBuilder()
            .setEventId(record.getRecordId())
            .setAt(record.getStartedAt())
            .setAccount("kolkata")
            .setAction("login")
            .build();

    List<SealedRecord> entries = SealFixture.entries(fixture.seal(record.build()));
    List<SealedRecord> usage = SealFixture.entries(fixture.sealUsage(List.of(event)));

    assertThat(entries).extracting(entry -> entry.reader().zoneQuarters()).containsExactly(22, 0);
    assertThat(entries.get(1).month().kind()).isEqualTo(MonthId.Kind.CONTENT);
    assertThat(usage).extracting(entry -> entry.reader().zoneQuarters()).containsExactly(0);
  }
}
