package vellum.core.seal;

import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.record.CanonicalIdentity;
import vellum.core.registry.Account;
import vellum.core.registry.AccountTerms;
import vellum.core.registry.Registry;
import vellum.core.registry.SupplierTerms;
import vellum.core.registry.ZoneOffsets;

/**
 * The facts of accounts as the registry has them at the moment of the question. What it does not
 * know is treated as the stricter case: no business sender, free text sealed, no content kept, no
 * country of law; billed and settled in days of UTC. Thread-safe, if the source is.
 */
public final class RegistryFacts implements AccountFacts {

  private static final long MICROS = 1_000_000;

  private final Supplier<Registry> source;

  /** Of each zone that terms name: not more than the registry's files spell. */
  private final Map<ZoneId, ZoneOffsets> zones = new ConcurrentHashMap<>();

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
    AccountTerms terms = terms(account, atMicros);
    return terms == null ? 0 : quarters(terms.billingZone(), atMicros);
  }

  @Override
  public int supplierZoneQuarters(String supplier, long atMicros) {
    vellum.core.registry.Supplier known = source.get().supplier(supplier);
    SupplierTerms terms = known == null ? null : known.termsAt(atMicros);
    return terms == null ? 0 : quarters(terms.zone(), atMicros);
  }

  private int quarters(ZoneId zone, long atMicros) {
    ZoneOffsets offsets = zones.get(zone);
    if (offsets == null) {
      offsets = zones.computeIfAbsent(zone, ZoneOffsets::of);
    }
    return offsets.quartersAt(Math.floorDiv(atMicros, MICROS));
  }

  private @Nullable AccountTerms terms(String account, long atMicros) {
    Account known = source.get().account(account);
    return known == null ? null : known.termsAt(atMicros);
  }
}
