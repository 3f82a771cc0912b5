package dev.hearth.stdlib.images.sim;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One image that a simulated mirror has.
 *
 * @param image where it is asked for
 * @param content what the file is: {@code qcow2}, {@code raw}, {@code iso}, or what it is packed in
 * @param diskGiB how big its virtual disk is
 * @param checksums where its checksum is asked for; several images may share one file
 * @param form the form of that file: {@code coreutils}, {@code bsd}, {@code bare}, {@code
 *     clear-signed} or {@code json}
 * @param algorithm {@code sha256} or {@code sha512}
 * @param index the list that names its build; {@code null} where there is none
 * @param entries what that list says: the names of older builds, then of this one
 */
public record MirrorImage(
    URI image,
    String content,
    int diskGiB,
    URI checksums,
    String form,
    String algorithm,
    @Nullable URI index,
    List<String> entries) {
  public MirrorImage {
    entries = List.copyOf(entries);
  }

  String file() {
    var path = image.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
