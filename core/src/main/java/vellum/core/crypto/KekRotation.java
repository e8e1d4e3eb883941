package vellum.core.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rotation of the key-encryption key: the next one is made durable, wraps everything anew, and
 * takes the place of the old one, which is shredded. With it goes the last way to open copies of
 * keys that were destroyed. Resumable at every step; used by one thread at a time.
 */
public final class KekRotation {

  private final KekFiles files;
  private final List<Wrapped> wrapped;

  /** What was done before anybody listened: a node finishes a rotation before it is open. */
  private final List<Rotated> untold = new ArrayList<>();

  private Consumer<Rotated> listener = untold::add;

  /**
   * What a rotation did.
   *
   * @param from id of the key-encryption key that is gone
   * @param to id of the one that wraps everything now
   */
  public record Rotated(String from, String to) {}

  /**
   * @param wrapped everything that the key wraps; what is left out is lost at the first rotation
   */
  public KekRotation(KekFiles files, List<Wrapped> wrapped) {
    this.files = files;
    this.wrapped = List.copyOf(wrapped);
  }

  /**
   * Replaces the key-encryption key by one that is made now. A rotation that was cut short is
   * finished first and does not count: its key may have wrapped a secret that was destroyed since.
   *
   * @throws CryptoException.KeyStorageFailed when the disk refused; to be repeated
   */
  public Rotated rotate() {
    String from = files.current().id();
    resume();
    return finish(from);
  }

  /** Finishes a rotation that was cut short; empty when there was none. For the start of a node. */
  public Optional<Rotated> resume() {
    if (!files.rotating()) {
      return Optional.empty();
    }
    String from = files.current().id();
    return Optional.of(finish(from));
  }

  /** Who hears of rotations from now on, and of those before at once. */
  public void tell(Consumer<Rotated> hearer) {
    listener = hearer;
    untold.forEach(hearer);
    untold.clear();
  }

  private Rotated finish(String from) {
    KeyEncryption next = files.begin();
    wrapped.forEach(each -> each.rewrap(next));
    files.promote();
    Rotated rotated = new Rotated(from, next.id());
    listener.accept(rotated);
    return rotated;
  }
}
