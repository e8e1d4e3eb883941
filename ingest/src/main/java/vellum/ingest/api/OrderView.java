package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.ScopeJson;
import vellum.core.order.Disclosure;
import vellum.core.order.DisclosureCount;
import vellum.core.order.Order;
import vellum.core.order.OrderRun;
import vellum.core.order.OrderSteps;
import vellum.core.order.OrderTerms;
import vellum.core.order.OrderWorker;

/** Orders and the journal of disclosures as JSON. Stateless. */
final class OrderView {

  private OrderView() {}

  /** An order as lists have it: without its scope. */
  static ObjectNode summary(Order order, Optional<OrderWorker.Progress> progress) {
    OrderTerms terms = order.terms();
    ObjectNode node =
        Json.object()
            .put("id", order.id().text())
            .put("state", order.state().name())
            .put("authority", terms.authority())
            .put("country", terms.country())
            .put("reference", terms.reference())
            .put("deadline", terms.deadline().toString())
            .put("emergency", terms.emergency())
            .put("unconfirmed", order.isUnconfirmed())
            .put("created_by", order.steps().created().by())
            .put("created_at", order.steps().created().at().toString())
            .put("subjects", terms.scope().subjects().size())
            .put("deliveries", order.deliveries().size());
    order.confirmBy().ifPresent(by -> node.put("confirm_by", by.toString()));
    OrderRun run = order.run();
    if (run != null) {
      node.put("records", progress.map(OrderWorker.Progress::records).orElse(run.records()));
      node.put("done", progress.map(OrderWorker.Progress::done).orElse(run.done()));
      if (run.trouble() != null) {
        node.put("trouble", run.trouble());
      }
    }
    return node;
  }

  /** All of an order, and how it came to be what it is. */
  static ObjectNode whole(
      Order order, List<Order> history, Optional<OrderWorker.Progress> progress) {
    ObjectNode node = summary(order, progress);
    node.remove("subjects");
    putTerms(node, order.terms());
    OrderSteps steps = order.steps();
    put(node, "submitted", steps.submitted());
    put(node, "approved", steps.approved());
    put(node, "rejected", steps.rejected());
    if (steps.rejectedWhy() != null) {
      node.put("rejected_why", steps.rejectedWhy());
    }
    OrderRun run = order.run();
    if (run != null) {
      put(node, "run", run.begun());
      run.missing().forEach(node.withArray("missing")::add);
      if (run.finished() != null) {
        node.put("finished_at", run.finished()).put("package_sha256", run.digest());
      }
    }
    for (OrderSteps.Step one : order.deliveries()) {
      node.withArray("delivered").addObject().put("by", one.by()).put("at", one.at().toString());
    }
    for (Order one : history) {
      node.withArray("history")
          .addObject()
          .put("revision", one.revision())
          .put("state", one.state().name());
    }
    return node;
  }

  /** What an order asks for. */
  static ObjectNode putTerms(ObjectNode node, OrderTerms terms) {
    node.put("authority_name", terms.authorityName())
        .put("type", terms.type())
        .put("legal_basis", terms.legalBasis())
        .put("digest", terms.digest());
    node.set("scope", ScopeJson.write(terms.scope()));
    terms.classes().forEach(one -> node.withArray("classes").add(one.text()));
    terms.forms().forEach(node.withArray("forms")::add);
    return node.put("certificate", terms.certificate());
  }

  private static void put(ObjectNode node, String name, OrderSteps.@Nullable Step step) {
    if (step != null) {
      node.put(name + "_by", step.by()).put(name + "_at", step.at().toString());
    }
  }

  static ObjectNode of(Disclosure one) {
    return Json.object()
        .put("number", one.number())
        .put("order", one.order())
        .put("authority", one.authority())
        .put("country", one.country())
        .put("type", one.type())
        .put("at", one.at().toString())
        .put("emergency", one.emergency())
        .put("again", one.again())
        .put("records", one.records())
        .put("erased_periods", one.erased())
        .put("package_sha256", one.digest())
        .put("operator", one.operator())
        .put("approver", one.approver())
        .put("delivered_by", one.deliveredBy());
  }

  static ObjectNode of(DisclosureCount one) {
    return Json.object()
        .put("key", one.key())
        .put("disclosures", one.disclosures())
        .put("records", one.records())
        .put("with_erased_periods", one.withErased())
        .put("emergencies", one.emergencies());
  }
}
