package dev.hearth.stdlib.images;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpError;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.spi.Op;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What recipes can do with images. Every method blocks; the runtime gives it a worker. */
final class ImagesOps {
  private static final String USUAL = "amd64";
  private static final long LARGEST_CHECKSUM_FILE = 4L << 20;

  /** What happens without internet, or behind a wall; everything else has a hint of its own. */
  private static final Set<ErrorCode> NOT_REACHED =
      Set.of(
          NetError.NAME_NOT_RESOLVED,
          NetError.RESOLVE_TIMEOUT,
          NetError.REFUSED,
          NetError.UNREACHABLE,
          NetError.CONNECT_TIMEOUT,
          HttpError.TIMEOUT,
          HttpError.CONNECTION_LOST);

  private final Catalogue catalogue;
  private final Http http;

  ImagesOps(Catalogue catalogue, Effects effects) {
    this.catalogue = catalogue;
    this.http = Http.over(effects.net(), HttpOptions.usual());
  }

  record Named(String name) {}

  record Wanted(String name, @Nullable String architecture) {}

  /**
   * The newest build of an image.
   *
   * @param url where it is
   * @param filename what it is called on a Proxmox storage, whose rules ask for the real suffix
   * @param checksum the vendor's digest, in lower case
   * @param image the catalogue's line
   */
  record Latest(
      String url,
      String filename,
      String checksum,
      String algorithm,
      String architecture,
      CatalogueImage image) {}

  @Op
  List<CatalogueImage> list() {
    return catalogue.images();
  }

  @Op
  Optional<CatalogueImage> find(Named request) {
    return catalogue.find(request.name());
  }

  @Op
  CatalogueImage get(Named request) {
    return catalogue.get(request.name());
  }

  @Op
  Latest latest(Wanted request) {
    var image = catalogue.get(request.name());
    var architecture = request.architecture() == null ? USUAL : request.architecture();
    var url = required(image.imageFor(architecture), image, architecture);
    var checksums = required(image.checksumsFor(architecture), image, architecture);
    var file = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
    var digest =
        new ChecksumFile(read(image, checksums))
            .digestOf(file, image.algorithm())
            .orElseThrow(() -> new HearthException(ImagesError.NO_CHECKSUM, file, checksums));
    return new Latest(
        url.toString(), storedAs(file, digest), digest, image.algorithm(), architecture, image);
  }

  private static URI required(Optional<URI> uri, CatalogueImage image, String architecture) {
    return uri.orElseThrow(
        () ->
            new HearthException(
                ImagesError.ARCHITECTURE,
                image.id(),
                architecture,
                String.join(", ", image.architectures().keySet())));
  }

  private String read(CatalogueImage image, URI checksums) {
    try (var answer = http.send(HttpRequest.get(checksums.toString()))) {
      if (answer.status() != 200) {
        throw new HearthException(
            ImagesError.CHECKSUMS_NOT_READ,
            image.id(),
            checksums,
            answer.status(),
            answer.reason());
      }
      return new String(answer.body().bytes(LARGEST_CHECKSUM_FILE), StandardCharsets.UTF_8);
    } catch (HearthException e) {
      throw NOT_REACHED.contains(e.code())
          ? new HearthException(ImagesError.VENDOR_NOT_REACHED, image.id(), e.sentence())
              .with("url", checksums.toString())
              .causedBy(e)
          : e;
    }
  }

  /**
   * Proxmox refuses a qcow2 image that is called .img; and as vendors keep one name for all builds,
   * the digest's first digits keep two builds apart.
   */
  private static String storedAs(String file, String digest) {
    var base = file.replaceFirst("\\.(qcow2|img)$", "");
    return base + "-" + digest.substring(0, 12) + ".qcow2";
  }
}
