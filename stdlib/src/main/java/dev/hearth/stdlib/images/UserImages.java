package dev.hearth.stdlib.images;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.UserFile;
import java.util.Optional;

/**
 * The images that the user wrote down in the form of the catalogue. The intent opens their hosts as
 * it opens those of the catalogue that ships: both are named by who owns this Hearth.
 */
final class UserImages {
  static final String FILE = "images.json";

  private static final String PATH = "userFile";
  private static final String TEXT = "userImages";

  private UserImages() {}

  static Connection written(Connection connection, UserFile file) {
    var settings = connection.settings().deepCopy();
    settings.put(PATH, file.path().toString()).put(TEXT, file.text());
    return connection.with(settings);
  }

  /** What ships, and what the user has besides. */
  static Catalogue catalogue(Connection connection) {
    var settings = connection.settings();
    return settings.hasNonNull(TEXT)
        ? catalogue(settings.get(PATH).asText(), settings.get(TEXT).asText())
        : Catalogue.shipped();
  }

  /** The same of a file; empty where something is wrong with it. */
  static Optional<Catalogue> catalogue(UserFile file) {
    try {
      return Optional.of(catalogue(file.path().toString(), file.text()));
    } catch (HearthException e) { // told when the images are asked for
      return Optional.empty();
    }
  }

  private static Catalogue catalogue(String path, String text) {
    return Catalogue.shipped().with(ImageOrigin.USER, CatalogueReader.read(path, text));
  }
}
