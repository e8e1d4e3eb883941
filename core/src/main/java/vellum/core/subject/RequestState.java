package vellum.core.subject;

import java.util.Locale;

/**
 * How far a request is. Names are stored: none is renamed.
 *
 * <pre>
 *   OPEN ──decide──▶ DECIDED ──answer──▶ WORKING ──▶ DONE ──close──▶ CLOSED
 *                       ▲                   │
 *                       └──── broken off ───┘
 * </pre>
 *
 * What needs no work (a refusal, a restriction) goes from DECIDED to DONE at once. A request that
 * was withdrawn is closed from OPEN or DECIDED.
 */
public enum RequestState {
  OPEN,
  DECIDED,
  WORKING,
  DONE,
  CLOSED;

  /** The name as interfaces say it: {@code open}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
