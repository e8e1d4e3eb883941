package vellum.core.audit;

/** What an entry says: in clear, or sealed. */
public sealed interface Content permits Draft, SealedDraft {}
