package vellum.bench.peers;

import java.util.Locale;

/**
 * What a peer keeps of a record, as a column of its tables. Vellum and a pure log get the message
 * itself ({@link PeerRecord#message}), which holds more: details of the channel, free texts, second
 * legs. That they are left out here is in favour of the peers.
 */
enum PeerColumn {
  /** A UUIDv7: {@link PeerRecord#id}, {@link PeerRecord#idHigh}, {@link PeerRecord#idLow}. */
  RECORD_ID(Type.ID),
  ACCOUNT(Type.TEXT),
  /** Decides the month, UTC. */
  STARTED_AT(Type.TIME),
  CHANNEL(Type.SMALL),
  DIRECTION(Type.SMALL),
  TRAFFIC_TYPE(Type.SMALL),
  PRODUCER(Type.TEXT),
  APPLICATION(Type.TEXT),
  CAMPAIGN(Type.TEXT),
  BULK_ID(Type.TEXT),
  /** Number, address or chat id, or a business's alphanumeric name. */
  SENDER(Type.IDENTITY),
  /** Number, address or chat id. */
  RECIPIENT(Type.IDENTITY),
  /** Of the recipient, or of the sender where the communication came from outside. */
  COUNTRY(Type.TEXT),
  MCC_MNC(Type.TEXT),
  PORTED_MCC_MNC(Type.TEXT),
  STATUS_GROUP(Type.SMALL),
  STATUS(Type.TEXT),
  ERROR_GROUP(Type.SMALL),
  ERROR_CODE(Type.TEXT),
  ATTEMPTS(Type.SMALL),
  SENT_AT(Type.TIME),
  DONE_AT(Type.TIME),
  UNITS(Type.LONG),
  UNIT_TYPE(Type.SMALL),
  SALE_NANOS(Type.LONG),
  COST_NANOS(Type.LONG),
  CURRENCY(Type.TEXT),
  RATE_PLAN(Type.TEXT),
  RATED_AT(Type.TIME),
  DURATION_MS(Type.LONG),
  SUPPLIER(Type.TEXT),
  CONNECTION(Type.TEXT),
  ROUTE(Type.TEXT),
  SUPPLIER_MESSAGE_ID(Type.TEXT),
  SUPPLIER_STATUS(Type.TEXT),
  LEG_COST_NANOS(Type.LONG),
  LEG_CURRENCY(Type.TEXT);

  /** How a column's values are read and kept. */
  enum Type {
    /** A UUID. */
    ID,
    /** Microseconds since 1970, UTC; 0 where there is none. */
    TIME,
    /** At most 32,767, as the schema numbers it; 0 where there is none. */
    SMALL,
    LONG,
    /** ASCII; empty where there is none. */
    TEXT,
    /**
     * Text that names a person: stored apart from the record, gone after the strip, looked up by
     * {@link Peer#find}.
     */
    IDENTITY
  }

  private final Type type;

  PeerColumn(Type type) {
    this.type = type;
  }

  Type type() {
    return type;
  }

  boolean isText() {
    return type == Type.TEXT || type == Type.IDENTITY;
  }

  /** As a column of a table is named: {@code started_at}. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
