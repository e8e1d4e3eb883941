package vellum.core.envelope;

import java.security.SecureRandom;
import java.util.function.Supplier;
import org.bouncycastle.cms.RecipientInfoGenerator;

/** Whom envelopes are for. Immutable, thread-safe. */
public sealed interface Recipient permits AgencyCertificate, Passphrase {

  /** What it is, for manifests and people; no secret. */
  String description();

  /** What wraps the keys of several envelopes, one after the other. */
  Wrapping wrapping(SecureRandom random);

  /** A wrapping of keys, which nobody outside of this package looks into. For one thread. */
  final class Wrapping {

    private final Supplier<RecipientInfoGenerator> generators;

    Wrapping(Supplier<RecipientInfoGenerator> generators) {
      this.generators = generators;
    }

    /** Of the next envelope. */
    RecipientInfoGenerator next() {
      return generators.get();
    }
  }
}
