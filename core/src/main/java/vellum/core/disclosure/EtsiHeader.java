package vellum.core.disclosure;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an ETSI document says at its beginning.
 *
 * @param country of the authority, ISO 3166-1
 * @param authority name or number of the authority
 * @param request number of the request, as the authority knows it
 * @param provider who answers
 * @param at when the answer was begun
 * @param schema the operator's XSD to check the documents by; null for no check
 */
public record EtsiHeader(
    String country,
    String authority,
    String request,
    String provider,
    Instant at,
    @Nullable Path schema) {

  public EtsiHeader {
    if (!country.matches("[A-Z]{2}")) {
      throw new IllegalArgumentException("a country has two capital letters");
    }
  }
}
