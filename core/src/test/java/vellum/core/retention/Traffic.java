package vellum.core.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import vellum.core.record.RecordId;
import vellum.core.seal.TestRecords;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.Submission;

/**
 * Records of November 2026 made from a seed, several in one second, with canaries: a number, and
 * clear fields that a strip drops. And what they come to.
 */
final class Traffic {

  static final String BULK = "canary-bulk-";
  static final String SUPPLIER_ID = "canary-smsc-";

  final List<DetailRecord> records = new ArrayList<>();
  private final Random random;

  Traffic(long seed, int count) {
    random = new Random(seed);
    for (int i = 0; i < count; i++) {
      records.add(record(i));
    }
  }

  /** 15 digits, E.164's most: even packed, they stand nowhere by chance. */
  static String number(int i) {
    return "+49151" + (7_351_864_209L + i * 37L);
  }

  static Instant start(int i) {
    return Instant.parse("2026-11-15T08:30:00.123456Z").plusMillis(i * 137L);
  }

  static DetailRecord.Builder header(int i) {
    String account = "acct-" + i % 3;
    return DetailRecord.newBuilder()
        .setRecordId(
            RecordId.derived(start(i).toEpochMilli(), account, Integer.toString(i)).toString())
        .setStartedAt(TestRecords.timestamp(start(i)))
        .setAccount(account)
        .setChannel(Channel.SMS);
  }

  private DetailRecord record(int i) {
    return header(i)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setBulkId(BULK + i + ".")
                .setSender(TestRecords.party(IdentifierKind.ALPHANUMERIC, "ACME"))
                .setRecipient(TestRecords.party(IdentifierKind.E164, number(i)))
                .setMccMnc("26201"))
        .setRating(rating(1, random.nextInt(1_000_000)))
        .addLegs(leg(i, 1, random.nextInt(500_000)))
        .build();
  }

  private static Rating rating(long version, long nanos) {
    return Rating.newBuilder()
        .setVersion(version)
        .setUnits(1)
        .setSalePriceNanos(nanos)
        .setCurrency("EUR")
        .build();
  }

  private static Leg leg(int i, long version, long nanos) {
    return Leg.newBuilder()
        .setVersion(version)
        .setNumber(1)
        .setSupplier("carrier")
        .setSupplierMessageId(SUPPLIER_ID + i + ".")
        .setCostNanos(nanos)
        .setCurrency("USD")
        .build();
  }

  /** Later ratings of every so many records. */
  List<DetailRecord> ratings(int every, long version, long nanos) {
    List<DetailRecord> late = new ArrayList<>();
    for (int i = 0; i < records.size(); i += every) {
      late.add(header(i).setRating(rating(version, nanos + i)).build());
    }
    return late;
  }

  /** New records behind those that are there. */
  static List<DetailRecord> late(int from, int count) {
    Traffic traffic = new Traffic(from, 0);
    List<DetailRecord> late = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      late.add(traffic.record(i));
    }
    return late;
  }

  /** Lines of {@link Totals#byCurrency} that messages come to, the highest versions counting. */
  static List<String> expected(List<List<DetailRecord>> batches) {
    var ratings = new java.util.HashMap<String, Rating>();
    var legs = new java.util.HashMap<String, Leg>();
    var ids = new java.util.HashSet<String>();
    for (List<DetailRecord> batch : batches) {
      for (DetailRecord message : batch) {
        String id = message.getRecordId();
        ids.add(id);
        if (message.hasRating()) {
          ratings.merge(
              id, message.getRating(), (a, b) -> a.getVersion() >= b.getVersion() ? a : b);
        }
        message.getLegsList().forEach(leg -> legs.putIfAbsent(id, leg));
      }
    }
    long sale = ratings.values().stream().mapToLong(Rating::getSalePriceNanos).sum();
    long cost = legs.values().stream().mapToLong(Leg::getCostNanos).sum();
    return List.of(
        "- " + ids.size() + " 0 0 0 0 0",
        "EUR 0 " + ratings.size() + " " + sale + " 0 0 0",
        "USD 0 0 0 0 0 " + cost);
  }
}
