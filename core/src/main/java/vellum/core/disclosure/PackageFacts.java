package vellum.core.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says besides its files. All of it is encrypted with the manifest.
 *
 * @param order what was ordered or asked for: id, authority, country, legal basis, reference
 * @param scope of it: subjects, accounts, interval, channels
 * @param policy version of the retention policy
 * @param erased what is no longer held of it
 * @param operator who ran it
 * @param approver who approved it; null when nobody must, or has yet
 * @param tool version of the program
 */
public record PackageFacts(
    JsonNode order,
    JsonNode scope,
    String policy,
    List<ErasedPeriod> erased,
    String operator,
    @Nullable String approver,
    String tool) {

  public PackageFacts {
    erased = List.copyOf(erased);
  }

  @Override
  public String toString() {
    return "PackageFacts";
  }
}
