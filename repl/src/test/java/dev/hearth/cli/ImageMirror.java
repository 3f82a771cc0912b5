package dev.hearth.cli;

import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Serves an image for the template recipe, as a vendor's mirror does. */
final class ImageMirror implements AutoCloseable {
  private final byte[] image = image();
  private final StreamServer server;

  ImageMirror() {
    var service = new HttpService(_ -> HttpResponse.of(200).body(HttpBody.of(image)));
    var listener = new SystemNet().listen("127.0.0.1", 0, null);
    server = StreamServer.start(listener, service, (peer, failure) -> {});
  }

  /** What makes a template of the image. */
  List<String> template() throws NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-256").digest(image);
    return List.of(
        Checkout.root().resolve("recipes/proxmox/template.js").toString(),
        "--yes",
        "--image-url=http://" + server.address() + "/debian.img",
        "--image-checksum=" + HexFormat.of().formatHex(digest));
  }

  /** The header of a qcow2 image of 2 GiB, and nothing in it. */
  private static byte[] image() {
    return ByteBuffer.allocate(64 << 10)
        .putInt(0x514649fb)
        .putInt(3)
        .putLong(0)
        .putInt(0)
        .putInt(16)
        .putLong(2L << 30)
        .array();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
