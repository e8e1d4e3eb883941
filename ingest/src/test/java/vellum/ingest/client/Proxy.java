package vellum.ingest.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import vellum.ingest.server.Rig;

/** A network between client and server that cuts, delays and fragments as a seed says. */
final class Proxy implements AutoCloseable {

  private final ServerSocket listener;
  private final Random random;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile int target;
  private volatile int bytesBetweenCuts;
  private volatile boolean slices;

  /**
   * @param bytesBetweenCuts mean of the bytes after which a direction is cut; 0 never
   * @param slices whether to pass on small random parts, at times late
   */
  Proxy(int target, long seed, int bytesBetweenCuts, boolean slices) {
    try {
      listener = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.target = target;
    this.random = new Random(seed);
    this.bytesBetweenCuts = bytesBetweenCuts;
    this.slices = slices;
    Rig.thread(this::accept).start();
  }

  int port() {
    return listener.getLocalPort();
  }

  int cuts() {
    return cuts.get();
  }

  /** Lets everything pass from now on. */
  void calm() {
    bytesBetweenCuts = 0;
    slices = false;
  }

  /** Cuts every connection. */
  void cut() {
    sockets.forEach(Proxy::close);
    cuts.incrementAndGet();
  }

  private synchronized int chance(int bound) {
    return random.nextInt(bound);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        try {
          Socket server = new Socket("127.0.0.1", target);
          client.setTcpNoDelay(true);
          server.setTcpNoDelay(true);
          sockets.add(client);
          sockets.add(server);
          Rig.thread(() -> pass(client, server)).start();
          Rig.thread(() -> pass(server, client)).start();
        } catch (IOException e) {
          close(client); // The server is down.
        }
      }
    } catch (IOException e) {
      return; // The test is over.
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[32 * 1024];
      long left = bytesBetweenCuts == 0 ? Long.MAX_VALUE : chance(2 * bytesBetweenCuts);
      int count = in.read(buffer);
      while (count >= 0) {
        int pass = (int) Math.min(count, left);
        write(out, buffer, pass);
        left -= pass;
        if (left == 0) {
          cuts.incrementAndGet();
          break;
        }
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // Cut from the other side.
    }
    close(from);
    close(to);
  }

  private void write(OutputStream out, byte[] bytes, int count) throws IOException {
    int at = 0;
    while (at < count) {
      int part = slices ? Math.min(count - at, 1 + chance(2_000)) : count - at;
      out.write(bytes, at, part);
      at += part;
      if (slices && chance(40) == 0) {
        LockSupport.parkNanos(1_000_000L * chance(4));
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(Proxy::close);
  }
}
