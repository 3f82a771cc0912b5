package dev.hearth.stdlib.images;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.NetAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images that are known, oldest release of a family first.
 *
 * @param own where those do not ship, by their ids
 */
record Catalogue(List<CatalogueImage> images, Map<String, Origin> own) {
  private static final int HTTPS = 443;

  /**
   * Who says that an image is there.
   *
   * @param overrides in whose place it stands; null where there was none of its id
   */
  record Origin(ImageOrigin origin, @Nullable ImageOrigin overrides) {}

  private static final Origin SHIPPED = new Origin(ImageOrigin.SHIPPED, null);

  Catalogue(List<CatalogueImage> images) {
    this(images, Map.of());
  }

  /**
   * @throws HearthException {@code images.twice} where two images have one name
   */
  Catalogue {
    images = List.copyOf(images);
    own = Map.copyOf(own);
    var owners = new HashMap<String, String>();
    for (var image : images) {
      for (var name : image.aliases()) {
        claim(owners, name, image);
      }
      claim(owners, image.id(), image);
    }
  }

  private static void claim(Map<String, String> owners, String name, CatalogueImage image) {
    var owner = owners.put(name, image.id());
    if (owner != null) {
      throw new HearthException(ImagesError.TWICE, name, owner, image.id());
    }
  }

  /** What ships with Hearth: catalogue.json beside this class. */
  static Catalogue shipped() {
    return Shipped.CATALOGUE;
  }

  /** The image of that id or alias, or what is newest in that family on a day. */
  Optional<CatalogueImage> find(String name, LocalDate today) {
    return images.stream()
        .filter(image -> image.id().equals(name) || image.aliases().contains(name))
        .findFirst()
        .or(() -> newest(name, today))
        .or(() -> images.stream().filter(image -> isCodename(image, name)).findFirst());
  }

  CatalogueImage get(String name, LocalDate today) {
    return find(name, today).orElseThrow(() -> unknown(name));
  }

  /** The newest release that is out and alive; where there is none, the newest of all. */
  private Optional<CatalogueImage> newest(String family, LocalDate today) {
    var all =
        images.reversed().stream()
            .filter(image -> image.family().equals(family) && !image.variant())
            .toList();
    return all.stream()
        .filter(image -> !image.rolling() && image.isOut(today))
        .filter(image -> image.status(today) == ImageStatus.SUPPORTED)
        .findFirst()
        .or(() -> all.stream().filter(image -> !image.rolling()).findFirst())
        .or(() -> all.stream().findFirst());
  }

  private static boolean isCodename(CatalogueImage image, String name) {
    return !image.variant() && name.equals(image.family() + "-" + image.codename());
  }

  private HearthException unknown(String name) {
    var names =
        images.stream()
            .flatMap(i -> Stream.concat(Stream.of(i.id(), i.family()), i.aliases().stream()))
            .distinct()
            .sorted()
            .toList();
    var error = new HearthException(ImagesError.UNKNOWN, name).with("images", names);
    return Suggestion.closest(name, names)
        .map(best -> error.hint("Did you mean `" + best + "`?"))
        .orElse(error);
  }

  /** Every address that images, indexes and checksums are read from. */
  Set<NetAddress> addresses() {
    var addresses = new LinkedHashSet<NetAddress>();
    for (var image : images) {
      addresses.addAll(addresses(image));
    }
    return addresses;
  }

  static Set<NetAddress> addresses(CatalogueImage image) {
    var source = image.source();
    var addresses = new LinkedHashSet<NetAddress>();
    if (source.checksum() != null) {
      return addresses; // a node is told where it is, and nobody is asked
    }
    addresses.add(address(source.image()));
    addresses.add(address(source.published().url()));
    if (source.index() != null) {
      addresses.add(address(source.index().url()));
    }
    source.redirects().forEach(host -> addresses.add(new NetAddress(host, HTTPS)));
    return addresses;
  }

  /** What comes behind the host may have words in braces. */
  private static NetAddress address(String address) {
    int path = address.indexOf('/', "https://".length());
    var uri = URI.create(path < 0 ? address : address.substring(0, path));
    return new NetAddress(uri.getHost(), uri.getPort() < 0 ? HTTPS : uri.getPort());
  }

  Origin origin(CatalogueImage image) {
    return own.getOrDefault(image.id(), SHIPPED);
  }

  /** With further images; one that has the id of another stands in its place. */
  Catalogue with(ImageOrigin origin, List<CatalogueImage> more) {
    var origins = new HashMap<>(own);
    var ids = new LinkedHashSet<String>();
    more.forEach(image -> ids.add(image.id()));
    var all = new ArrayList<CatalogueImage>();
    for (var image : images) {
      if (ids.contains(image.id())) {
        origins.put(image.id(), new Origin(origin, origin(image).origin()));
      } else {
        all.add(image);
      }
    }
    ids.forEach(id -> origins.putIfAbsent(id, new Origin(origin, null)));
    all.addAll(more);
    return new Catalogue(all, origins);
  }

  /** Read at the first use. */
  private static final class Shipped {
    static final Catalogue CATALOGUE = read();

    private static Catalogue read() {
      try (var in = Catalogue.class.getResourceAsStream("catalogue.json")) {
        var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new Catalogue(CatalogueReader.read("catalogue.json", text));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
