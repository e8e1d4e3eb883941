package vellum.core.registry;

import static vellum.core.registry.Entries.all;
import static vellum.core.registry.Entries.required;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;

/** An account as files and rows spell it; what is absent is null. */
record AccountEntry(
    @Nullable String id,
    @Nullable List<@Nullable Terms> terms,
    @Nullable List<@Nullable Sender> businessSenders,
    @Nullable List<@Nullable String> proxyNumbers) {

  /** Terms as files and rows spell them. */
  record Terms(
      @Nullable String from,
      @Nullable String billingZone,
      @Nullable String currency,
      @Nullable String lawCountry,
      @Nullable Boolean naturalPerson,
      @Nullable ContentDays contentDays,
      @Nullable Boolean freeTextClean) {

    AccountTerms toTerms() {
      ZoneId zone = Codes.zone("billing_zone", required("billing_zone", billingZone));
      return new AccountTerms(
          Entries.instant("from", required("from", from), zone),
          zone,
          required("currency", currency),
          required("law_country", lawCountry),
          naturalPerson != null && naturalPerson,
          contentDays == null ? ContentInstruction.NOT_KEPT : contentDays.instruction(),
          freeTextClean != null && freeTextClean);
    }

    static Terms of(AccountTerms terms) {
      return new Terms(
          terms.from().toString(),
          terms.billingZone().getId(),
          terms.currency(),
          terms.lawCountry(),
          terms.naturalPerson(),
          new ContentDays(terms.content()),
          terms.freeTextClean());
    }
  }

  /** A business sender as files and rows spell it. */
  record Sender(@Nullable String value, @Nullable String from, @Nullable String until) {

    BusinessSender toSender(AccountTerms first) {
      ZoneId zone = first.billingZone();
      Instant start = from == null ? first.from() : Entries.instant("from", from, zone);
      Instant end = until == null ? null : Entries.instant("until", until, zone);
      return new BusinessSender(required("value", value), start, end);
    }

    static Sender of(BusinessSender sender) {
      Instant until = sender.until();
      return new Sender(
          sender.value(), sender.from().toString(), until == null ? null : until.toString());
    }
  }

  Account toAccount() {
    List<AccountTerms> history = Dated.history(all("terms", terms, Terms::toTerms));
    AccountTerms first = history.get(0);
    SenderInventory senders =
        new SenderInventory(
            all("business_senders", businessSenders, sender -> sender.toSender(first)),
            all("proxy_numbers", proxyNumbers, number -> number));
    return new Account(AccountId.of(required("id", id)), history, senders);
  }

  static AccountEntry of(Account account) {
    return new AccountEntry(
        account.id().value(),
        account.terms().stream().<@Nullable Terms>map(Terms::of).toList(),
        account.senders().senders().stream().<@Nullable Sender>map(Sender::of).toList(),
        List.copyOf(account.senders().proxyNumbers()));
  }
}
