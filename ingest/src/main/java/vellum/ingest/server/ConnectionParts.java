package vellum.ingest.server;

import io.netty.channel.Channel;

/** What the parts of a connection share. For its event loop. */
record ConnectionParts(
    Channel channel, IngestServices services, LoopTools tools, Answers answers, ReadGate gate) {}
