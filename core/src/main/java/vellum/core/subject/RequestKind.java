package vellum.core.subject;

import java.util.Locale;

/** What a person asks for. Names are stored: none is renamed. */
public enum RequestKind {
  /** What is kept about the person, and why. */
  ACCESS,
  /** The same in a form to take elsewhere: owed only under consent or contract. */
  PORTABILITY,
  /** The person's identities removed before their month's own end. */
  ERASURE,
  /** Records kept, and shown to nobody but for holds and orders. */
  RESTRICTION,
  /** The processing itself is objected to: assessed, and decided with a reason. */
  OBJECTION,
  /** A wrong identity put right. */
  RECTIFICATION;

  /** The name as interfaces say it: {@code access}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether records of the person are collected for the answer. */
  boolean givesRecords() {
    return this == ACCESS || this == PORTABILITY;
  }

  /** Whether what its answer changes goes on by itself after a stop. */
  boolean changesRecords() {
    return this == ERASURE || this == RECTIFICATION;
  }

  /** Whether identities are hidden from the day it is granted until it is closed. */
  boolean restricts() {
    return this == RESTRICTION || this == OBJECTION;
  }
}
