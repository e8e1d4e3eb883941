package vellum.core.export;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Party;

/**
 * Which statements are exported: those of the closings of a period that hold.
 *
 * @param party null for all parties
 * @param revision of the party's statement, whether its closing holds or was ended; 0 for the one
 *     that holds
 */
public record StatementQuery(YearMonth period, @Nullable Party party, int revision) {

  public StatementQuery {
    if (revision < 0 || revision > 0 && party == null) {
      throw new ExportException.BadRequest("a revision is a number from 1, of one party");
    }
  }
}
