package vellum.core.hold;

import java.util.Collection;
import java.util.List;
import vellum.core.seal.HeldScope;
import vellum.core.seal.HeldScopes;

/**
 * The scopes of ongoing holds as they are at this moment, for what seals records that come late.
 * Thread-safe: {@link HoldDesk} sets them, anybody reads them without waiting.
 */
public final class ActiveScopes implements HeldScopes {

  private volatile Picture picture = new Picture(List.of(), 0);

  private record Picture(List<HeldScope> active, long revision) {}

  /** Takes over those that there are now; for one thread at a time. */
  void set(Collection<? extends HeldScope> scopes) {
    Picture before = picture;
    if (!scopes.isEmpty() || !before.active.isEmpty()) {
      picture = new Picture(List.copyOf(scopes), before.revision + 1);
    }
  }

  @Override
  public List<HeldScope> active() {
    return picture.active;
  }

  @Override
  public long revision() {
    return picture.revision;
  }
}
