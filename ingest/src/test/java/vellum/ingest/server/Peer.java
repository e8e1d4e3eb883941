package vellum.ingest.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.zip.CRC32C;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import vellum.v1.Batch;
import vellum.v1.Codec;
import vellum.v1.Failure;
import vellum.v1.Frame;
import vellum.v1.Goodbye;
import vellum.v1.Hello;

/** A client that speaks the protocol by hand, over a blocking socket. */
public final class Peer implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  public Peer(int port) {
    this(port, 0);
  }

  /**
   * @param receiveBytes the system's buffer for what is unread; 0 leaves it to the system
   */
  Peer(int port, int receiveBytes) {
    try {
      socket = new Socket();
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      socket.setSoTimeout(10_000);
      in = new DataInputStream(socket.getInputStream());
      out = new DataOutputStream(socket.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** A client over Java's own TLS, in these versions only; its handshake is done. */
  public static Peer secured(int port, SSLContext tls, String... versions) throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setEnabledProtocols(versions);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
      return new Peer(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What was agreed with the server. */
  public SSLSession session() {
    return ((SSLSocket) socket).getSession();
  }

  /** The next byte, -1 at the end; a broken connection throws. */
  public int read() throws IOException {
    return in.read();
  }

  public static Hello.Builder hello() {
    return Hello.newBuilder()
        .setProtocol(1)
        .setSchema(1)
        .setProducer("p")
        .setInstance("i")
        .setEpoch(1)
        .setToken(Rig.TOKEN);
  }

  /** Says hello. */
  public Peer send(Hello.Builder hello) {
    return send(Frame.newBuilder().setHello(hello).build());
  }

  static Peer welcomed(Rig rig) {
    return welcomed(rig, hello());
  }

  static Peer welcomed(Rig rig, Hello.Builder hello) {
    Peer peer = new Peer(rig.port()).send(hello);
    Frame answer = peer.receive();
    if (!answer.hasWelcome()) {
      throw new AssertionError("not welcome: " + answer);
    }
    return peer;
  }

  static Hello.Builder zstdHello() {
    return hello().addCodecs(Codec.ZSTD);
  }

  static byte[] bytes(Frame frame) {
    return bytes(frame.toByteArray());
  }

  static byte[] bytes(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    try {
      data.writeInt(content.length);
      data.writeInt((int) crc.getValue());
      data.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Frame batch(long first, int records) {
    Batch.Builder batch = Batch.newBuilder().setFirstSequence(first);
    for (int i = 0; i < records; i++) {
      batch.addRecords(Rig.record(first + i));
    }
    return Frame.newBuilder().setBatch(batch).build();
  }

  public Peer send(Frame frame) {
    return sendBytes(bytes(frame));
  }

  Peer sendBytes(byte... bytes) {
    try {
      out.write(bytes);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Peer goodbye(long last) {
    return send(Frame.newBuilder().setGoodbye(Goodbye.newBuilder().setLastSequence(last)).build());
  }

  public Frame receive() {
    try {
      byte[] content = new byte[in.readInt()];
      in.readInt();
      in.readFully(content);
      return Frame.parseFrom(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long ack() {
    Frame frame = receive();
    if (!frame.hasAck()) {
      throw new AssertionError("not an ack: " + frame);
    }
    return frame.getAck().getSequence();
  }

  /** The failure that comes after whatever else comes, and the end after it. */
  public Failure failure() {
    Frame frame = receive();
    while (!frame.hasFailure()) {
      frame = receive();
    }
    if (!isEnded()) {
      throw new AssertionError("something follows the failure");
    }
    return frame.getFailure();
  }

  public boolean isEnded() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
