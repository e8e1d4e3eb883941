package vellum.bench.strip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.WorkDirectory;

/** The strip of a month by a real node: each part's time, memory, disk, and what ingest loses. */
@Command(
    name = "strip",
    header = "A month's end: identities gone, archive made.",
    description = {
      "Fills a month of a node in this process over loopback, moves its clock to the month's",
      "deadline, and prints when identities were gone, how fast the month was rewritten and read",
      "back, and what that took. With --ingest a producer streams into the current month meanwhile.",
      "Needs about 700 bytes of disk for each record. Give it -Xmx2g in VELLUM_JAVA_OPTS."
    },
    mixinStandardHelpOptions = true)
public final class StripCommand implements Callable<Integer> {

  private static final int MOST_SECONDS = 86_400;
  private static final long BYTES_EACH = 700;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--records",
      defaultValue = "2000000",
      description = "Records of the month (default: ${DEFAULT-VALUE}).")
  private long records = 2_000_000;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Seed of the traffic (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(
      names = "--ingest",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "Stream into the current month, this long before the deadline, at most thrice as long"
              + " during the rewriting, and this long after it; 0: do not (default: ${DEFAULT-VALUE}).")
  private int ingestSeconds;

  @Option(
      names = "--lag",
      defaultValue = "100000",
      description = "Most messages sent and not yet applied (default: ${DEFAULT-VALUE}).")
  private long lag = 100_000;

  @Option(names = "--set", description = "A setting of the node; may be given often.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--csv", description = "Where to write the figures too: name,value,unit.")
  private @Nullable Path csv;

  @Option(names = "--dir", description = "Where to keep the data (default: a new temporary one).")
  private @Nullable Path dir;

  @Override
  public Integer call() throws IOException, InterruptedException {
    new Bounds(spec)
        .records(records)
        .within("--ingest", ingestSeconds, 0, MOST_SECONDS)
        .within("--lag", lag, 1, Integer.MAX_VALUE)
        .file("--csv", csv)
        .directory("--dir", dir)
        .room(dir, records, BYTES_EACH);
    try (WorkDirectory work = WorkDirectory.of(dir)) {
      StripRun run =
          new StripRun(
              work.path().resolve("data"),
              new StripRun.Plan(records, seed, ingestSeconds, lag, List.copyOf(settings)));
      StripReport report = run.run();
      report.print(System.out);
      if (csv != null) {
        Files.writeString(csv, report.csv());
      }
      return report.isComplete() ? 0 : 1;
    }
  }
}
