package vellum.core.settlement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;

/**
 * The records behind the lines of adjustments of statements: each posting of a line, and the record
 * that it is of, as that is now, live or archived. The postings of a line always add up to it.
 * Thread-safe.
 */
public final class AdjustedRecords {

  private final Books books;

  public AdjustedRecords(Books books) {
    this.books = books;
  }

  /**
   * A posting of a line.
   *
   * @param record empty when it is not in the month's records any more
   */
  public record Adjusted(Posting posting, Optional<FoundRecord> record) {}

  /**
   * Some of a line's postings.
   *
   * @param line as the statement has it
   * @param next where to go on behind these; null at the end
   */
  public record Page(JsonNode line, List<Adjusted> postings, @Nullable Place next) {
    public Page {
      postings = List.copyOf(postings);
    }
  }

  /**
   * Postings of a line, by the order in which their months have them.
   *
   * @param number of the line among the adjustments, from 1
   * @param after where the page before ended; null for the first
   * @param limit most of them
   * @throws SettlementException.BadReference when the statement has no such line
   */
  public Page list(PeriodDesk.Shown shown, int number, @Nullable Place after, int limit) {
    JsonNode line = StatementRead.tree(shown.statement()).path("adjustments").path(number - 1);
    if (line.isMissingNode()) {
      throw new SettlementException.BadReference("the statement has no adjustment " + number);
    }
    Closing closing = shown.closing();
    Party party = closing.party();
    List<Adjusted> found = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    books.postings(
        party,
        closing.period(),
        after,
        (place, posting, month) -> {
          if (isIn(line, closing, posting)) {
            found.add(new Adjusted(posting, month.record(posting.recordKey())));
            places.add(place);
          }
          return found.size() <= limit;
        });
    return found.size() > limit
        ? new Page(line, found.subList(0, limit), places.get(limit - 1))
        : new Page(line, found, null);
  }

  private static boolean isIn(JsonNode line, Closing closing, Posting posting) {
    return posting.kind() == Posting.Kind.ADJUSTMENT
        && Bill.standsOn(posting, closing.period(), closing.position())
        && posting.of().equals(YearMonth.parse(line.path("record_period").asText()))
        && posting.cause().reason().name().equals(line.path("reason").asText())
        && StatementText.dimensions(posting.cell()).entrySet().stream()
            .allMatch(one -> one.getValue().equals(line.path(one.getKey()).asText()));
  }
}
