package vellum.bench.process;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process uses, as Linux tells it (proc(5)); 0 of one that has ended. No state; thread-safe.
 */
public final class Usage {

  private static final int KIB = 1024;

  private Usage() {}

  /** CPU time of this process since it started, in nanoseconds. */
  public static long ownCpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Anonymous memory of this process, in bytes. */
  public static long ownResidentBytes() {
    return residentBytes(ProcessHandle.current().pid());
  }

  /** Anonymous memory, in bytes: no files. */
  public static long residentBytes(long pid) {
    return KIB * field(pid, "status", "RssAnon:");
  }

  /** Anonymous pages and shared memory, whose pages count once, in bytes: no files. */
  public static long proportionalBytes(long pid) {
    return KIB
        * (field(pid, "smaps_rollup", "Pss_Anon:") + field(pid, "smaps_rollup", "Pss_Shmem:"));
  }

  /** Bytes that it has caused to be written to disks, its mapped files included. */
  public static long writtenBytes(long pid) {
    return field(pid, "io", "write_bytes:");
  }

  private static long field(long pid, String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + '/' + file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }
}
