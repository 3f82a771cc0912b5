package dev.hearth.stdlib.images;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.stdlib.images.sim.MirrorImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The images that Hearth knows, oldest release of a family first. */
record Catalogue(List<CatalogueImage> images) {
  private static final int HTTPS = 443;

  /** What ships with Hearth: catalogue.json beside this class. */
  static Catalogue shipped() {
    return Shipped.CATALOGUE;
  }

  /** The image of that id, or the newest of that family. */
  Optional<CatalogueImage> find(String name) {
    return images.stream()
        .filter(image -> image.id().equals(name))
        .findFirst()
        .or(
            () ->
                images.reversed().stream()
                    .filter(image -> image.family().equals(name))
                    .findFirst());
  }

  CatalogueImage get(String name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  private HearthException unknown(String name) {
    var names =
        images.stream().flatMap(i -> Stream.of(i.id(), i.family())).distinct().sorted().toList();
    var error = new HearthException(ImagesError.UNKNOWN, name).with("images", names);
    return Suggestion.closest(name, names)
        .map(best -> error.hint("Did you mean `" + best + "`?"))
        .orElse(error);
  }

  /** Every address that an image or its checksum is read from. */
  Set<NetAddress> addresses() {
    var addresses = new LinkedHashSet<NetAddress>();
    for (var image : images) {
      for (var architecture : image.architectures().keySet()) {
        image.imageFor(architecture).ifPresent(uri -> addresses.add(address(uri)));
        image.checksumsFor(architecture).ifPresent(uri -> addresses.add(address(uri)));
      }
    }
    return addresses;
  }

  /** The whole catalogue as the simulated mirrors serve it. */
  List<MirrorImage> simulated() {
    var all = new ArrayList<MirrorImage>();
    for (var image : images) {
      for (var architecture : image.architectures().keySet()) {
        var file = image.imageFor(architecture);
        var sums = image.checksumsFor(architecture);
        if (file.isPresent() && sums.isPresent()) {
          all.add(new MirrorImage(file.get(), sums.get(), image.algorithm(), image.diskGiB()));
        }
      }
    }
    return all;
  }

  private static NetAddress address(URI uri) {
    return new NetAddress(uri.getHost(), uri.getPort() < 0 ? HTTPS : uri.getPort());
  }

  /** Read at the first use. */
  private static final class Shipped {
    static final Catalogue CATALOGUE = read();

    private static Catalogue read() {
      try (var in = Catalogue.class.getResourceAsStream("catalogue.json")) {
        return JsonMapper.builder().build().readValue(in, Catalogue.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
