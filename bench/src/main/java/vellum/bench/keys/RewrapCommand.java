package vellum.bench.keys;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.WorkDirectory;

/** What a rotation of the key-encryption key takes when there are many keys of cases. */
@Command(
    name = "rewrap",
    header = "A rotation of the key-encryption key over many keys of cases.",
    description = {
      "Makes keys of cases, a file each, wraps all of them by another key-encryption key, and opens",
      "them with that alone: a hundredth of --keys, a tenth, all. Every key is compared."
    },
    mixinStandardHelpOptions = true)
public final class RewrapCommand implements Callable<Integer> {

  private static final int MOST_KEYS = 1_000_000;
  private static final double SECOND = 1e9;
  private static final double MILLI = 1e6;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--keys",
      defaultValue = "10000",
      description = "Keys of cases (default: ${DEFAULT-VALUE}).")
  private int keys = 10_000;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to work; nothing stays there (default: among the temporary files).")
  private @Nullable Path dir;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    new Bounds(spec).within("--keys", keys, 1, MOST_KEYS).directory("--dir", dir);
    boolean isRight = true;
    print("%9s %12s %12s %12s %12s", "keys", "made", "opened", "rewrapped", "a key");
    try (WorkDirectory work = WorkDirectory.in(dir)) {
      for (int count : steps(keys)) {
        Path directory = work.path().resolve("data-" + count);
        KeyTrial.Cost cost = new KeyTrial(directory).run(count);
        work.drop(directory);
        isRight &= cost.isRight();
        print(
            "%,9d %10.2f s %10.2f s %10.2f s %9.2f ms",
            count,
            cost.madeNanos() / SECOND,
            Math.max(cost.openedNanos(), cost.reopenedNanos()) / SECOND,
            cost.rewrappedNanos() / SECOND,
            cost.rewrappedNanos() / MILLI / count);
      }
    }
    print(isRight ? "every key is what it was" : "NOT RIGHT: keys differ");
    return isRight ? 0 : 1;
  }

  /** A hundredth, a tenth, and all, where that is one at least. */
  static List<Integer> steps(int keys) {
    List<Integer> steps = new ArrayList<>();
    for (int part : new int[] {100, 10, 1}) {
      if (keys / part > 0) {
        steps.add(keys / part);
      }
    }
    return steps;
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
