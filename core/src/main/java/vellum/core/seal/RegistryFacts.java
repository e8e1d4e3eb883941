package vellum.core.seal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.record.CanonicalIdentity;
import vellum.core.registry.Account;
import vellum.core.registry.AccountTerms;
import vellum.core.registry.BillingZones;
import vellum.core.registry.Registry;
import vellum.core.registry.ZoneSpan;

/**
 * The facts of accounts as the registry has them at the moment of the question. What it does not
 * know is treated as the stricter case: no business sender, free text sealed, no content kept, no
 * country of law; billed and settled in days of UTC. Thread-safe, if the source is.
 */
public final class RegistryFacts implements AccountFacts {

  private final Supplier<Registry> source;

  private final BillingZones zones = new BillingZones();

  /**
   * @param source gives the registry of now, from memory
   */
  public RegistryFacts(Supplier<Registry> source) {
    this.source = source;
  }

  @Override
  public boolean isRegistered(String account) {
    return source.get().account(account) != null;
  }

  @Override
  public boolean isBusinessSender(String account, CanonicalIdentity identity, long atMicros) {
    Account known = source.get().account(account);
    return known != null
        && !known.senders().senders().isEmpty()
        && known.isBusinessSender(identity.text(), atMicros);
  }

  @Override
  public boolean freeTextIsClear(String account, long atMicros) {
    AccountTerms terms = terms(account, atMicros);
    return terms != null && terms.freeTextClean();
  }

  @Override
  public String lawCountry(String account, long atMicros) {
    AccountTerms terms = terms(account, atMicros);
    return terms == null ? "" : terms.lawCountry();
  }

  @Override
  public int contentDays(String account, int channel, long atMicros) {
    AccountTerms terms = terms(account, atMicros);
    return terms == null ? 0 : terms.content().days(channel);
  }

  @Override
  public int zoneQuarters(String account, long atMicros) {
    ZoneSpan span = new ZoneSpan();
    zone(account, atMicros, span);
    return span.quarters();
  }

  @Override
  public int supplierZoneQuarters(String supplier, long atMicros) {
    ZoneSpan span = new ZoneSpan();
    supplierZone(supplier, atMicros, span);
    return span.quarters();
  }

  @Override
  public void zone(String account, long atMicros, ZoneSpan span) {
    zones.find(source.get().account(account), atMicros, span);
  }

  @Override
  public void supplierZone(String supplier, long atMicros, ZoneSpan span) {
    zones.find(source.get().supplier(supplier), atMicros, span);
  }

  @Override
  public Object revision() {
    return source.get();
  }

  @Override
  public boolean hasAccounts() {
    return source.get().hasAccounts();
  }

  @Override
  public boolean isSupplier(String supplier) {
    return source.get().supplier(supplier) != null;
  }

  @Override
  public String currency(String account, long atMicros) {
    AccountTerms terms = terms(account, atMicros);
    return terms == null ? "" : terms.currency();
  }

  private @Nullable AccountTerms terms(String account, long atMicros) {
    Account known = source.get().account(account);
    return known == null ? null : known.termsAt(atMicros);
  }
}
