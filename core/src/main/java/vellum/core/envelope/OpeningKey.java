package vellum.core.envelope;

import org.bouncycastle.cms.RecipientInformation;
import org.jspecify.annotations.Nullable;

/** What opens envelopes. Thread-safe. */
public sealed interface OpeningKey permits AgencyKey, Passphrase {

  /** How to open what is addressed in a way, or null when this key does not. */
  @Nullable Opening opening(Addressed to);

  /** A receiver as an envelope names it; nobody outside of this package looks into it. */
  final class Addressed {

    private final RecipientInformation information;

    Addressed(RecipientInformation information) {
      this.information = information;
    }

    RecipientInformation information() {
      return information;
    }
  }

  /** A way to open; likewise. */
  final class Opening {

    private final org.bouncycastle.cms.Recipient recipient;

    Opening(org.bouncycastle.cms.Recipient recipient) {
      this.recipient = recipient;
    }

    org.bouncycastle.cms.Recipient recipient() {
      return recipient;
    }
  }
}
