package vellum.core.log;

import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * What log lines are about: a code for programs, which stays when the words of the line change.
 * Every line of ours names one; files have it as {@code event.code}. Codes are never reused.
 */
public enum Event {
  NODE_READY("the server takes records and answers"),
  NODE_SEALED("the server waits for the secret of its keys, and takes no records until then"),
  NODE_UNSEALED("a sealed server was given its secret, and opens its data"),
  UNSEAL_REFUSED("a sealed server was given a secret that does not open its keys"),
  START_WARNING("the machine is usable, and not as it should be"),
  NODE_STOPPING("a stop has begun: nothing new is taken"),
  NODE_STOPPED("everything is closed"),
  STOP_UNAPPLIED("a stop left entries of the journal to the next start"),
  STOP_OVERDUE("a stop took longer than node.stop_within; the process ends at once"),
  STOP_FAULT("a part could not be closed; the next start recovers from the journal"),
  PART_STOPPED("a part failed for good; no records are taken"),
  DISK_LOW("free space is below journal.reserve_bytes; no records are taken"),
  DISK_RESUMED("there is space again; records are taken"),
  WORKER_WAITS("a part failed, and tries again"),
  WORKER_RESUMED("a part that had failed goes on"),
  CONFIG_CHANGED("a setting was changed in the running server"),
  CONFIG_KEPT("a changed setting counts from the next start on"),
  CONFIG_REFUSED("the changed configuration is wrong; nothing was changed"),
  CONFIG_READ("the configuration was read again"),
  CLOCK_TRUSTED("what is due is erased"),
  CLOCK_UNTRUSTED("nothing is erased until somebody confirms the clock"),
  ERASING_LATE("what is due is erased later, by the time of stops that nobody measured"),
  PERIOD_WAITS("a period waits for something that comes by itself"),
  PERIOD_RETRIED("a step of a period's end failed, and is tried again"),
  PERIOD_STOPPED("a step of a period's end failed; it is not tried before the next start"),
  ERASURE_RETRIED("a step of a person's erasure failed, and is tried again"),
  ERASURE_STOPPED("a step of a person's erasure failed; it is not tried before the next start"),
  CERTIFICATE_STORED("a period has come to its end, and its certificate is stored"),
  CASE_WAITS("work on a case failed, and is tried again"),
  AUDIT_UNAVAILABLE("the audit trail cannot be written; what must stand in it is not answered"),
  AUDIT_RESUMED("the audit trail is written again"),
  AUDIT_COPIED("checkpoints of the audit trail are copied to the second place again"),
  AUDIT_UNCOPIED("checkpoints of the audit trail cannot be copied to the second place"),
  TLS_USED("both servers speak TLS, by this engine"),
  TLS_RELOADED("new TLS files count from the next connection on"),
  TLS_KEPT("changed TLS files are wrong; those of before stay in use"),
  TLS_EXPIRED("the servers' certificate has expired: no client connects any more"),
  ANSWER_UNKEPT("an answer could not be kept under its idempotency key"),
  POLICY_UNREADABLE("an old version of the retention policy cannot be read any more"),
  TOTALS_REMADE("totals of a month were made anew of its records"),
  TOTALS_UNFLUSHED("totals that were made anew are not on the disk yet"),
  RERATE_BEGUN("a re-rating began to change records"),
  RERATE_FAULT("a re-rating failed"),
  ORDER_READY("a package was made for an order"),
  ORDER_FAULT("the run of an order failed"),
  EMERGENCY_UNAPPROVED("an order ran in an emergency, and nobody approved it in time"),
  CONNECTION_ENDED("the streaming server ended a connection"),
  CONNECTION_FAULT("a connection met a fault of the server"),
  RECEIPT_FAULT("who waited for the journal's answer threw"),
  REQUEST_FAULT("a request met a fault of the server"),
  REQUEST_BROKEN_OFF("the answer to a person's request was broken off, and can be made anew"),
  STORE_DAMAGED("a request met a damaged month"),
  METRICS_FAULT("figures could not be gathered; the last ones stand"),
  CLIENT_DISCONNECTED("the Java client lost its connection, and connects again"),
  CLIENT_STORE_RESTORED("the Java client sees a server that was restored from a backup"),
  CLIENT_CALLBACK_FAULT("a callback of the Java client's user threw");

  private final String meaning;

  Event(String meaning) {
    this.meaning = meaning;
  }

  /** One line for people. */
  public String meaning() {
    return meaning;
  }

  /** What a log line is marked with. */
  public Marker code() {
    return MarkerFactory.getMarker(name());
  }
}
