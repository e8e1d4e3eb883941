package vellum.core.seal;

import java.util.List;

/**
 * Port: the holds that take what comes late, as sealing must know them. Thread-safe; {@link
 * #revision} is asked at every batch and costs no more than a look at a field.
 */
public interface HeldScopes {

  /** Nothing is held. */
  HeldScopes NONE =
      new HeldScopes() {
        @Override
        public List<HeldScope> active() {
          return List.of();
        }

        @Override
        public long revision() {
          return 0;
        }
      };

  /** Holds that go on taking records. */
  List<HeldScope> active();

  /** Grows whenever {@link #active} may answer something else. */
  long revision();
}
