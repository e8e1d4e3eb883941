package vellum.core.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseFile;
import vellum.core.casefile.ScopeJson;

/**
 * An order as the document of its case, JSON. Stateless.
 *
 * <p>Number of the format, then {@code state}, {@code terms}, {@code steps}, {@code run}, {@code
 * deliveries}; what is not there is left out.
 */
final class OrderJson {

  static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private OrderJson() {}

  static byte[] write(Order order) {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT);
    json.put("state", order.state().name());
    json.set("terms", terms(order.terms()));
    ObjectNode steps = json.putObject("steps");
    OrderSteps done = order.steps();
    put(steps, "created", done.created());
    put(steps, "submitted", done.submitted());
    put(steps, "approved", done.approved());
    put(steps, "rejected", done.rejected());
    if (done.approvedDigest() != null) {
      steps.put("approved_digest", done.approvedDigest());
    }
    if (done.rejectedWhy() != null) {
      steps.put("rejected_why", done.rejectedWhy());
    }
    OrderRun run = order.run();
    if (run != null) {
      write(json.putObject("run"), run);
    }
    for (OrderSteps.Step one : order.deliveries()) {
      json.withArray("deliveries").addObject().put("by", one.by()).put("at", one.at().toString());
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /** The terms, always in this order: their digest is over this text. */
  static ObjectNode terms(OrderTerms terms) {
    ObjectNode json = JSON.createObjectNode();
    json.put("authority", terms.authority())
        .put("authority_name", terms.authorityName())
        .put("type", terms.type())
        .put("country", terms.country())
        .put("legal_basis", terms.legalBasis())
        .put("reference", terms.reference())
        .put("deadline", terms.deadline().toString())
        .put("emergency", terms.emergency());
    json.set("scope", ScopeJson.write(terms.scope()));
    terms.classes().forEach(one -> json.withArray("classes").add(one.text()));
    terms.forms().forEach(one -> json.withArray("forms").add(one));
    return json.put("certificate", terms.certificate());
  }

  private static void write(ObjectNode json, OrderRun run) {
    put(json, "begun", run.begun());
    json.put("from", run.from().name()).put("records", run.records()).put("done", run.done());
    if (run.finished() != null) {
      json.put("finished", run.finished()).put("digest", run.digest());
    }
    run.missing().forEach(one -> json.withArray("missing").add(one));
    if (run.trouble() != null) {
      json.put("trouble", run.trouble());
    }
  }

  private static void put(ObjectNode json, String name, OrderSteps.@Nullable Step step) {
    if (step != null) {
      json.putObject(name).put("by", step.by()).put("at", step.at().toString());
    }
  }

  /**
   * Reads an order.
   *
   * @throws CaseException.Corrupt when it is not what was written
   * @throws CaseException.TooNew when a newer version wrote it
   */
  static Order read(CaseFile file) {
    try {
      JsonNode json = JSON.readTree(file.document());
      int format = json.path("format").asInt();
      if (format > FORMAT) {
        throw new CaseException.TooNew("an order", format, FORMAT);
      }
      if (format < 1) {
        throw new CaseException.TooOld("an order", format);
      }
      List<OrderSteps.Step> deliveries = new ArrayList<>();
      json.path("deliveries").forEach(one -> deliveries.add(step(one)));
      return new Order(
          file.id(),
          file.revision(),
          OrderState.valueOf(json.path("state").asText()),
          terms(json.path("terms")),
          steps(json.path("steps")),
          json.has("run") ? run(json.path("run")) : null,
          deliveries);
    } catch (IOException | IllegalArgumentException | DateTimeException | OrderException e) {
      throw new CaseException.Corrupt("an order is not what was written", e);
    }
  }

  private static OrderTerms terms(JsonNode json) {
    SortedSet<GrantedClass> classes = new TreeSet<>();
    json.path("classes")
        .forEach(one -> classes.add(GrantedClass.of(one.asText()).orElseThrow(OrderJson::bad)));
    SortedSet<String> forms = new TreeSet<>();
    json.path("forms").forEach(one -> forms.add(one.asText()));
    return new OrderTerms(
        json.path("authority").asText(),
        json.path("authority_name").asText(),
        json.path("type").asText(),
        json.path("country").asText(),
        json.path("legal_basis").asText(),
        json.path("reference").asText(),
        Instant.parse(json.path("deadline").asText()),
        json.path("emergency").asBoolean(),
        ScopeJson.read(json.path("scope")),
        classes,
        json.path("certificate").asText(),
        forms);
  }

  private static IllegalArgumentException bad() {
    return new IllegalArgumentException("a class of an order is not known");
  }

  private static OrderSteps steps(JsonNode json) {
    return new OrderSteps(
        step(json.path("created")),
        optional(json, "submitted"),
        optional(json, "approved"),
        text(json, "approved_digest"),
        optional(json, "rejected"),
        text(json, "rejected_why"));
  }

  private static OrderRun run(JsonNode json) {
    List<String> missing = new ArrayList<>();
    json.path("missing").forEach(one -> missing.add(one.asText()));
    return new OrderRun(
        step(json.path("begun")),
        OrderState.valueOf(json.path("from").asText()),
        json.path("records").asLong(),
        json.path("done").asDouble(),
        text(json, "finished"),
        json.path("digest").asText(),
        missing,
        text(json, "trouble"));
  }

  private static OrderSteps.@Nullable Step optional(JsonNode json, String name) {
    return json.has(name) ? step(json.path(name)) : null;
  }

  private static OrderSteps.Step step(JsonNode json) {
    return new OrderSteps.Step(json.path("by").asText(), Instant.parse(json.path("at").asText()));
  }

  private static @Nullable String text(JsonNode json, String name) {
    return json.has(name) ? json.path(name).asText() : null;
  }
}
