package vellum.ingest.importer;

import java.io.IOException;

/** What the file holds cannot be read on from here: its compression or its JSON is broken. */
final class BrokenInput extends IOException {

  BrokenInput(String reason) {
    super(reason);
  }
}
