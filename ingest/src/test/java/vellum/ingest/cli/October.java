package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vellum.core.record.RecordId;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;

/** Messages of October, a day apart, and the import of them. */
final class October {

  private static final Instant FIRST = Instant.parse("2026-10-05T10:00:00Z");
  private static final long DAY = 86_400;

  private October() {}

  /** A message with its price, and a leg of the supplier tele-x for half of it. */
  static DetailRecord message(String account, int number, long version, long nanos) {
    return message(account, number, FIRST.plusSeconds(DAY * number), version, nanos);
  }

  static DetailRecord message(String account, int number, Instant at, long version, long nanos) {
    return header(account, number, at)
        .setRating(
            Rating.newBuilder()
                .setVersion(version)
                .setUnits(1)
                .setSalePriceNanos(nanos)
                .setCurrency("EUR"))
        .addLegs(
            Leg.newBuilder()
                .setVersion(version)
                .setNumber(1)
                .setSupplier("tele-x")
                .setRoute("premium")
                .setCostNanos(nanos / 2)
                .setCurrency("EUR"))
        .build();
  }

  /** That a message has arrived. */
  static DetailRecord delivered(String account, int number) {
    return header(account, number, FIRST.plusSeconds(DAY * number))
        .setDelivery(Delivery.newBuilder().setVersion(1).setStatusGroup(StatusGroup.DELIVERED))
        .build();
  }

  private static DetailRecord.Builder header(String account, int number, Instant at) {
    return DetailRecord.newBuilder()
        .setRecordId(RecordId.derived(at.toEpochMilli(), account, "" + number).toString())
        .setStartedAt(Timestamps.fromMillis(at.toEpochMilli()))
        .setAccount(account)
        .setChannel(Channel.SMS);
  }

  /** Imports messages into the server that a terminal is at. */
  static void send(Terminal terminal, Path directory, DetailRecord... records) throws IOException {
    Path file = Files.createTempFile(directory, "records-", ".ndjson");
    List<String> lines = new ArrayList<>();
    for (DetailRecord record : records) {
      try {
        lines.add(JsonFormat.printer().omittingInsignificantWhitespace().print(record));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    Files.write(file, lines);
    assertThat(terminal.run("import", file)).as(terminal.err()).isZero();
  }
}
