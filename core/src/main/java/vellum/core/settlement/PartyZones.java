package vellum.core.settlement;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.registry.Account;
import vellum.core.registry.Registry;

/** In whose days parties are billed, as the registry says; by UTC where it says nothing. */
final class PartyZones {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private final Supplier<Registry> registry;

  /** From when on a zone applies. */
  private record Applies(Instant from, ZoneId zone) {}

  PartyZones(Supplier<Registry> registry) {
    this.registry = registry;
  }

  boolean isRegistered(Party party) {
    return party.cube() == Cube.SALE
        ? registry.get().account(party.id()) != null
        : registry.get().supplier(party.id()) != null;
  }

  /** Everybody registered whose terms began before a period was over. */
  List<String> registered(Cube cube, YearMonth period) {
    Registry now = registry.get();
    List<String> ids = new ArrayList<>();
    if (cube == Cube.SALE) {
      now.accounts().stream().map(account -> account.id().value()).forEach(ids::add);
    } else {
      now.suppliers().forEach(supplier -> ids.add(supplier.id()));
    }
    ids.removeIf(id -> !hasBegun(new Party(cube, id), period));
    return ids;
  }

  private boolean hasBegun(Party party, YearMonth period) {
    List<Applies> terms = terms(party);
    return !terms.isEmpty() && terms.get(0).from.isBefore(endIn(period, terms.get(0).zone));
  }

  /** The zones of a period, in the order in which they applied. */
  List<ZoneId> of(Party party, YearMonth period) {
    List<Applies> history = new ArrayList<>(terms(party));
    history.add(0, new Applies(Instant.MIN, UTC));
    List<ZoneId> zones = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      ZoneId zone = history.get(i).zone;
      Instant until = i + 1 < history.size() ? history.get(i + 1).from : Instant.MAX;
      boolean isBefore = !until.isAfter(period.atDay(1).atStartOfDay(zone).toInstant());
      boolean isBehind = !history.get(i).from.isBefore(endIn(period, zone));
      if (!isBefore && !isBehind) {
        zones.add(zone);
      }
    }
    return zones.stream().distinct().toList();
  }

  private static Instant endIn(YearMonth period, ZoneId zone) {
    return period.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
  }

  /** The first instant at which the period is over in all its zones. */
  Instant end(Party party, YearMonth period) {
    Instant end = Instant.MIN;
    for (ZoneId zone : of(party, period)) {
      Instant one = endIn(period, zone);
      end = one.isAfter(end) ? one : end;
    }
    return end;
  }

  /** The period of an instant in the party's zone. */
  YearMonth periodOf(Party party, Instant now) {
    List<ZoneId> zones = of(party, YearMonth.from(now.atOffset(ZoneOffset.UTC)));
    return YearMonth.from(now.atZone(zones.get(zones.size() - 1)));
  }

  private List<Applies> terms(Party party) {
    if (party.cube() == Cube.SALE) {
      Account account = registry.get().account(party.id());
      return account == null
          ? List.of()
          : account.terms().stream()
              .map(terms -> new Applies(terms.from(), terms.billingZone()))
              .toList();
    }
    var supplier = registry.get().supplier(party.id());
    return supplier == null
        ? List.of()
        : supplier.terms().stream().map(terms -> new Applies(terms.from(), terms.zone())).toList();
  }
}
