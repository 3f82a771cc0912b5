package dev.hearth.runtime.grant;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.Imprint;
import dev.hearth.runtime.storage.JsonFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The grants that the user wants to hold, in {@code grants.json} of the config folder, which no
 * recipe can write. Safe for several threads and processes.
 */
public final class GrantStore {
  private static final int VERSION = 1;

  private final JsonFile file;

  /** The grants of a config folder; the file is made with the first one. */
  public GrantStore(Path config) {
    this.file = JsonFile.own(config.resolve("grants.json"));
  }

  /** What is remembered for a recipe, by its real path. */
  public Optional<RememberedGrants> of(Path recipe) {
    if (!file.exists()) { // as for most users, who then pay for nothing more
      return Optional.empty();
    }
    var content = file.read();
    return Optional.ofNullable(recipes(content).get(recipe.toString()))
        .map(entry -> read(content, recipe.toString(), entry));
  }

  /** All that is remembered, by the paths of the recipes. */
  public List<RememberedGrants> list() {
    var content = file.read();
    var all = new ArrayList<RememberedGrants>();
    for (var entry : recipes(content).properties()) {
      all.add(read(content, entry.getKey(), entry.getValue()));
    }
    return all;
  }

  /** Remembers this in place of what was remembered for the recipe. */
  public void remember(RememberedGrants grants) {
    file.update(
        content -> {
          var root = content.root();
          root.put("version", VERSION);
          grants.writeTo(root.withObjectProperty("recipes").putObject(grants.recipe().toString()));
        });
  }

  /**
   * Forgets what is remembered for a recipe.
   *
   * @return whether there was anything
   */
  public boolean forget(Path recipe) {
    if (!file.exists()) {
      return false;
    }
    var found = new ArrayList<JsonNode>();
    file.update(
        content ->
            Optional.ofNullable(recipes(content).remove(recipe.toString())).ifPresent(found::add));
    return !found.isEmpty();
  }

  /** Forgets everything, also what cannot be read. */
  public void forgetAll() {
    if (file.exists()) {
      file.update(content -> content.root().removeAll());
    }
  }

  private static ObjectNode recipes(JsonFile.Content content) {
    var recipes = content.root().path("recipes");
    if (recipes.isMissingNode()) {
      return content.root().objectNode();
    }
    var version = content.root().path("version");
    if (!version.isInt() || version.intValue() != VERSION) {
      throw malformed(content, JsonPointer.compile("/version"), "is not of version 1");
    }
    if (recipes instanceof ObjectNode object) {
      return object;
    }
    throw malformed(content, JsonPointer.compile("/recipes"), "must be an object");
  }

  private static RememberedGrants read(JsonFile.Content content, String recipe, JsonNode entry) {
    var at = JsonPointer.compile("/recipes").appendProperty(recipe);
    try {
      var files = new TreeMap<Path, String>();
      for (var each : entry.path("files").properties()) {
        files.put(Path.of(each.getKey()), each.getValue().asText());
      }
      var allowed = new ArrayList<RememberedGrants.Allowed>();
      for (var each : entry.path("allowed")) {
        allowed.add(
            new RememberedGrants.Allowed(
                each.path("permission").asText(),
                each.path("words").asText(),
                Instant.parse(each.path("since").asText())));
      }
      if (files.isEmpty() || allowed.isEmpty()) {
        throw malformed(content, at, "must have `files` and `allowed`");
      }
      return new RememberedGrants(Path.of(recipe), new Imprint(files), allowed);
    } catch (InvalidPathException | DateTimeException e) {
      throw malformed(content, at, "has a path or a time that is none").causedBy(e);
    }
  }

  private static HearthException malformed(JsonFile.Content content, JsonPointer at, String what) {
    return new HearthException(GrantError.MALFORMED, content.place(at), what);
  }
}
