package dev.hearth.stdlib.images.sim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What vendors publish about their images, each in its own form. */
final class VendorText {
  private final Function<MirrorImage, String> digest;

  /**
   * @param digest of an image's content
   */
  VendorText(Function<MirrorImage, String> digest) {
    this.digest = digest;
  }

  /** A checksum file with these images, which all name it. */
  String checksums(List<MirrorImage> images) {
    var first = images.getFirst();
    return switch (first.form()) {
      case "json" -> document(images);
      case "bare" -> digest.apply(first) + "\n";
      case "bsd" -> lines(images, this::bsd);
      case "clear-signed" ->
          signed(lines(images, isGentoo(first.checksums()) ? this::coreutils : this::bsd));
      default -> parts(first) ? digests(first) : lines(images, this::coreutils);
    };
  }

  /** A list of builds, of these images. */
  String index(URI index, List<MirrorImage> images) {
    var entries = images.stream().flatMap(image -> image.entries().stream()).distinct().toList();
    if (index.getHost().equals("api.github.com")) {
      var refs = JsonNodeFactory.instance.arrayNode();
      entries.forEach(tag -> refs.addObject().put("ref", "refs/tags/" + tag));
      return refs.toString();
    }
    if (isGentoo(index)) {
      var image = images.getFirst();
      var path = image.image().getPath().replaceFirst(".*/autobuilds/", "");
      return signed("# Latest as of Sun, 15 Nov 2026 17:01:16 +0000\n" + path + " 1181745152\n");
    }
    return listing(index, entries);
  }

  private static String listing(URI index, List<String> entries) {
    var html = new StringBuilder("<html>\n<head><title>Index of ").append(index.getPath());
    html.append("</title></head>\n<body><pre><a href=\"../\">../</a>\n");
    for (var entry : entries) {
      html.append("<a href=\"%s\">%s</a>  09-Jun-2026 15:32  -\n".formatted(entry, entry));
      if (!entry.endsWith("/")) {
        html.append(
            "<a href=\"%s.asc\">%s.asc</a>  09-Jun-2026 15:32  833\n".formatted(entry, entry));
      }
    }
    return html.append("</pre></body>\n</html>\n").toString();
  }

  private String lines(List<MirrorImage> images, Function<MirrorImage, String> form) {
    var text = new StringBuilder();
    images.forEach(image -> text.append(form.apply(image)).append('\n'));
    return text.toString();
  }

  private String coreutils(MirrorImage image) {
    var host = image.checksums().getHost();
    boolean isBinary = host.contains("ubuntu") || host.contains("openwrt");
    return digest.apply(image) + (isBinary ? " *" : "  ") + image.file();
  }

  private String bsd(MirrorImage image) {
    return "# %s: 5368709120 bytes%n%s (%s) = %s"
        .formatted(
            image.file(),
            image.algorithm().toUpperCase(Locale.ROOT),
            image.file(),
            digest.apply(image));
  }

  /** One part for each algorithm, as Flatcar does. */
  private String digests(MirrorImage image) {
    return """
        # MD5 HASH
        %s  %s
        # SHA1 HASH
        %s  %s
        # SHA512 HASH
        %s  %s
        """
        .formatted(
            "0".repeat(32),
            image.file(),
            "0".repeat(40),
            image.file(),
            digest.apply(image),
            image.file());
  }

  private static boolean parts(MirrorImage image) {
    return image.checksums().getPath().endsWith(".DIGESTS");
  }

  private static boolean isGentoo(URI address) {
    return address.getHost().equals("distfiles.gentoo.org");
  }

  private static String signed(String text) {
    return """
        -----BEGIN PGP SIGNED MESSAGE-----
        Hash: SHA512

        %s-----BEGIN PGP SIGNATURE-----

        c2ltdWxhdGVk
        -----END PGP SIGNATURE-----
        """
        .formatted(text);
  }

  private String document(List<MirrorImage> images) {
    var first = images.getFirst();
    return switch (first.checksums().getHost()) {
      case "yum.oracle.com" -> oracle(first);
      case "api.github.com" -> release(first);
      default -> stream(images);
    };
  }

  private String oracle(MirrorImage image) {
    var path = image.image().getPath();
    var document = object().put("base_url", path.substring(0, path.lastIndexOf('/')));
    document.putObject("kvm").put("image", image.file()).put("sha256", digest.apply(image));
    return document.toString();
  }

  private String release(MirrorImage image) {
    var document = object().put("prerelease", false);
    var assets = document.putArray("assets");
    assets.addObject().put("name", "readme.txt").put("digest", "sha256:" + "0".repeat(64));
    assets
        .addObject()
        .put("name", image.file())
        .put("digest", "sha256:" + digest.apply(image))
        .put("browser_download_url", image.image().toString());
    return document.toString();
  }

  private String stream(List<MirrorImage> images) {
    var document = object().put("stream", "simulated");
    var architectures = document.putObject("architectures");
    for (var image : images) {
      architectures
          .putObject(image.file().contains("aarch64") ? "aarch64" : "x86_64")
          .putObject("artifacts")
          .putObject("proxmoxve")
          .putObject("formats")
          .putObject("qcow2.xz")
          .putObject("disk")
          .put("location", image.image().toString())
          .put("sha256", digest.apply(image))
          .put("uncompressed-sha256", "0".repeat(64));
    }
    return document.toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
