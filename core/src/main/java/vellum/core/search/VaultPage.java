package vellum.core.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.seal.SealedRecord;

/**
 * Some of what a hold keeps, sealed under its vault's key.
 *
 * @param records may be none although there are more
 * @param next where to go on, or null when these were the last; names a record, and no person
 */
public record VaultPage(List<SealedRecord> records, @Nullable String next) {

  /** Nothing, and nothing behind it. */
  public static final VaultPage NONE = new VaultPage(List.of(), null);

  public VaultPage {
    records = List.copyOf(records);
  }
}
