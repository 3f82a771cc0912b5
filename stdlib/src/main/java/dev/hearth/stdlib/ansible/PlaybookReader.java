package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a playbook says of itself. What is put together by templates stays as it is written. */
final class PlaybookReader {
  private static final List<String> TASKS = List.of("pre_tasks", "tasks", "post_tasks", "handlers");
  private static final List<String> BLOCKS = List.of("block", "rescue", "always");
  private static final List<String> ROLE_TASKS = List.of("import_role", "include_role");

  private final YamlFile file;
  private final List<Play> plays = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();

  /**
   * A file of plays.
   *
   * @param file from the project's folder on
   */
  record Playbook(String file, List<Play> plays, List<Import> imports) {}

  /**
   * One play.
   *
   * @param tags of the play and of the tasks that stand in it, sorted
   * @param roles by name, in order; also those that its tasks import or include
   */
  record Play(
      @Nullable String name,
      String hosts,
      List<String> tags,
      List<String> roles,
      List<String> collections,
      List<Variable> variables,
      List<String> variableFiles,
      int line) {}

  /**
   * A variable of a play.
   *
   * @param prompt what Ansible asks for it; null where it does not ask
   */
  record Variable(String name, JsonNode value, @Nullable String prompt, boolean secret) {}

  record Import(String playbook, int line) {}

  private PlaybookReader(YamlFile file) {
    this.file = file;
  }

  /** Empty where the file is something else. */
  static Optional<Playbook> read(ProjectFiles files, Path path) {
    var file = files.yaml(path);
    if (!isPlaybook(file.value())) {
      return Optional.empty();
    }
    var reader = new PlaybookReader(file);
    file.value().forEach(reader::add);
    return Optional.of(new Playbook(files.told(path), reader.plays, reader.imports));
  }

  private static boolean isPlaybook(JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      return false;
    }
    for (var item : value) {
      if (!item.has("hosts") && imported(item) == null) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable JsonNode imported(JsonNode item) {
    var imported = item.get("import_playbook");
    return imported == null ? item.get("ansible.builtin.import_playbook") : imported;
  }

  private void add(JsonNode item) {
    var imported = imported(item);
    if (imported == null) {
      plays.add(play(item));
    } else {
      imports.add(new Import(text(imported), file.line(item)));
    }
  }

  private Play play(JsonNode play) {
    var tags = new TreeSet<>(words(play.path("tags")));
    var roles = new LinkedHashSet<String>();
    play.path("roles").forEach(role -> role(role, roles, tags));
    TASKS.forEach(part -> tasks(play.path(part), roles, tags));
    var name = play.get("name");
    return new Play(
        name == null ? null : text(name),
        String.join(",", words(play.path("hosts"))),
        List.copyOf(tags),
        List.copyOf(roles),
        words(play.path("collections")),
        variables(play),
        words(play.path("vars_files")),
        file.line(play));
  }

  private static void role(JsonNode role, Set<String> roles, Set<String> tags) {
    var name = role.isObject() ? role.path("role") : role;
    roles.add(text(name.isMissingNode() ? role.path("name") : name));
    tags.addAll(words(role.path("tags")));
  }

  private static void tasks(JsonNode tasks, Set<String> roles, Set<String> tags) {
    for (var task : tasks) {
      tags.addAll(words(task.path("tags")));
      for (var kind : ROLE_TASKS) {
        var brief = task.path(kind);
        var role = brief.isMissingNode() ? task.path("ansible.builtin." + kind) : brief;
        if (role.has("name")) {
          roles.add(text(role.path("name")));
        }
      }
      BLOCKS.forEach(block -> tasks(task.path(block), roles, tags));
    }
  }

  private static List<Variable> variables(JsonNode play) {
    var all = new ArrayList<Variable>();
    play.path("vars")
        .properties()
        .forEach(one -> all.add(new Variable(one.getKey(), one.getValue(), null, false)));
    for (var asked : play.path("vars_prompt")) {
      var name = text(asked.path("name"));
      var prompt = asked.path("prompt");
      all.add(
          new Variable(
              name,
              asked.has("default") ? asked.path("default") : NullNode.instance,
              prompt.isMissingNode() ? name : text(prompt),
              asked.path("private").asBoolean(true)));
    }
    return all;
  }

  /** One, or a list, or several with commas between. */
  static List<String> words(JsonNode given) {
    var words = new ArrayList<String>();
    if (given.isArray()) {
      given.forEach(each -> words.addAll(words(each)));
    } else if (!given.isMissingNode() && !given.isNull()) {
      for (var word : text(given).split(",", -1)) {
        if (!word.isBlank()) {
          words.add(word.strip());
        }
      }
    }
    return words;
  }

  static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
