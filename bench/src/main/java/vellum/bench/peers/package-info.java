/**
 * Vellum beside what a user would pick instead: the same records, the same work, the same machine,
 * in turns.
 *
 * <p>{@link vellum.bench.peers.PeersCommand} makes the traffic, in {@link
 * vellum.bench.peers.Slice}s, and questions with their answers; {@link vellum.bench.peers.PeersRun}
 * starts a {@link vellum.bench.peers.TrialProcess} for each peer and round, in which {@link
 * vellum.bench.peers.Trial} has a {@link vellum.bench.peers.Peer} do each {@link
 * vellum.bench.peers.Work}; {@link vellum.bench.peers.PeersReport} compares each {@link
 * vellum.bench.peers.Figure}. A new peer is a class that implements {@link
 * vellum.bench.peers.Peer}, a constant of {@link vellum.bench.peers.PeerKind}, and a project under
 * {@code bench/peers} for its jars.
 */
@NullMarked
package vellum.bench.peers;

import org.jspecify.annotations.NullMarked;
