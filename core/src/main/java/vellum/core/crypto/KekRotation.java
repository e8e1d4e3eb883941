package vellum.core.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rotation of the key-encryption key: the next one is made durable, wraps everything anew, and
 * takes the place of the old one, which is shredded. With it goes the last way to open copies of
 * keys that were destroyed. Resumable at every step. Thread-safe: rotations wait for each other.
 */
public final class KekRotation {

  private final KekProvider provider;
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
  public KekRotation(KekProvider provider, List<Wrapped> wrapped) {
    this.provider = provider;
    this.wrapped = List.copyOf(wrapped);
  }

  /**
   * Replaces the key-encryption key by one that is made now. A rotation that was cut short is
   * finished first and does not count: its key may have wrapped a secret that was destroyed since.
   *
   * @throws CryptoException.KeyStorageFailed when the disk refused, or TokenFailed when the token
   *     did; to be repeated
   */
  public synchronized Rotated rotate() {
    String from = provider.current().id();
    resume();
    return finish(from);
  }

  /**
   * The same, and from now on the key is under another secret. When it fails once the old secret is
   * not good any more, the new one is, and the rotation is to be repeated without it.
   *
   * @throws CryptoException.WrongSecret when the secret is not fit, or the provider has none;
   *     nothing is changed
   */
  public synchronized Rotated rotate(KekSecret secret) {
    resume();
    provider.change(secret);
    return rotate();
  }

  /** Finishes a rotation that was cut short; empty when there was none. For the start of a node. */
  public synchronized Optional<Rotated> resume() {
    if (!provider.rotating()) {
      return Optional.empty();
    }
    String from = provider.current().id();
    return Optional.of(finish(from));
  }

  /** Who hears of rotations from now on, and of those before at once. */
  public synchronized void tell(Consumer<Rotated> hearer) {
    listener = hearer;
    untold.forEach(hearer);
    untold.clear();
  }

  private Rotated finish(String from) {
    KeyEncryption next = provider.begin();
    wrapped.forEach(each -> each.rewrap(next));
    provider.promote();
    Rotated rotated = new Rotated(from, next.id());
    listener.accept(rotated);
    return rotated;
  }
}
