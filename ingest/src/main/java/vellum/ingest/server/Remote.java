package vellum.ingest.server;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import vellum.core.access.Credentials;
import vellum.ingest.tls.PeerNames;

/** What a connection tells of its other end. Stateless. */
final class Remote {

  private Remote() {}

  /** What the other end shows of itself, with a token that it sent. */
  static Credentials credentials(Channel channel, String token) {
    PeerNames peer = PeerNames.of(channel);
    return new Credentials(token, peer.names(), peer.until(), address(channel));
  }

  /** Its address, without the port. */
  private static String address(Channel channel) {
    if (channel.remoteAddress() instanceof InetSocketAddress socket) {
      InetAddress address = socket.getAddress();
      return address == null ? socket.getHostString() : address.getHostAddress();
    }
    return "";
  }
}
