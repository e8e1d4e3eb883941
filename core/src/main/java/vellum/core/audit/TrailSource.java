package vellum.core.audit;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A trail that nobody writes to: an export, or a copy of a data directory. Read more than once. */
public interface TrailSource {

  /** Name of the trail. */
  String origin();

  /** Keys that it says it was signed with: whoever changed it may have changed them too. */
  List<VerifierKey> keys();

  /** How many entries it says it has, if it does. */
  OptionalLong size();

  /** Its checkpoints, as text. */
  void checkpoints(Consumer<String> sink) throws IOException;

  /** Its entries' lines, in its order. */
  void entries(Consumer<byte[]> sink) throws IOException;
}
