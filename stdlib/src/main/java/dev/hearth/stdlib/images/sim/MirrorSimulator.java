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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The distributions' mirrors: small images with true headers, and lists and checksums in each
 * vendor's own form that really are those of these images.
 */
public final class MirrorSimulator implements Simulator {
  private static final int HTTPS = 443;
  private static final int IMAGE_BYTES = 192 * 1024;

  private final Map<NetAddress, Map<String, Supplier<byte[]>>> files = new LinkedHashMap<>();

  /** Mirrors that have all of these. */
  public MirrorSimulator(List<MirrorImage> images) {
    var text = new VendorText(MirrorSimulator::digest);
    for (var image : images) {
      put(image.image(), () -> content(image));
      put(
          image.checksums(),
          () -> bytes(text.checksums(having(images, MirrorImage::checksums, image.checksums()))));
    }
    for (var image : images) {
      var index = image.index();
      if (index != null && !index.equals(image.checksums())) {
        put(index, () -> bytes(text.index(index, having(images, MirrorImage::index, index))));
      }
    }
  }

  /** Puts another text at an address, or takes away what is there. */
  public void replace(URI address, Optional<String> text) {
    text.ifPresentOrElse(
        there -> put(address, () -> bytes(there)), () -> host(address).remove(address.getPath()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<MirrorImage> having(
      List<MirrorImage> images, Function<MirrorImage, @Nullable URI> part, URI value) {
    return images.stream().filter(image -> value.equals(part.apply(image))).toList();
  }

  private void put(URI uri, Supplier<byte[]> content) {
    host(uri).put(uri.getPath(), content);
  }

  private Map<String, Supplier<byte[]>> host(URI uri) {
    var address = new NetAddress(uri.getHost(), uri.getPort() < 0 ? HTTPS : uri.getPort());
    return files.computeIfAbsent(address, _ -> new HashMap<>());
  }

  /** A true beginning of what the file is, then bytes that are the image's own, always the same. */
  private static byte[] content(MirrorImage image) {
    var bytes = new byte[IMAGE_BYTES];
    new Random(image.image().hashCode()).nextBytes(bytes);
    var begin = ByteBuffer.wrap(bytes);
    switch (image.content()) {
      case "qcow2" -> qcow2(begin, (long) image.diskGiB() << 30);
      case "iso" -> begin.position(0x8001).put(bytes("CD001"));
      case "gz" -> begin.put(new byte[] {0x1f, (byte) 0x8b, 8});
      case "raw" -> begin.putShort(510, (short) 0x55aa);
      default -> begin.put(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
    }
    return bytes;
  }

  /** A header of version 3. */
  private static void qcow2(ByteBuffer header, long diskBytes) {
    header.putInt(0x514649fb).putInt(3); // magic, version
    header.putLong(0).putInt(0); // no backing file
    header.putInt(16); // clusters of 64 KiB
    header.putLong(diskBytes);
    header.putInt(0).putInt(1).putLong(3 << 16); // not encrypted, its first-level table
    header.putLong(1 << 16).putInt(1); // its reference counts
    header.putInt(0).putLong(0); // no snapshots
    header.putLong(0).putLong(0).putLong(0).putInt(4).putInt(104); // no features
  }

  private static String digest(MirrorImage image) {
    return HexFormat.of().formatHex(digest(image.algorithm(), content(image)));
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
