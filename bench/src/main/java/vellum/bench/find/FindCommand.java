package vellum.bench.find;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.Times;
import vellum.bench.process.WorkDirectory;
import vellum.ingest.terminal.Screen;

/** How long a number's records take to be found for an order, and how that grows. */
@Command(
    name = "find",
    header = "A number's records over 13 months, for an order or a request.",
    description = {
      "Fills live months with generated traffic and the records of some numbers, and searches them",
      "as orders and requests do, without a server: a hundredth and a tenth of --records in 13",
      "months, then all in 1, 4 and 13; each without a hold's vault, and with one that keeps the same",
      "numbers' records. Cold: opened anew, nothing of the files in memory (by GNU dd), each number",
      "asked for once; warm: the same numbers thrice more. Every answer is compared with what was",
      "made. A number without records and one with a record a month are asked for --questions times",
      "each, one with 1,000 records in all months a twentieth as often.",
      "Needs about 700 bytes of disk for each record. Give it -Xmx2g in VELLUM_JAVA_OPTS."
    },
    footer = {"", "Example:", "  vellum bench find --records 50000000 --csv find.csv"},
    mixinStandardHelpOptions = true)
public final class FindCommand implements Callable<Integer> {

  private static final int MOST_QUESTIONS = 10_000;
  private static final long BYTES_EACH = 700;
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--records",
      defaultValue = "650000",
      description = "Records of 13 months (default: ${DEFAULT-VALUE}).")
  private long records = 650_000;

  @Option(
      names = "--questions",
      defaultValue = "200",
      description = "Numbers of each kind that are asked for (default: ${DEFAULT-VALUE}).")
  private int questions = 200;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Where to write the figures too, a line for each store and question.")
  private @Nullable Path csv;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to work; nothing stays there (default: among the temporary files).")
  private @Nullable Path dir;

  private final PrintStream out = System.out;
  private final StringBuilder lines = new StringBuilder();
  private int wrong;

  @Override
  public Integer call() throws IOException, InterruptedException {
    FindRun.Plan plan = new FindRun.Plan(records, questions, WARM_UP);
    new Bounds(spec)
        .within("--records", records, SearchedStore.MONTHS, Bounds.MOST_RECORDS)
        .within("--questions", questions, 1, MOST_QUESTIONS)
        .file("--csv", csv)
        .directory("--dir", dir)
        .room(dir, records, BYTES_EACH);
    lines.append(
        "records_a_month,months,vault,question,asked,cold_p50_ms,cold_p99_ms,warm_p50_ms,"
            + "warm_p99_ms,cpu_p50_ms\n");
    header();
    try (WorkDirectory work = WorkDirectory.in(dir)) {
      FindRun run = new FindRun(work, plan);
      run.run(Screen.ofProcess(), this::print);
      if (!run.isDropped()) {
        print("cold: the system's memory of files could not be cleared, so only opened anew");
      }
    }
    if (csv != null) {
      Files.writeString(csv, lines);
    }
    print(wrong == 0 ? "every answer right" : "NOT RIGHT: %,d answers".formatted(wrong));
    return wrong == 0 ? 0 : 1;
  }

  private void header() {
    print(
        "%13s %6s %5s %-23s %6s %21s %21s %9s",
        "", "", "", "", "", "cold, ms: p50 · p99", "warm, ms: p50 · p99", "CPU p50");
    print("%13s %6s %5s %-23s %6s", "records/month", "months", "vault", "number with", "asked");
  }

  private void print(FindRun.Asked asked) {
    wrong += asked.wrong();
    if (!asked.isWithVault()) {
      print("%,d MiB:", asked.liveBytes() >> 20);
    }
    for (Timing one : asked.timings()) {
      print(
          "%,13d %6d %5s %-23s %,6d %10.2f %10.2f %10.2f %10.2f %9.2f",
          asked.recordsAMonth(),
          asked.months(),
          asked.isWithVault() ? "yes" : "no",
          one.question(),
          one.cold().size(),
          one.cold().millisAt(50),
          one.cold().millisAt(99),
          one.warm().millisAt(50),
          one.warm().millisAt(99),
          one.cpu().millisAt(50));
      line(asked, one);
    }
  }

  private void line(FindRun.Asked asked, Timing one) {
    lines.append(asked.recordsAMonth()).append(',').append(asked.months()).append(',');
    lines.append(asked.isWithVault()).append(",\"").append(one.question()).append("\",");
    lines.append(one.cold().size());
    millis(one.cold(), 50);
    millis(one.cold(), 99);
    millis(one.warm(), 50);
    millis(one.warm(), 99);
    millis(one.cpu(), 50);
    lines.append('\n');
  }

  private void millis(Times times, int percent) {
    lines.append(String.format(Locale.ROOT, ",%.3f", times.millisAt(percent)));
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
