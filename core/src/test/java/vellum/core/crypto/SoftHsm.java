package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.RealDisk;

/**
 * A token of SoftHSM 2, made anew for this process; tests that need it are skipped where it is not
 * installed. Each test has labels of its own in it.
 */
public final class SoftHsm {

  static final String PIN = "73519-user";

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));
  private static final Pattern SLOT = Pattern.compile("slot ([0-9]+)\\s*$");

  private static @Nullable SoftHsm one;

  private final Path library;
  private final int slot;

  private SoftHsm(Path library, int slot) {
    this.library = library;
    this.slot = slot;
  }

  /** The token; skips the test where there is none. */
  public static synchronized SoftHsm require() {
    if (one == null) {
      Optional<Path> library = PLACES.stream().filter(Files::isRegularFile).findFirst();
      assumeTrue(
          library.isPresent(),
          "SoftHSM 2 is not installed (Debian: softhsm2): the provider pkcs11 is not tested");
      String conf = System.getenv("SOFTHSM2_CONF");
      assumeTrue(conf != null, "SOFTHSM2_CONF is not set, as Maven does: pkcs11 is not tested");
      one = new SoftHsm(library.orElseThrow(), makeToken(Path.of(conf)));
    }
    return one;
  }

  /** Settings for keys with a label of the test's own. */
  public KekSettings.Pkcs11 settings(Path file, String label) {
    return new KekSettings.Pkcs11(file, library, slot, label);
  }

  public static KekSecret pin() {
    return KekSecret.of(PIN.toCharArray());
  }

  /** Names of the keys that begin with a label, as another program sees them. */
  public SortedSet<String> keys(String label) {
    try {
      SortedSet<String> names = new TreeSet<>(Collections.list(store().aliases()));
      names.removeIf(name -> !name.startsWith(label + "-"));
      return names;
    } catch (Exception e) {
      throw new AssertionError("the token cannot be listed", e);
    }
  }

  /** Has the token forget who is logged in, and with that the sessions' keys. */
  void interrupt() throws Exception {
    ((AuthProvider) store().getProvider()).logout();
  }

  /** The token as another program has it. */
  KeyStore store() throws Exception {
    Provider provider =
        Security.getProvider("SunPKCS11")
            .configure("--name = other\nlibrary = " + library + "\nslot = " + slot + "\n");
    KeyStore store = KeyStore.getInstance("PKCS11", provider);
    store.load(null, PIN.toCharArray());
    return store;
  }

  private static int makeToken(Path conf) {
    try {
      Path tokens = conf.resolveSibling(conf.getFileName() + ".tokens");
      new RealDisk().deleteTree(tokens);
      Files.createDirectories(tokens);
      Files.writeString(
          conf, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
      Process made =
          new ProcessBuilder(
                  "softhsm2-util",
                  "--init-token",
                  "--free",
                  "--label",
                  "vellum-tests",
                  "--so-pin",
                  "73519-officer",
                  "--pin",
                  PIN)
              .redirectErrorStream(true)
              .start();
      String text = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(made.waitFor(20, TimeUnit.SECONDS)).as(text).isTrue();
      assertThat(made.exitValue()).as(text).isZero();
      Matcher slot = SLOT.matcher(text.strip());
      assertThat(slot.find()).as(text).isTrue();
      return Integer.parseInt(slot.group(1));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("softhsm2-util does not run", e);
    }
  }
}
