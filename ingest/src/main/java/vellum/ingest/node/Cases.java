package vellum.ingest.node;

import vellum.core.casefile.CaseAudit;
import vellum.core.casefile.CaseFiles;
import vellum.core.crypto.KeyRing;
import vellum.core.hold.ActiveScopes;
import vellum.core.hold.HoldDesk;

/**
 * Cases of a node and the desk of holds: what must be known before anything is sealed or erased.
 * Its parts are thread-safe.
 *
 * @param audit entries about cases, sealed where they are secret
 * @param scopes of ongoing holds
 */
record Cases(CaseFiles files, CaseAudit audit, ActiveScopes scopes, HoldDesk holds) {

  /**
   * Opens all cases.
   *
   * @throws vellum.core.casefile.CaseException.Corrupt when one is not what was written
   */
  static Cases open(Vault vault, Vault.Machine machine) {
    KeyRing keys = vault.keys().ring();
    CaseFiles files = CaseFiles.open(vault.control(), keys, machine.random(), machine.clock());
    ActiveScopes scopes = new ActiveScopes();
    return new Cases(
        files,
        new CaseAudit(vault.auditing().audit(), keys, machine.random(), machine.clock()),
        scopes,
        HoldDesk.open(new HoldDesk.Parts(files, keys, machine.random(), machine.clock(), scopes)));
  }
}
