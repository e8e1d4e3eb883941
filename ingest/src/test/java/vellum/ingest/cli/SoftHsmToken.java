package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token of SoftHSM 2, for one class of tests of a process: its library reads once where tokens
 * are.
 *
 * @param settings that name it
 */
record SoftHsmToken(List<String> settings) {

  static final String PIN = "73519-user";

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));
  private static final Pattern SLOT = Pattern.compile("slot ([0-9]+)\\s*$");

  /** Makes one in a directory; skips the test where SoftHSM is not installed. */
  static SoftHsmToken require(Path directory) throws Exception {
    Optional<Path> library = PLACES.stream().filter(Files::isRegularFile).findFirst();
    assumeTrue(
        library.isPresent(),
        "SoftHSM 2 is not installed (Debian: softhsm2): the provider pkcs11 is not tested");
    String conf = System.getenv("SOFTHSM2_CONF");
    assumeTrue(conf != null, "SOFTHSM2_CONF is not set, as Maven does: pkcs11 is not tested");
    Path tokens = Files.createDirectory(directory.resolve("tokens"));
    Files.writeString(
        Path.of(conf), "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
    Process made =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "vellum",
                "--so-pin",
                "73519-officer",
                "--pin",
                PIN)
            .redirectErrorStream(true)
            .start();
    String text = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(text).isZero();
    Matcher slot = SLOT.matcher(text.strip());
    assertThat(slot.find()).as(text).isTrue();
    return new SoftHsmToken(
        List.of(
            "keys.provider=pkcs11",
            "keys.pkcs11_library=" + library.orElseThrow(),
            "keys.pkcs11_slot=" + slot.group(1)));
  }
}
