package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.store.StoreException;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/** What a person reads when a command fails. */
final class FaultsTest {

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;

  @Test
  void shouldNameThePortThatIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      for (String option : List.of("--tcp", "--http")) {
        String other = option.equals("--tcp") ? "--http" : "--tcp";

        int exitCode =
            terminal.run(
                "serve", "--data", directory.resolve("d"), option, address, other, "127.0.0.1:0");

        assertThat(exitCode).isEqualTo(1);
        assertThat(last(terminal.err()))
            .contains("cannot listen at " + address)
            .contains("say another with " + option);
      }
    }
  }

  @Test
  void shouldSayWhichFileOfKeysIsGarbled() throws IOException {
    Path kek = directory.resolve("kek");
    Files.writeString(kek, "nonsense");

    int exitCode =
        terminal.run(
            "serve",
            "--data",
            directory.resolve("d"),
            "--set",
            "node.key_encryption_file=" + kek,
            "--tcp",
            "127.0.0.1:0",
            "--http",
            "127.0.0.1:0");

    assertThat(exitCode).isEqualTo(1);
    assertThat(last(terminal.err())).contains(kek.toString()).doesNotContain("VELLUM_DEBUG");
  }

  @Test
  void shouldSayWhatToDoAboutADamagedStore() throws IOException {
    Path store = Files.createDirectory(directory.resolve("store"));
    Files.writeString(store.resolve("FORMAT"), "something else");
    try (Stores stores = new Stores(new RealDisk(), 1 << 20, 1)) {
      stores.open(store, List.of(), StoreOptions.control()).close();
    } catch (StoreException.WrongFormat e) {
      Faults.Fault fault = Faults.of(new ExecutionException(e));

      assertThat(fault.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(fault.line()).contains(store.toString()).contains("from a backup");
      return;
    }
    throw new AssertionError("the store opened");
  }

  @Test
  void shouldUnwrapAFailureOfAFile() {
    Faults.Fault fault =
        Faults.of(new UncheckedIOException("opening", new NoSuchFileException("/d/token")));

    assertThat(fault.line()).isEqualTo("there is no file /d/token");
  }

  @Test
  void shouldShowTheTypeOnlyOfAForeignFailure() {
    Faults.Fault fault = Faults.of(new IllegalStateException("+491701237777"));

    assertThat(fault.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(fault.line()).contains("IllegalStateException").doesNotContain("491701237777");
  }

  private static String last(String lines) {
    return lines.lines().reduce("", (before, line) -> line);
  }
}
