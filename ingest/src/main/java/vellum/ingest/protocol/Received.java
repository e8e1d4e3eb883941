package vellum.ingest.protocol;

/** What a {@link FrameDecoder} hands on: a frame, or why there is none. */
public sealed interface Received permits RawFrame, CorruptFrame {}
