package dev.hearth.stdlib.images.sim;

import java.net.URI;

/**
 * One image that a simulated mirror has.
 *
 * @param image where it is asked for
 * @param checksums where its checksum is asked for; several images may share one file
 * @param algorithm {@code sha256} or {@code sha512}
 * @param diskGiB how big its virtual disk is
 */
public record MirrorImage(URI image, URI checksums, String algorithm, int diskGiB) {
  String file() {
    var path = image.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
