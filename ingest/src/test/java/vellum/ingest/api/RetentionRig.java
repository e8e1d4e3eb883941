package vellum.ingest.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A real HTTP server over a port for retention, and nothing behind the other ports. */
public final class RetentionRig implements AutoCloseable {

  private static final String TOKEN = "secret-token";

  private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(1);
  private final ApiServer server;

  /** Listens, and leaves endpoint and token in a data directory. */
  public RetentionRig(Path data, RetentionPort port) throws IOException {
    // What is null is never asked: no test here looks up a record or an account.
    this.server =
        ApiServer.start(
            ApiConfig.defaults().at(0),
            new ApiPorts(
                TOKEN,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                () -> 0,
                () -> 0,
                HealthPorts.of(() -> null, List::of),
                port,
                BillingPorts.NONE,
                workers,
                work -> new Thread(work, "test-http")));
    String address = "127.0.0.1:" + server.address().getPort();
    Files.createDirectories(data);
    Files.writeString(data.resolve("token"), TOKEN);
    Files.writeString(
        data.resolve("endpoint.json"),
        "{\"http\":\"%s\",\"tcp\":\"%s\",\"pid\":1}".formatted(address, address));
  }

  @Override
  public void close() {
    server.close();
    workers.shutdownNow();
  }
}
