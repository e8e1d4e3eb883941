package vellum.core.record;

import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;

/**
 * The parts of a record that are versioned and replaced on their own, and the one part of an event
 * of the usage log. Ids are on disk: never reused, and the order in which aspects stand in a row.
 */
public enum AspectKind {
  SUBMISSION(1, DetailRecord.SUBMISSION_FIELD_NUMBER),
  DELIVERY(2, DetailRecord.DELIVERY_FIELD_NUMBER),
  RATING(3, DetailRecord.RATING_FIELD_NUMBER),
  /** One of several, told apart by its number. */
  LEG(4, DetailRecord.LEGS_FIELD_NUMBER),
  /** All of a {@link vellum.v1.UsageRecord} but its header; always of version 1. */
  USAGE(5, 0);

  private final int id;
  private final int field;

  AspectKind(int id, int field) {
    this.id = id;
    this.field = field;
  }

  public int id() {
    return id;
  }

  /** Number of its field in {@link DetailRecord}; 0 when records do not have it. */
  public int field() {
    return field;
  }

  /** The aspect with an id read from disk, or null. */
  public static @Nullable AspectKind ofId(int id) {
    return switch (id) {
      case 1 -> SUBMISSION;
      case 2 -> DELIVERY;
      case 3 -> RATING;
      case 4 -> LEG;
      case 5 -> USAGE;
      default -> null;
    };
  }

  /** The aspect in a field of {@link DetailRecord}, or null. */
  public static @Nullable AspectKind ofField(int field) {
    return switch (field) {
      case DetailRecord.SUBMISSION_FIELD_NUMBER -> SUBMISSION;
      case DetailRecord.DELIVERY_FIELD_NUMBER -> DELIVERY;
      case DetailRecord.RATING_FIELD_NUMBER -> RATING;
      case DetailRecord.LEGS_FIELD_NUMBER -> LEG;
      default -> null;
    };
  }
}
