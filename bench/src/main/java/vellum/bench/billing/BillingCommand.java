package vellum.bench.billing;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.WorkDirectory;
import vellum.core.billing.CellFilter;
import vellum.core.billing.Cube;
import vellum.core.billing.Dimension;
import vellum.core.settlement.TotalsQuery;
import vellum.core.settlement.TotalsRequest;

/** How long totals take to be asked for, and how that grows with accounts and months. */
@Command(
    name = "billing",
    header = "How long totals take to be asked for.",
    description = {
      "Fills real months with made-up cells, 40 an account and day, and asks for totals: of all",
      "accounts, of one, with changes in the heap, beside more accounts and beside more months."
    },
    mixinStandardHelpOptions = true)
public final class BillingCommand implements Callable<Integer> {

  private static final YearMonth MONTH = YearMonth.of(2026, 10);

  private static final int MOST_ACCOUNTS = 100_000;
  private static final int MOST_MONTHS = 120;
  private static final int MOST_QUESTIONS = 10_000_000;
  private static final int ALL_QUESTIONS = 15;

  /** As an export has them: 500 accounts come to more rows than an answer may have. */
  private static final int MOST_ROWS = 1 << 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--accounts",
      defaultValue = "500",
      description = "Accounts of a month (default: ${DEFAULT-VALUE}).")
  private int accounts = 500;

  @Option(
      names = "--months",
      defaultValue = "6",
      description = "Months besides, in the end (default: ${DEFAULT-VALUE}).")
  private int months = 6;

  @Option(
      names = "--questions",
      defaultValue = "2000",
      description = "Questions of one account (default: ${DEFAULT-VALUE}).")
  private int questions = 2000;

  @Option(
      names = "--records",
      description =
          "Only a month of the cells that so many records of generated traffic come to: 50000000"
              + " are 7 million cells.")
  private long records;

  private final PrintStream out = System.out;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final SplittableRandom random = new SplittableRandom(7);

  @Override
  public Integer call() throws IOException {
    new Bounds(spec)
        .within("--accounts", accounts, 1, MOST_ACCOUNTS)
        .within("--months", months, 0, MOST_MONTHS)
        .within("--questions", questions, 1, MOST_QUESTIONS)
        .within("--records", records, 0, Bounds.MOST_RECORDS);
    try (WorkDirectory work = WorkDirectory.temporary();
        CellMonths cells = new CellMonths(work.path())) {
      if (records > 0) {
        long filled = cells.fillTraffic(MONTH, accounts, records);
        print("%,d records are %,d cells of %,d accounts", records, filled, accounts);
        one(cells.totals(), "one account");
        days(cells.totals());
        cells.fill(MONTH, 0, 50, false);
        one(cells.totals(), "one account, 62,000 cells in the heap");
        flush(cells);
        all(cells.totals());
        return 0;
      }
      print("%,d cells in a month of %,d accounts", cells.fill(MONTH, 0, accounts, true), accounts);
      all(cells.totals());
      one(cells.totals(), "one account");
      cells.fill(MONTH, 0, accounts / 10, false);
      one(cells.totals(), "one account, cells of a tenth of the accounts in the heap");
      cells.flush(MONTH);
      for (int more = accounts; more < 4 * accounts; more *= 2) {
        cells.fill(MONTH, more, 2 * more, true);
        one(cells.totals(), "one account beside %,d".formatted(2 * more - 1));
      }
      for (int i = 1; i <= months; i++) {
        cells.fill(MONTH.minusMonths(i), 0, accounts, true);
        if (i == 1 || i == months) {
          one(cells.totals(), "one account, %d other month(s) filled".formatted(i));
        }
      }
      year(cells.totals());
    }
    return 0;
  }

  private static CellFilter days(YearMonth from, YearMonth to) {
    return CellFilter.of(Cube.SALE, from.atDay(1), to.atDay(1));
  }

  private void all(TotalsQuery totals) {
    CellFilter month = days(MONTH, MONTH.plusMonths(1));
    measure("all accounts, in sum", ALL_QUESTIONS, () -> ask(totals, month, List.of()));
    measure(
        "all accounts, by account, channel, network",
        ALL_QUESTIONS,
        () -> ask(totals, month, List.of(Dimension.ACCOUNT, Dimension.CHANNEL, Dimension.MCC_MNC)));
    measure(
        "all accounts, by account and day",
        ALL_QUESTIONS,
        () -> ask(totals, month, List.of(Dimension.ACCOUNT, Dimension.DAY)));
    CellFilter delivered =
        month.with(Dimension.CHANNEL, "SMS").with(Dimension.STATUS_GROUP, "DELIVERED");
    measure(
        "all accounts, filtered by channel and status, by network",
        ALL_QUESTIONS,
        () -> ask(totals, delivered, List.of(Dimension.MCC_MNC)));
    LocalDate day = MONTH.atDay(17);
    CellFilter oneDay = CellFilter.of(Cube.SALE, day, day.plusDays(1));
    measure(
        "all accounts, one day, by account",
        ALL_QUESTIONS,
        () -> ask(totals, oneDay, List.of(Dimension.ACCOUNT)));
  }

  private void one(TotalsQuery totals, String what) {
    CellFilter month = days(MONTH, MONTH.plusMonths(1));
    List<Dimension> by = List.of(Dimension.CHANNEL, Dimension.MCC_MNC);
    measure(what, questions, () -> ask(totals, of(month), by));
  }

  /** Changes more cells than the heap takes, and writes them. */
  private void flush(CellMonths cells) {
    long start = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    long changed = cells.fill(MONTH, 0, 1000, false);
    cells.flush(MONTH);
    print(
        "%,d cells changed and flushed: %,d ms, CPU %,d ms",
        changed,
        (System.nanoTime() - start) / 1_000_000,
        (threads.getCurrentThreadCpuTime() - cpu) / 1_000_000);
  }

  /** What months that are summed do not help with, or not all of the way. */
  private void days(TotalsQuery totals) {
    CellFilter month = days(MONTH, MONTH.plusMonths(1));
    List<Dimension> byDay = List.of(Dimension.DAY, Dimension.CHANNEL);
    measure("one account, by day", questions, () -> ask(totals, of(month), byDay));
    CellFilter mixed =
        CellFilter.of(Cube.SALE, MONTH.atDay(1), MONTH.plusMonths(1).atDay(1).plusDays(1));
    List<Dimension> by = List.of(Dimension.CHANNEL, Dimension.MCC_MNC);
    measure("one account, a month and a day", questions, () -> ask(totals, of(mixed), by));
    CellFilter half = CellFilter.of(Cube.SALE, MONTH.atDay(2), MONTH.atDay(31));
    measure("one account, 29 days", questions, () -> ask(totals, of(half), by));
  }

  private void year(TotalsQuery totals) {
    CellFilter year = days(MONTH.minusMonths(11), MONTH.plusMonths(1));
    measure(
        "one account, a year, by month",
        questions / 10,
        () -> ask(totals, of(year), List.of(Dimension.MONTH)));
  }

  private CellFilter of(CellFilter filter) {
    return filter.with(Dimension.ACCOUNT, CellMonths.account(random.nextInt(accounts)));
  }

  private static int ask(TotalsQuery totals, CellFilter filter, List<Dimension> by) {
    return totals.totals(new TotalsRequest(filter, by), MOST_ROWS).rows().size();
  }

  /** Asks some times to warm up, then as often as is measured; prints the times' distribution. */
  private void measure(String what, int times, IntSupplier question) {
    int rows = 0;
    for (int i = 0; i < Math.max(3, times / 10); i++) {
      rows = question.getAsInt();
    }
    long[] nanos = new long[times];
    long[] cpu = new long[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      long cpuStart = threads.getCurrentThreadCpuTime();
      rows = question.getAsInt();
      cpu[i] = threads.getCurrentThreadCpuTime() - cpuStart;
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    Arrays.sort(cpu);
    print(
        "%-58s %,6d rows  p50 %7.2f ms  p99 %7.2f ms  CPU p50 %7.2f ms  p99 %7.2f ms",
        what, rows, ms(nanos, 50), ms(nanos, 99), ms(cpu, 50), ms(cpu, 99));
  }

  private static double ms(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }

  private void print(String format, Object... arguments) {
    out.printf(Locale.ROOT, format + "%n", arguments);
  }
}
