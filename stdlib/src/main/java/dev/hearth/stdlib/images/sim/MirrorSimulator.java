package dev.hearth.stdlib.images.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.StreamService;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Simulator;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The distributions' mirrors: small images with a true qcow2 header, and checksum files in each
 * vendor's own form that really are those of these images.
 */
public final class MirrorSimulator implements Simulator {
  private static final int HTTPS = 443;
  private static final int IMAGE_BYTES = 192 * 1024;

  private final Map<NetAddress, Map<String, Supplier<byte[]>>> files = new LinkedHashMap<>();

  /** Mirrors that have all of these. */
  public MirrorSimulator(List<MirrorImage> images) {
    for (var image : images) {
      put(image.image(), () -> content(image));
      put(image.checksums(), () -> checksums(images, image.checksums()));
    }
  }

  private void put(URI uri, Supplier<byte[]> content) {
    var address = new NetAddress(uri.getHost(), uri.getPort() < 0 ? HTTPS : uri.getPort());
    files.computeIfAbsent(address, _ -> new HashMap<>()).put(uri.getPath(), content);
  }

  private static byte[] checksums(List<MirrorImage> images, URI file) {
    var text = new StringBuilder();
    images.stream()
        .filter(image -> image.checksums().equals(file))
        .forEach(image -> text.append(line(image)).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Each vendor's form, told by the name of its file. */
  private static String line(MirrorImage image) {
    var digest = HexFormat.of().formatHex(digest(image.algorithm(), content(image)));
    var path = image.checksums().getPath();
    if (path.endsWith(".sha512")) {
      return digest;
    }
    if (path.endsWith("-CHECKSUM") || path.endsWith(".CHECKSUM") || path.endsWith(".SHA256SUM")) {
      return image.algorithm().toUpperCase(Locale.ROOT) + " (" + image.file() + ") = " + digest;
    }
    return digest + (image.image().getHost().contains("ubuntu") ? " *" : "  ") + image.file();
  }

  /** A qcow2 header of version 3, then bytes that are the image's own, always the same. */
  private static byte[] content(MirrorImage image) {
    var bytes = new byte[IMAGE_BYTES];
    new Random(image.image().hashCode()).nextBytes(bytes);
    var header = ByteBuffer.wrap(bytes, 0, 104);
    header.putInt(0x514649fb).putInt(3); // magic, version
    header.putLong(0).putInt(0); // no backing file
    header.putInt(16); // clusters of 64 KiB
    header.putLong((long) image.diskGiB() << 30);
    header.putInt(0).putInt(1).putLong(3 << 16); // not encrypted, its first-level table
    header.putLong(1 << 16).putInt(1); // its reference counts
    header.putInt(0).putLong(0); // no snapshots
    header.putLong(0).putLong(0).putLong(0).putInt(4).putInt(104); // no features
    return bytes;
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256")
          .digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has it.", e);
    }
  }

  @Override
  public Connection connection() {
    return new Connection(
        "images",
        "simulator",
        Connection.Origin.SIMULATOR,
        JsonNodeFactory.instance.objectNode(),
        Map.of());
  }

  @Override
  public Map<NetAddress, StreamService> services() {
    var services = new LinkedHashMap<NetAddress, StreamService>();
    files.forEach(
        (address, content) ->
            services.put(address, new HttpService(request -> answer(request, content))));
    return services;
  }

  private static HttpResponse answer(HttpRequest request, Map<String, Supplier<byte[]>> content) {
    var file = content.get(URI.create(request.target()).getPath());
    if (file == null) {
      return HttpResponse.of(404, "text/plain", "There is no such file on this mirror.\n");
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return HttpResponse.of(405);
    }
    return HttpResponse.of(200)
        .header("Content-Type", "application/octet-stream")
        .body(HttpBody.of(file.get()));
  }

  /** Mirrors have no state. */
  @Override
  public JsonNode save() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {}
}
