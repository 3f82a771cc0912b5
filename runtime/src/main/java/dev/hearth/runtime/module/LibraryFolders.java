package dev.hearth.runtime.module;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which files belong to a library: a folder whose {@code package.json} says what it may do, in
 * {@code hearth.permissions}. The nearest one above a file owns it. The recipe's own root is no
 * library, whatever its {@code package.json} says. Safe for several threads.
 */
public final class LibraryFolders {
  private static final int LARGEST_MANIFEST = 1 << 20;

  private final Path root;
  private final SourceFiles files;
  private final Map<Path, Optional<Library>> known = new ConcurrentHashMap<>();

  public LibraryFolders(ImportRoot root, SourceFiles files) {
    this.root = root.folder();
    this.files = files;
  }

  /**
   * A library.
   *
   * @param folder a real path
   * @param name as its {@code package.json} says, else its folder's
   * @param version as its {@code package.json} says; empty when it does not
   * @param permissions what it says that it needs, not yet read
   */
  public record Library(Path folder, String name, String version, ObjectNode permissions) {
    public Path manifest() {
      return folder.resolve("package.json");
    }
  }

  /**
   * The library that a file belongs to; empty for the recipe's own.
   *
   * @param real the file's real path
   * @throws HearthException {@code module.library-malformed}
   */
  public Optional<Library> of(Path real) {
    for (var at = real.getParent(); at != null && !root.startsWith(at); at = at.getParent()) {
      var library = known.computeIfAbsent(at, this::in);
      if (library.isPresent()) {
        return library;
      }
    }
    return Optional.empty();
  }

  private Optional<Library> in(Path folder) {
    var manifest = folder.resolve("package.json");
    try {
      var json = Json.MAPPER.readTree(files.read(manifest, LARGEST_MANIFEST));
      var permissions = json.path("hearth").path("permissions");
      return permissions.isMissingNode()
          ? Optional.empty()
          : Optional.of(library(folder, json, permissions));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw malformed(manifest, "it is not JSON");
    } catch (IOException e) {
      throw malformed(manifest, "it cannot be read");
    }
  }

  private static Library library(Path folder, JsonNode json, JsonNode permissions) {
    if (permissions instanceof ObjectNode object) {
      var name = json.path("name").asText(String.valueOf(folder.getFileName()));
      return new Library(folder, name, json.path("version").asText(), object);
    }
    throw malformed(folder.resolve("package.json"), "its `hearth.permissions` is no object");
  }

  private static HearthException malformed(Path manifest, String why) {
    return new HearthException(ModuleError.LIBRARY_MALFORMED, VisibleText.of(manifest), why);
  }

  /** Loaded with the first manifest that there is. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }
}
