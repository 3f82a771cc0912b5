package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A mirror of releases on loopback, signed with a key of the test's. */
final class ReleaseMirror implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> moved = new ConcurrentHashMap<>();
  private final Map<String, Integer> cut = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>(); // guarded by this

  ReleaseMirror() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/releases";
  }

  /** Publishes a release for this machine whose archive is what is given. */
  ReleaseMirror publish(Release release, byte[] archive, SigningKey key) {
    var name = release.archive().orElseThrow();
    var checksums = "%s  other.zip\n%s  %s\n".formatted("0".repeat(64), sha256(archive), name);
    return put(release, name, archive)
        .put(release, release.checksums(), checksums.getBytes(UTF_8))
        .put(release, release.signature(), key.sign(checksums));
  }

  ReleaseMirror put(Release release, String file, byte[] content) {
    files.put(path(release, file), content);
    return this;
  }

  /** A file is no longer there. */
  void take(Release release, String file) {
    files.remove(path(release, file));
  }

  /** Who asks for a file is sent elsewhere. */
  void move(Release release, String file, String address) {
    moved.put(path(release, file), address);
  }

  /** A file breaks off after so many bytes. */
  void cut(Release release, String file, int bytes) {
    cut.put(path(release, file), bytes);
  }

  private static String path(Release release, String file) {
    return "/releases/" + release.folder() + "/" + file;
  }

  /** What was asked for, without the folders. */
  synchronized List<String> asked() {
    return asked.stream().map(path -> path.replaceFirst(".*/", "")).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    synchronized (this) {
      asked.add(path);
    }
    try (exchange) {
      if (moved.containsKey(path)) {
        exchange.getResponseHeaders().set("Location", moved.get(path));
        exchange.sendResponseHeaders(302, -1);
      } else if (files.containsKey(path)) {
        var content = Objects.requireNonNull(files.get(path));
        exchange.sendResponseHeaders(200, content.length);
        exchange
            .getResponseBody()
            .write(content, 0, Math.min(content.length, cut.getOrDefault(path, content.length)));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  /** An entry of an archive. */
  static final class Item {
    private final String name;
    private final byte[] content;

    Item(String name, byte[] content) {
      this.name = name;
      this.content = content;
    }

    static Item text(String name, String text) {
      return new Item(name, text.getBytes(UTF_8));
    }
  }

  static byte[] zip(Item... items) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (var item : items) {
        zip.putNextEntry(new ZipEntry(item.name));
        zip.write(item.content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
