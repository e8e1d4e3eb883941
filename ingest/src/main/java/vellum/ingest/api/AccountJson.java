package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import vellum.core.registry.Account;
import vellum.core.registry.AccountTerms;
import vellum.core.registry.BusinessSender;
import vellum.core.registry.ContentInstruction;
import vellum.core.registry.Supplier;
import vellum.core.registry.SupplierTerms;

/** Accounts and suppliers in the spelling of {@code config/accounts.yaml}. Stateless. */
final class AccountJson {

  private AccountJson() {}

  /** Id and terms. */
  static ObjectNode head(Account account) {
    ObjectNode node = Json.object().put("id", account.id().value());
    ArrayNode terms = node.putArray("terms");
    account.terms().forEach(one -> terms.add(terms(one)));
    return node;
  }

  /** All, the senders included. */
  static ObjectNode whole(Account account) {
    ObjectNode node = head(account);
    ArrayNode senders = node.putArray("business_senders");
    account.senders().senders().forEach(sender -> senders.add(sender(sender)));
    ArrayNode proxies = node.putArray("proxy_numbers");
    account.senders().proxyNumbers().forEach(proxies::add);
    return node;
  }

  static ObjectNode of(Supplier supplier) {
    ObjectNode node = Json.object().put("id", supplier.id());
    ArrayNode terms = node.putArray("terms");
    for (SupplierTerms one : supplier.terms()) {
      terms
          .addObject()
          .put("from", one.from().toString())
          .put("zone", one.zone().getId())
          .put("currency", one.currency());
    }
    return node;
  }

  private static ObjectNode terms(AccountTerms terms) {
    ObjectNode node =
        Json.object()
            .put("from", terms.from().toString())
            .put("billing_zone", terms.billingZone().getId())
            .put("currency", terms.currency())
            .put("law_country", terms.lawCountry())
            .put("natural_person", terms.naturalPerson())
            .put("free_text_clean", terms.freeTextClean());
    ContentInstruction content = terms.content();
    if (content.byChannel().isEmpty()) {
      return node.put("content_days", content.days());
    }
    ObjectNode days = node.putObject("content_days").put("default", content.days());
    content.byChannel().forEach((channel, own) -> days.put(channel.name(), own));
    return node;
  }

  private static ObjectNode sender(BusinessSender sender) {
    ObjectNode node =
        Json.object().put("value", sender.value()).put("from", sender.from().toString());
    Instant until = sender.until();
    return until == null ? node : node.put("until", until.toString());
  }
}
