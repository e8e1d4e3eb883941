package vellum.ingest.node;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.Native;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import vellum.core.disk.MomentDirectory;
import vellum.core.disk.RealDisk;
import vellum.core.store.Stores;

/** Whether the native libraries load: RocksDB and Zstandard must, Netty's epoll may. Stateless. */
final class NativeCheck {

  private static final long LEAST_CACHE = 1 << 20;

  private NativeCheck() {}

  static void libraries(List<String> problems, List<String> warnings) {
    load("rocksdbjni", () -> new Stores(new RealDisk(), LEAST_CACHE, 1).close(), problems);
    load("zstd-jni", NativeCheck::zstandard, problems);
    if (!Epoll.isAvailable()) {
      warnings.add(
          "netty's epoll library does not load ("
              + Epoll.unavailabilityCause()
              + "): slower sockets are used");
    }
  }

  /** Its jar would leave it in the temporary directory until an orderly end. */
  private static void zstandard() {
    try (MomentDirectory place = MomentDirectory.make()) {
      Native.load(place.path().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("it cannot be unpacked", e);
    }
    Zstd.maxCompressionLevel();
  }

  /** Runs something that loads a library. */
  static void load(String library, Runnable first, List<String> problems) {
    try {
      first.run();
    } catch (LinkageError | RuntimeException e) {
      problems.add(
          "the native library of "
              + library
              + " does not load on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + e
              + "): Linux with glibc on x86-64 or ARM64 is needed, and a temporary directory that"
              + " programs may run from (-Djava.io.tmpdir=DIR in VELLUM_JAVA_OPTS)");
    }
  }
}
