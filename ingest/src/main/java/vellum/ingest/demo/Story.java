package vellum.ingest.demo;

/** What a demo tells. */
public enum Story {
  /** The way of a record, from its coming to its year's end. */
  LIFE,
  /** A hold, an order of an authority, and their end. */
  LAWFUL
}
