package dev.hearth.stdlib.images;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpError;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What vendors publish about their images: lists and checksums, small and asked for anew. */
final class VendorFiles {
  private static final long LARGEST = 4L << 20;

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

  private final Http http;

  VendorFiles(Net net) {
    this.http = Http.over(net, HttpOptions.usual());
  }

  /**
   * The text at an address.
   *
   * @param what it is, such as "checksums"
   * @param image whose
   */
  String read(String address, String what, CatalogueImage image) {
    try (var answer = http.send(HttpRequest.get(address))) {
      if (answer.status() != 200) {
        throw new HearthException(
            ImagesError.NOT_READ, what, image.id(), address, answer.status(), answer.reason());
      }
      return new String(answer.body().bytes(LARGEST), StandardCharsets.UTF_8);
    } catch (HearthException e) {
      throw NOT_REACHED.contains(e.code())
          ? new HearthException(ImagesError.VENDOR_NOT_REACHED, what, image.id(), e.sentence())
              .with("url", address)
              .causedBy(e)
          : e;
    }
  }
}
