package vellum.core.audit;

/**
 * What an entry is about. Names are stored: none is renamed, and none that was dropped is used
 * again.
 */
public enum AuditEvent {
  /** Identities were shown in clear. */
  IDENTITIES_REVEALED(true),
  /** Records of a person were looked for, by number or address. */
  SUBJECT_LOOKED_UP,
  /** Events of the usage log were looked for, by user or address. */
  USAGE_LOOKED_UP,
  /** Another retention policy was put into force. */
  POLICY_CHANGED(true),
  /** What accounts and suppliers are was changed. */
  ACCOUNTS_CHANGED,
  /** A month was rewritten without identities, and its certificate signed. */
  RECORDS_STRIPPED,
  /** A period came to its end and was removed, and its certificate signed. */
  PERIOD_REMOVED,
  /** Somebody took the machine's clock as true. */
  CLOCK_CONFIRMED(true),
  /** The key of a period was made. */
  KEY_CREATED,
  /** The key of a period was destroyed. */
  KEY_DESTROYED,
  /** The first key-encryption key was made. */
  KEY_ENCRYPTION_CREATED,
  /** The key-encryption key was replaced, and the old one destroyed. */
  KEY_ENCRYPTION_ROTATED,
  /**
   * The secret of the key-encryption key was given: by somebody to a server that started without
   * it, or by the settings.
   */
  KEY_UNSEALED,
  /** Somebody had the key-encryption key replaced, and perhaps its secret. */
  KEY_ROTATION_ORDERED(true),
  /** A copy of the keys was registered. */
  KEY_BACKUP_ADDED,
  /** A registered copy of the keys was brought up to date, or could not be. */
  KEY_BACKUP_WRITTEN,
  /** The key that signs the trail's checkpoints was made, or is another one than before. */
  AUDIT_KEY_USED,
  /** The server did more by itself than it could keep in memory while the disk was full. */
  ENTRIES_LOST,
  /** A token was made. */
  TOKEN_CREATED,
  /** A token was ended before its time. */
  TOKEN_REVOKED,
  /** A server started with the settings of the start before. */
  CONFIGURATION_LOADED,
  /** A server started with other settings, or took others over. */
  CONFIGURATION_CHANGED,
  /** A billing period was closed. */
  PERIOD_CLOSED,
  /** A closed billing period was opened again. */
  PERIOD_REOPENED(true),
  /** Somebody put a posting on a bill by hand. */
  POSTING_ADDED(true),
  /** Records were priced anew. */
  RERATE_ORDERED(true),
  /** Records in suspense were corrected and sent again. */
  SUSPENSE_RECYCLED,
  /** Records in suspense were given up. */
  SUSPENSE_WRITTEN_OFF(true),
  /** Identities are to be kept beyond their deadline, for a case. */
  HOLD_PLACED(true),
  /** A hold got another end. */
  HOLD_EXTENDED(true),
  /** A hold was ended, or came to its end, and what it kept was erased. */
  HOLD_RELEASED(true),
  /** Identities of a period were copied for a hold. */
  HOLD_COPIED,
  /** An authority's order was taken up. */
  ORDER_CREATED,
  /** An order was given to a second person to decide. */
  ORDER_SUBMITTED,
  /** A second person let an order be answered. */
  ORDER_APPROVED,
  /** A second person refused an order. */
  ORDER_REJECTED(true),
  /** Records were looked for and packed for an order. */
  ORDER_RUN,
  /** An order's package was handed over. */
  ORDER_DELIVERED,
  /** The journal of disclosures was read. */
  DISCLOSURES_READ,
  /** A person asked for what is theirs. */
  REQUEST_CREATED,
  /** A person's request was granted or refused. */
  REQUEST_DECIDED(true),
  /** The time to answer a person was extended. */
  REQUEST_EXTENDED(true),
  /** A person was answered. */
  REQUEST_ANSWERED,
  /** A person's request was closed. */
  REQUEST_CLOSED,
  /** The identities of one person were erased before their deadline. */
  PERSON_ERASED(true),
  /** The identities of one person are shown to nobody, or are again. */
  PERSON_RESTRICTED,
  /** A case was read. */
  CASE_READ,
  /** The time of a closed case was over, and its key destroyed. */
  CASE_EXPIRED;

  private final boolean needsReason;

  AuditEvent() {
    this(false);
  }

  AuditEvent(boolean needsReason) {
    this.needsReason = needsReason;
  }

  /** Whether an entry about it must say why. */
  public boolean needsReason() {
    return needsReason;
  }
}
