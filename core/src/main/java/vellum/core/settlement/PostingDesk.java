package vellum.core.settlement;

import java.math.BigInteger;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Money;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.period.Place;
import vellum.core.record.TextRule;

/**
 * Takes refunds, credits, disputes and the like onto the bills of open periods. A posting is never
 * changed; a wrong one is reversed by another. Thread-safe.
 */
public final class PostingDesk {

  /** Most postings by hand on one bill. */
  public static final int MAX_ON_A_BILL = 10_000;

  private static final Pattern LINE =
      Pattern.compile("([0-9]{4}-[0-9]{2})/([1-9][0-9]{0,5})/([1-9][0-9]{0,8})");

  private final PeriodDesk periods;
  private final ClosingStore store;
  private final Books books;
  private final Function<UUID, Optional<String>> records;
  private final InstantSource clock;

  /**
   * @param records finds the reference of a record that says nothing of its id: the hexadecimal key
   *     in its archive
   */
  public PostingDesk(
      PeriodDesk periods,
      ClosingStore store,
      Books books,
      Function<UUID, Optional<String>> records,
      InstantSource clock) {
    this.periods = periods;
    this.store = store;
    this.books = books;
    this.records = records;
    this.clock = clock;
  }

  /**
   * A posting to be made.
   *
   * @param kind name of a {@link ManualPosting.Kind}; REVERSAL takes amount and currency from the
   *     posting that it takes back
   * @param amount exact decimal with its sign; null of a reversal
   * @param currency ISO 4217; null of a reversal
   * @param record id of a record that it is about, or null
   * @param line of a statement that it is about: period/revision/line, or null
   * @param reverses number of the posting that it takes back, or 0
   */
  public record Request(
      Party party,
      YearMonth period,
      ManualPosting.Kind kind,
      @Nullable String amount,
      @Nullable String currency,
      String reason,
      @Nullable UUID record,
      @Nullable String line,
      long reverses) {}

  /**
   * Makes a posting.
   *
   * @param dryRun whether nothing is to be changed
   * @return the posting, with its number
   */
  public ManualPosting add(Request request, String by, boolean dryRun) {
    synchronized (periods) {
      Reasons.require(request.reason());
      periods.checks().requireOpen(request.party(), request.period());
      List<ManualPosting> there = store.manual(request.party(), request.period());
      if (there.size() >= MAX_ON_A_BILL) {
        throw new SettlementException.TooMany("postings by hand on one bill", MAX_ON_A_BILL);
      }
      ManualPosting posting = posting(request, by);
      if (!dryRun) {
        store.put(posting);
      }
      return posting;
    }
  }

  private ManualPosting posting(Request request, String by) {
    BigInteger nanos;
    String currency;
    if (request.kind() == ManualPosting.Kind.REVERSAL) {
      ManualPosting wrong = reversed(request);
      nanos = wrong.nanos().negate();
      currency = wrong.currency();
      boolean isOther =
          request.amount() != null && !Nanos.parse(request.amount()).equals(nanos)
              || request.currency() != null && !request.currency().equals(currency);
      if (isOther) {
        throw new SettlementException.BadAmount(
            "the reversal of posting "
                + wrong.number()
                + " is "
                + Money.text(nanos)
                + " "
                + currency);
      }
    } else {
      if (request.reverses() != 0) {
        throw new SettlementException.BadReference(
            "only a posting of the kind REVERSAL takes another back");
      }
      nanos = amount(request);
      currency = currency(request.currency());
    }
    return new ManualPosting(
        store.lastManual() + 1,
        request.party(),
        request.period(),
        request.kind(),
        nanos,
        currency,
        request.reason(),
        clock.instant(),
        by,
        reference(request));
  }

  private static BigInteger amount(Request request) {
    if (request.amount() == null) {
      throw new SettlementException.BadAmount("an amount is missing");
    }
    BigInteger nanos = Nanos.parse(request.amount());
    int sign = request.kind().sign();
    if (sign != 0 && sign != nanos.signum()) {
      throw new SettlementException.BadAmount(
          "the amount of a "
              + request.kind()
              + " is "
              + (sign < 0 ? "below zero: it lowers the bill" : "above zero: it raises the bill"));
    }
    return nanos;
  }

  private static String currency(@Nullable String code) {
    if (code == null || !TextRule.isMoney(code)) {
      throw new SettlementException.BadCurrency();
    }
    return code;
  }

  private ManualPosting reversed(Request request) {
    ManualPosting wrong =
        store
            .manual(request.reverses())
            .filter(one -> one.party().equals(request.party()))
            .orElseThrow(
                () ->
                    new SettlementException.BadReference(
                        "there is no posting "
                            + request.reverses()
                            + " of "
                            + SettlementException.name(request.party())));
    boolean isDone =
        store.manual(request.party(), null).stream()
            .map(ManualPosting::reference)
            .anyMatch(about -> about != null && about.reverses() == wrong.number());
    if (isDone) {
      throw new SettlementException.BadReference(
          "posting " + wrong.number() + " is reversed already");
    }
    return wrong;
  }

  private ManualPosting.@Nullable Reference reference(Request request) {
    String record = null;
    UUID id = request.record();
    if (id != null) {
      record =
          records
              .apply(id)
              .orElseThrow(() -> new SettlementException.BadReference("no record has this id"));
    }
    String line = request.line();
    if (line != null) {
      requireLine(request.party(), line);
    }
    boolean refers = record != null || line != null || request.reverses() > 0;
    return refers ? new ManualPosting.Reference(record, line, request.reverses()) : null;
  }

  private void requireLine(Party party, String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new SettlementException.BadReference(
          "a line of a statement is period/revision/line, such as 2026-10/1/3");
    }
    PeriodDesk.Shown shown =
        periods.show(party, YearMonth.parse(parts.group(1)), Integer.parseInt(parts.group(2)));
    Closing.Made made = shown.closing().statement();
    if (made == null || Integer.parseInt(parts.group(3)) > made.lines()) {
      throw new SettlementException.BadReference("the statement has no line " + parts.group(3));
    }
  }

  /**
   * What stands on a bill, or was changed in its period.
   *
   * @param manual by hand, in their order
   * @param made by messages
   * @param next where to go on behind these; null at the end
   */
  public record Listed(List<ManualPosting> manual, List<Posting> made, @Nullable Place next) {
    public Listed {
      manual = List.copyOf(manual);
      made = List.copyOf(made);
    }
  }

  /**
   * Postings of a party.
   *
   * @param period on whose bill; null for all of those by hand, and none of the others
   * @param after where the page before ended; null for the first, which alone has those by hand
   * @param limit most of those that messages made
   */
  public Listed list(Party party, @Nullable YearMonth period, @Nullable Place after, int limit) {
    periods.checks().known().require(party);
    List<ManualPosting> manual =
        after != null
            ? List.of()
            : store.manual(party, period).stream()
                .sorted(Comparator.comparingLong(ManualPosting::number))
                .toList();
    List<Posting> made = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    if (period != null) {
      books.postings(
          party,
          period,
          after,
          (place, posting, month) -> {
            made.add(posting);
            places.add(place);
            return made.size() <= limit;
          });
    }
    return made.size() > limit
        ? new Listed(manual, made.subList(0, limit), places.get(limit - 1))
        : new Listed(manual, made, null);
  }

  /** Currency of a posting's amount. */
  public static String currency(Posting posting) {
    return BillLines.currency(posting.cell());
  }
}
