package vellum.ingest.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * The accounts and carriers of made-up traffic, as {@code vellum account import} takes them. Of
 * every ten accounts one moves to another zone in the middle of the traffic. Stateless.
 */
public final class MadeUpRegistry {

  /** The n-th of so many accounts moves. */
  private static final int MOVING = 10;

  private MadeUpRegistry() {}

  /** UTF-8 YAML. */
  public static byte[] yaml(GeneratorOptions options) {
    return yaml(options, Map.of());
  }

  /**
   * The same, with content kept.
   *
   * @param contentDays by account
   */
  static byte[] yaml(GeneratorOptions options, Map<String, Integer> contentDays) {
    Subscribers subscribers = new Subscribers(Country.all(), options.subscribers());
    List<Account> accounts = Account.all(options, subscribers);
    LocalDate first = options.from().atOffset(ZoneOffset.UTC).toLocalDate().minusMonths(2);
    LocalDate moved =
        options
            .from()
            .plus(Duration.between(options.from(), options.until()).dividedBy(2))
            .atOffset(ZoneOffset.UTC)
            .toLocalDate();
    StringBuilder yaml = new StringBuilder("format: 1\naccounts:\n");
    for (int i = 0; i < accounts.size(); i++) {
      Account account = accounts.get(i);
      int days = contentDays.getOrDefault(account.id(), 0);
      yaml.append("  - id: ").append(account.id()).append("\n    terms:\n");
      terms(yaml, account, first, Home.of(i), days);
      if (i % MOVING == MOVING - 1) {
        terms(yaml, account, moved, Home.of(i + 1), days);
      }
    }
    yaml.append("suppliers:\n");
    for (Carrier carrier : Carrier.all()) {
      yaml.append(
          "  - id: %s%n    terms:%n      - {from: %s, zone: %s, currency: %s}%n"
              .formatted(
                  carrier.id(),
                  first,
                  carrier.home().zone,
                  options.billing().ownCurrencies() ? carrier.currency() : Messages.EURO));
    }
    return yaml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void terms(
      StringBuilder yaml, Account account, LocalDate from, Home home, int contentDays) {
    yaml.append(
        "      - {from: %s, billing_zone: %s, currency: %s, law_country: %s, content_days: %d}%n"
            .formatted(from, home.zone, account.currency(), home.lawCountry, contentDays));
  }
}
