package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JournalProcessTest {

  private static final int KILLS = Integer.getInteger("vellum.kills", 2);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(JournalConfig.Ack.class)
  void shouldKeepEveryAcknowledgedBatchWhenItIsKilled(JournalConfig.Ack ack) throws Exception {
    long seed = Long.getLong("vellum.seed", System.nanoTime());
    System.out.println("JournalProcessTest seed " + seed + " " + ack);
    Random random = new Random(seed);
    long acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int acksToWaitFor = 50 + random.nextInt(1_500);
      Process child = start(any -> true, ack, Integer.MAX_VALUE);
      try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
        String line = out.readLine();
        assertThat(line).startsWith("last ");
        assertThat(Long.parseLong(line.substring(5))).isGreaterThanOrEqualTo(acknowledged);
        for (int i = 0; i < acksToWaitFor; i++) {
          acknowledged = Long.parseLong(out.readLine().substring(4));
        }
        child.toHandle().destroyForcibly();
        acknowledged = Math.max(acknowledged, rest(out));
      }
      child.waitFor();
      assertThat(last(ack)).isGreaterThanOrEqualTo(acknowledged);
    }
  }

  private static long rest(BufferedReader out) throws Exception {
    long last = 0;
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.matches("ack \\d+")) {
        // A last line that was cut gives a smaller number.
        last = Math.max(last, Long.parseLong(line.substring(4)));
      }
    }
    return last;
  }

  /** Reads everything, which checks that nothing is missing between. */
  private long last(JournalConfig.Ack ack) {
    try (JournalRig rig = new JournalRig(directory, JournalRig.config(ack))) {
      List<String> read = rig.readAfter(0);
      assertThat(read).hasSize((int) rig.journal.forced());
      StreamLease lease = rig.lease();
      long records = read.stream().filter(line -> line.contains("RECORDS")).count();
      assertThat(lease.lastSequence()).isEqualTo(records);
      return lease.lastSequence();
    }
  }

  @Test
  void shouldForceWithoutTheNativeCallsOfTheQueue() throws Exception {
    Process child = start(entry -> !entry.contains("jnr-"), JournalConfig.Ack.DISK, 100);
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

    assertThat(child.waitFor()).as(output).isZero();
    assertThat(output).contains("ack 100").containsPattern("forces [1-9]");
    assertThat(last(JournalConfig.Ack.DISK)).isEqualTo(100);
  }

  private Process start(Predicate<String> onClassPath, JournalConfig.Ack ack, int limit)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            flag -> flag.startsWith("--") || flag.startsWith("-D") && flag.contains("chronicle"))
        .forEach(command::add);
    command.add("-Xmx128m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.add(
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(onClassPath)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(JournalChild.class.getName());
    command.add(directory.toString());
    command.add(ack.name());
    command.add(String.valueOf(limit));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
