package dev.hearth.stdlib.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recipe's own images, in the form of the catalogue.
 *
 * @param file where they are written down
 * @param families or they themselves
 */
record OwnImages(@Nullable String file, @Nullable JsonNode families) {
  List<CatalogueImage> read(Files files) {
    var images = new ArrayList<CatalogueImage>();
    if (file != null) {
      images.addAll(CatalogueReader.read(file, files.readText(path(file))));
    }
    if (families != null) {
      var document = JsonNodeFactory.instance.objectNode().set("families", families);
      images.addAll(CatalogueReader.read(document));
    }
    return images;
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new HearthException(ImagesError.NOT_A_FILE, VisibleText.of(file)).causedBy(e);
    }
  }
}
