package vellum.ingest.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import vellum.v1.DetailRecord;

/**
 * What a made-up month has beside its records: events of the usage log, and content of the messages
 * that two accounts let keep. Stateless.
 */
final class MonthsExtras {

  /** Accounts whose users act. */
  private static final List<String> ACTING =
      List.of("acct-00001", "acct-00002", "acct-00003", "acct-00004", "acct-00005");

  private static final Map<String, Integer> CONTENT_DAYS =
      Map.of("acct-00001", 90, "acct-00002", 30);
  private static final long RECORDS_AN_EVENT = 20;
  private static final int USERS = 8;
  private static final int CONTENT_DAY = 1;

  private MonthsExtras() {}

  /** The accounts and carriers of the traffic; two let their content be kept. UTF-8 YAML. */
  static byte[] registry(GeneratorOptions traffic) {
    return MadeUpRegistry.yaml(traffic, CONTENT_DAYS);
  }

  /** An event for so many records of a month's traffic. */
  static UsageGenerator usage(GeneratorOptions traffic) {
    return new UsageGenerator(
        new UsageGenerator.Options(
            traffic.seed(),
            traffic.records() / RECORDS_AN_EVENT,
            traffic.from(),
            traffic.until(),
            ACTING,
            USERS));
  }

  /**
   * The record with a reference to its content, when it has some: messages of the first day of a
   * month, so that a directory has a few days of content and not hundreds.
   */
  static DetailRecord withContent(DetailRecord record) {
    boolean keeps =
        record.hasSubmission()
            && CONTENT_DAYS.containsKey(record.getAccount())
            && Instant.ofEpochSecond(record.getStartedAt().getSeconds())
                    .atOffset(ZoneOffset.UTC)
                    .getDayOfMonth()
                == CONTENT_DAY;
    if (!keeps) {
      return record;
    }
    DetailRecord.Builder with = record.toBuilder();
    with.getSubmissionBuilder()
        .setContentReference("s3://content/" + record.getRecordId().substring(0, 13));
    return with.build();
  }
}
