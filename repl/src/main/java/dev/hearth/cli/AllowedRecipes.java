package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.grant.GrantError;
import dev.hearth.runtime.grant.GrantStore;
import dev.hearth.runtime.grant.RememberedGrants;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.settings.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The recipes that the user allowed something for good, as the command line names and shows them.
 */
final class AllowedRecipes {
  private final LocalSources sources = new LocalSources();
  private final GrantStore store;

  AllowedRecipes(Invocation invocation) {
    this.store = new GrantStore(Places.of(invocation.environment()).config());
  }

  GrantStore store() {
    return store;
  }

  /** The recipe that was typed, which may be gone by now. */
  Path path(String typed) {
    var path = Path.of(typed);
    try {
      return sources.real(path);
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /**
   * What is remembered for the recipe that was typed.
   *
   * @throws HearthException {@code grant.not-remembered}
   */
  RememberedGrants of(String typed) {
    return store.of(path(typed)).orElseThrow(() -> notRemembered(typed));
  }

  static HearthException notRemembered(String typed) {
    return new HearthException(GrantError.NOT_REMEMBERED, SafeText.line(typed));
  }

  /** Why the recipe would ask again; empty when it would not. */
  List<String> changes(RememberedGrants grants) {
    return grants.imprint().changes(sources, grants.recipe().resolveSibling(""));
  }

  /** {@code {recipe, holds, changes, files, allowed: [{permission, words, since}]}}. */
  ObjectNode json(RememberedGrants grants, ObjectNode json) {
    var changes = changes(grants);
    json.put("recipe", grants.recipe().toString()).put("holds", changes.isEmpty());
    var changed = json.putArray("changes");
    changes.forEach(changed::add);
    grants.writeTo(json);
    return json;
  }
}
