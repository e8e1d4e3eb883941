package vellum.core.disclosure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A period of what was asked for that is no longer held, or not with identities.
 *
 * @param period {@code 2025-03.default}, or words such as {@code before 2020}
 * @param erasedOn day, {@code 2026-04-01}; empty when it was never kept
 * @param rule that erased it, in words
 * @param certificate name of the erasure certificate; null when there is none
 */
public record ErasedPeriod(
    String period, String erasedOn, String rule, @Nullable String certificate) {

  void writeTo(ObjectNode node) {
    node.put("period", period).put("erased_on", erasedOn).put("rule", rule);
    if (certificate != null) {
      node.put("certificate", certificate);
    }
  }
}
