package vellum.core.subject;

import vellum.core.casefile.CaseSubject;

/**
 * A wrong identity and the right one: what a rectification puts in place of what. Immutable.
 *
 * @param wrong as records have it; one of the request's subjects
 * @param right of the person; another identity of the same kind
 */
public record Correction(CaseSubject wrong, CaseSubject right) {

  public Correction {
    if (wrong.kind() != right.kind()) {
      throw new RequestException.BadCorrection(
          "a " + wrong.kind().text() + " is put right by another, not by a " + right.kind().text());
    }
    if (wrong.value().equals(right.value())) {
      throw new RequestException.BadCorrection("the right identity is the wrong one");
    }
  }

  /** Says what kind they are, and never who. */
  @Override
  public String toString() {
    return "another " + right.kind().text();
  }
}
