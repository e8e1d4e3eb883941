package vellum.core.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import vellum.core.casefile.CaseException;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * What was disclosed to whom, when, and how much, in the control store, for ten years: longer than
 * the cases. Thread-safe.
 *
 * <pre>
 *   key    0  u64  number, from 1
 *   value  JSON: format and what {@link Disclosure} has
 * </pre>
 */
public final class DisclosureJournal {

  public static final Table TABLE = new Table("disclosures", Long.BYTES, Shape.SMALL);

  /** Years for which entries are kept, behind the one that they are of. */
  static final int YEARS = 10;

  static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store control;
  private long last;

  /**
   * @param control whose writes are durable when they return; not closed by this
   */
  public DisclosureJournal(Store control) {
    this.control = control;
    all().forEach(one -> last = Math.max(last, one.number()));
  }

  /** Writes an entry about an order that is handed over; durable when this returns. */
  synchronized Disclosure add(Order order, OrderSteps.Step delivered) {
    OrderRun run = Objects.requireNonNull(order.run(), "an order that is ready has run");
    OrderSteps.Step approved = order.steps().approved();
    Disclosure entry =
        new Disclosure(
            last + 1,
            order.id().text(),
            order.terms().authority(),
            order.terms().country(),
            order.terms().type(),
            delivered.at(),
            order.terms().emergency(),
            !order.deliveries().isEmpty(),
            run.records(),
            run.missing().size(),
            run.digest(),
            run.begun().by(),
            approved == null ? "" : approved.by(),
            delivered.by());
    StoreBatch batch = control.batch();
    batch.put(TABLE, Bytes.ofLong(entry.number()), write(entry));
    control.write(batch);
    last = entry.number();
    return entry;
  }

  /** All entries, the first one first. */
  public List<Disclosure> all() {
    List<Disclosure> all = new ArrayList<>();
    try (Scan scan = control.scan(TABLE, Bytes.ofLong(0), Bytes.ofLong(-1))) {
      while (scan.next()) {
        all.add(read(Bytes.getLong(scan.key(), 0), scan.value()));
      }
    }
    return all;
  }

  /** Entries of a calendar year, UTC. */
  public List<Disclosure> ofYear(int year) {
    return all().stream().filter(one -> year(one) == year).toList();
  }

  /**
   * Statistics of some entries, by what a function says of each; repeated handing over counts once.
   */
  public static List<DisclosureCount> count(
      List<Disclosure> entries, Function<Disclosure, String> by) {
    Map<String, DisclosureCount> counts = new TreeMap<>();
    for (Disclosure one : entries) {
      if (!one.again()) {
        counts.merge(
            by.apply(one),
            new DisclosureCount(
                by.apply(one), 1, one.records(), one.erased() > 0 ? 1 : 0, one.emergency() ? 1 : 0),
            DisclosureJournal::plus);
      }
    }
    return List.copyOf(counts.values());
  }

  private static DisclosureCount plus(DisclosureCount one, DisclosureCount other) {
    return new DisclosureCount(
        one.key(),
        one.disclosures() + other.disclosures(),
        one.records() + other.records(),
        one.withErased() + other.withErased(),
        one.emergencies() + other.emergencies());
  }

  /** Removes entries whose time is over. */
  synchronized void expire(Instant now) {
    int oldest = now.atOffset(ZoneOffset.UTC).getYear() - YEARS;
    Predicate<Disclosure> isOver = one -> year(one) < oldest && one.number() < last;
    List<Disclosure> over = all().stream().filter(isOver).toList();
    if (!over.isEmpty()) {
      StoreBatch batch = control.batch();
      over.forEach(one -> batch.delete(TABLE, Bytes.ofLong(one.number())));
      control.write(batch);
    }
  }

  private static int year(Disclosure one) {
    return one.at().atOffset(ZoneOffset.UTC).getYear();
  }

  private static byte[] write(Disclosure one) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("format", FORMAT)
            .put("order", one.order())
            .put("authority", one.authority())
            .put("country", one.country())
            .put("type", one.type())
            .put("at", one.at().toString())
            .put("emergency", one.emergency())
            .put("again", one.again())
            .put("records", one.records())
            .put("erased", one.erased())
            .put("digest", one.digest())
            .put("operator", one.operator())
            .put("approver", one.approver())
            .put("delivered_by", one.deliveredBy());
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  private static Disclosure read(long number, byte[] value) {
    try {
      JsonNode json = JSON.readTree(value);
      int format = json.path("format").asInt();
      if (format > FORMAT) {
        throw new CaseException.TooNew("the journal of disclosures", format, FORMAT);
      }
      if (format < 1) {
        throw new CaseException.TooOld("the journal of disclosures", format);
      }
      return new Disclosure(
          number,
          json.path("order").asText(),
          json.path("authority").asText(),
          json.path("country").asText(),
          json.path("type").asText(),
          Instant.parse(json.path("at").asText()),
          json.path("emergency").asBoolean(),
          json.path("again").asBoolean(),
          json.path("records").asLong(),
          json.path("erased").asInt(),
          json.path("digest").asText(),
          json.path("operator").asText(),
          json.path("approver").asText(),
          json.path("delivered_by").asText());
    } catch (IOException | DateTimeException e) {
      throw new CaseException.Corrupt(
          "entry " + number + " of the journal of disclosures is not what was written", e);
    }
  }
}
