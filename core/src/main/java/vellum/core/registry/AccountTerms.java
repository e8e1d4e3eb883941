package vellum.core.registry;

import java.time.Instant;
import java.time.ZoneId;

/**
 * The terms of an account from an instant on, until its next terms apply.
 *
 * @param from when they start to apply; years 1970 to 9999
 * @param billingZone in whose days the account is billed
 * @param currency of what it pays, ISO 4217
 * @param lawCountry whose law decides about retention, ISO 3166 alpha-2
 * @param naturalPerson whether the account is a person, and so an identity itself
 * @param content how long content is kept
 * @param freeTextClean whether the account declared that its free text (callback data, client
 *     references, custom fields) holds no personal data; otherwise that text is sealed
 */
public record AccountTerms(
    Instant from,
    ZoneId billingZone,
    String currency,
    String lawCountry,
    boolean naturalPerson,
    ContentInstruction content,
    boolean freeTextClean)
    implements Dated {

  public AccountTerms {
    Micros.check("from", from);
    Codes.currency("currency", currency);
    Codes.country("law_country", lawCountry);
  }
}
