package vellum.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import vellum.core.store.StoreRows;

/** The trail in a copy of a data directory, or of its control store, which nobody has open. */
public final class TrailCopy implements TrailSource {

  private final Path control;
  private final Path scratch;
  private final List<VerifierKey> keys = new ArrayList<>();
  private String origin = "";
  private OptionalLong size = OptionalLong.empty();

  private TrailCopy(Path control, Path scratch) {
    this.control = control;
    this.scratch = scratch;
  }

  /**
   * Opens the trail of a directory.
   *
   * @param directory of the data, or of the control store
   * @param scratch directory for the engine's own messages
   * @throws AuditException.Unreadable when it has no trail
   */
  public static TrailCopy open(Path directory, Path scratch) {
    Path control = directory.resolve("control");
    TrailCopy copy = new TrailCopy(Files.isDirectory(control) ? control : directory, scratch);
    copy.visit(TrailRows.STATE.name(), copy::readState);
    if (copy.origin.isEmpty()) {
      throw new AuditException.Unreadable(directory + " has no audit trail");
    }
    return copy;
  }

  private void readState(byte[] key, byte[] value) {
    String name = new String(key, UTF_8);
    if (name.equals(new String(TrailRows.ORIGIN, UTF_8))) {
      origin = new String(value, UTF_8);
    } else if (name.equals(new String(TrailRows.HEAD, UTF_8))) {
      size = OptionalLong.of(TrailRows.readHead(value).tree().size());
    } else if (name.startsWith(TrailRows.KEY)) {
      keys.add(VerifierKey.parse(name.substring(TrailRows.KEY.length())));
    }
  }

  /** Hears a row. */
  private interface RowSink {
    void row(byte[] key, byte[] value);
  }

  private void visit(String table, RowSink sink) {
    StoreRows.visit(control, scratch, table::equals, (name, key, value) -> sink.row(key, value));
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public List<VerifierKey> keys() {
    return List.copyOf(keys);
  }

  @Override
  public OptionalLong size() {
    return size;
  }

  @Override
  public void checkpoints(Consumer<String> sink) {
    visit(TrailRows.CHECKPOINTS.name(), (key, value) -> sink.accept(new String(value, UTF_8)));
  }

  @Override
  public void entries(Consumer<byte[]> sink) {
    visit(TrailRows.ENTRIES.name(), (key, value) -> sink.accept(value));
  }
}
