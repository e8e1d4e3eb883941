package vellum.ingest.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The accounts of made-up traffic as a registry's file has them. Stateless. */
final class GeneratedAccounts {

  private static final String TERMS =
      """
        - id: %s
          terms:
            - from: 2000-01-01
              billing_zone: UTC
              currency: %s
              law_country: DE
      """;

  private GeneratedAccounts() {}

  /** YAML of format 1. */
  static byte[] yaml(GeneratorOptions options) {
    Subscribers subscribers = new Subscribers(Country.all(), options.subscribers());
    List<Account> accounts =
        Account.all(options.accounts(), subscribers, new Dice(Dice.mix(options.seed())));
    StringBuilder yaml = new StringBuilder("format: 1\n\naccounts:\n");
    accounts.forEach(one -> yaml.append(TERMS.formatted(one.id(), one.currency())));
    return yaml.toString().getBytes(StandardCharsets.UTF_8);
  }
}
