package vellum.ingest.importer;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;

/**
 * How to read a file.
 *
 * @param format its format, or null to tell it from the file's beginning
 * @param account the account of rows that name none; for providers' files the account of all rows,
 *     whose own account becomes the sub-account. Null when the rows say.
 */
public record ImportOptions(@Nullable ImportFormat format, @Nullable String account) {

  public ImportOptions {
    if (account != null
        && (account.isEmpty()
            || account.getBytes(StandardCharsets.UTF_8).length > AccountId.MAX_BYTES)) {
      throw new IllegalArgumentException(
          "account must have 1 to " + AccountId.MAX_BYTES + " bytes");
    }
  }

  /** Everything from the file. */
  public static ImportOptions detect() {
    return new ImportOptions(null, null);
  }
}
