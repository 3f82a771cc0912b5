package dev.hearth.stdlib.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.DataRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change to a text leaves all else as it is written. */
class YamlEditTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String COMPOSE =
      """
      # The site.
      version: '3'   # quoted on purpose

      services:      # two of them
        web:
          image: "nginx:1.25" # pinned
          ports: [80, 443]    # both
          environment:
            - A=1
            # the second
            - B=2
        db: {image: postgres, tags: [a, b]} # flow
        nothing:

      # At the end.
      volumes:
      - name: one
        size: 10
      - name: two
      text: |
        line one
        line two
      last: 1""";

  private final YamlPureOps ops = new YamlPureOps();

  private String change(String text, String pointer, @Nullable String json) throws IOException {
    var path = pointer.isEmpty() ? List.<String>of() : List.of(pointer.substring(1).split("/", -1));
    return ops.change(new YamlPureOps.Change(null, null, null, path, json), text);
  }

  private JsonNode read(String text) throws IOException {
    return JSON.readTree(ops.parse(new YamlPureOps.Read(null, null, null), text).json());
  }

  /** The lines that a change takes away and puts there, and nothing else differs. */
  private String difference(String pointer, @Nullable String json) throws IOException {
    var before = new ArrayList<>(COMPOSE.lines().toList());
    var after = new ArrayList<>(change(COMPOSE, pointer, json).lines().toList());
    while (!before.isEmpty() && !after.isEmpty() && before.getFirst().equals(after.getFirst())) {
      before.removeFirst();
      after.removeFirst();
    }
    while (!before.isEmpty() && !after.isEmpty() && before.getLast().equals(after.getLast())) {
      before.removeLast();
      after.removeLast();
    }
    var told = new StringBuilder();
    before.forEach(line -> told.append('-').append(line).append('\n'));
    after.forEach(line -> told.append('+').append(line).append('\n'));
    return told.toString();
  }

  @Test
  void a_scalar_keeps_its_quotes_and_what_is_said_behind_it() throws Exception {
    assertThat(difference("/version", "\"4\""))
        .isEqualTo("-version: '3'   # quoted on purpose\n+version: '4'   # quoted on purpose\n");
    assertThat(difference("/services/web/image", "\"nginx:1.27\""))
        .isEqualTo("-    image: \"nginx:1.25\" # pinned\n+    image: \"nginx:1.27\" # pinned\n");
    assertThat(difference("/last", "true")).isEqualTo("-last: 1\n+last: true\n");
    assertThat(difference("/services/nothing", "\"no\""))
        .isEqualTo("-  nothing:\n+  nothing: 'no'\n");
    assertThat(difference("/volumes/0/size", "20")).isEqualTo("-  size: 10\n+  size: 20\n");
  }

  @Test
  void what_is_new_stands_where_its_neighbours_do() throws Exception {
    assertThat(difference("/services/web/restart", "\"always\""))
        .isEqualTo("+    restart: always\n");
    assertThat(difference("/services/web/environment/-", "\"C=3\"")).isEqualTo("+      - C=3\n");
    assertThat(difference("/services/db/restart", "\"no\""))
        .isEqualTo(
            """
            -  db: {image: postgres, tags: [a, b]} # flow
            +  db: {image: postgres, tags: [a, b], restart: 'no'} # flow
            """);
    assertThat(difference("/services/web/ports/2", "8080"))
        .isEqualTo("-    ports: [80, 443]    # both\n+    ports: [80, 443, 8080]    # both\n");
    assertThat(difference("/volumes/-", "{\"name\":\"three\",\"size\":1}"))
        .isEqualTo("+- name: three\n+  size: 1\n");
    assertThat(difference("/a/b/c", "[1]")).isEqualTo("+a:\n+  b:\n+    c:\n+      - 1\n");
    assertThat(difference("/services/nothing/-", "1")).isEqualTo("+    - 1\n");
    assertThat(difference("/services/nothing/x", "1")).isEqualTo("+    x: 1\n");
  }

  @Test
  void what_is_replaced_by_something_else_keeps_what_is_said_of_its_key() throws Exception {
    assertThat(difference("/services/web/environment", "{\"A\":1}"))
        .isEqualTo("-      - A=1\n-      # the second\n-      - B=2\n+      A: 1\n");
    assertThat(difference("/services", "\"none\""))
        .startsWith("-services:      # two of them\n")
        .endsWith("+services: none      # two of them\n");
    assertThat(difference("/text", "\"short\""))
        .isEqualTo("-text: |\n-  line one\n-  line two\n+text: short\n");
    assertThat(difference("/services/web/image", "{\"name\":\"x\"}"))
        .isEqualTo("-    image: \"nginx:1.25\" # pinned\n+    image:\n+      name: x # pinned\n");
  }

  @Test
  void what_is_removed_takes_no_neighbour_along() throws Exception {
    assertThat(difference("/services/web/image", null))
        .isEqualTo("-    image: \"nginx:1.25\" # pinned\n");
    assertThat(difference("/services/db/image", null))
        .isEqualTo("-  db: {image: postgres, tags: [a, b]} # flow\n+  db: {tags: [a, b]} # flow\n");
    assertThat(difference("/services/web/environment/0", null)).isEqualTo("-      - A=1\n");
    assertThat(difference("/volumes/0", null)).isEqualTo("-- name: one\n-  size: 10\n");
    assertThat(difference("/volumes/0/name", null))
        .isEqualTo("-- name: one\n-  size: 10\n+- size: 10\n");
    assertThat(difference("/volumes/1/name", null)).isEqualTo("-- name: two\n+- {}\n");
    assertThat(difference("/none/at/all", null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# only this\n", "---\n# a\n", "null\n", "~"})
  void a_text_without_a_value_gets_one_below_its_comments(String text) throws Exception {
    var changed = change(text, "/a/b", "1");
    assertThat(read(changed)).isEqualTo(JSON.readTree("{\"a\":{\"b\":1}}"));
    assertThat(changed).contains(text.replaceAll("null\n|~", ""));
  }

  @Test
  void line_ends_of_windows_stay_and_no_line_gets_another() throws Exception {
    var changed = change("a: 1\r\nb:\r\n  c: 2 # x\r\n", "/b/d", "[1,2]");
    assertThat(changed).isEqualTo("a: 1\r\nb:\r\n  c: 2 # x\r\n  d:\r\n    - 1\r\n    - 2\r\n");
  }

  @Test
  void what_would_change_something_else_too_is_refused() {
    for (var text :
        List.of("a: &x\n  b: 1\nc: *x\n", "? {a: 1}\n: 2\na: 1\n", "a: !!str 1\nc: *y\n")) {
      assertThatThrownBy(() -> change(text, "/a/b", "2")).isInstanceOf(HearthException.class);
    }
    assertThatThrownBy(() -> change("a: &x\n  b: 1\nc: *x\n", "/a/b", "2"))
        .hasMessageStartingWith("The text is written in a form in which `/a/b` cannot be changed");
    assertThatThrownBy(() -> change("a: [1]\n", "/a/7", "2"))
        .hasMessageStartingWith("There is no place for `/a/7`.");
    assertThatThrownBy(() -> change("a: 1\n", "/a/b", "2"))
        .hasMessageStartingWith("There is no place for `/a/b`.");
  }

  @Test
  void random_changes_give_what_they_say_keep_comments_and_are_seldom_refused() throws Exception {
    var random = new SplittableRandom(20_261_126);
    var values =
        List.of(
            "1",
            "\"x y\"",
            "\"no\"",
            "null",
            "[]",
            "{}",
            "[1,{\"k\":\"v\"}]",
            "{\"n\":[1],\"m\":\"a\\nb\\n\"}");
    var texts =
        List.of(
            COMPOSE,
            "a:\n    b: [x, {y: z}] # c\n\n    'd': >-\n        folded\n        text\n    e: # e\n    # f\n        - 1\n",
            "- a # x\n-\n  - b\n  - {c: d}\n# end\n");
    var refused = 0;
    var done = 0;
    for (var round = 0; round < 600; round++) {
      var text = texts.get(round % texts.size());
      for (var step = 0; step < 4; step++) {
        var before = read(text);
        var places = new ArrayList<List<String>>();
        places(before, List.of(), places);
        var path = places.get(random.nextInt(places.size()));
        var json = random.nextInt(4) == 0 ? null : values.get(random.nextInt(values.size()));
        if (path.isEmpty()) {
          continue;
        }
        try {
          var changed = ops.change(new YamlPureOps.Change(null, null, null, path, json), text);
          var wanted = before.deepCopy();
          put(wanted, path, json == null ? null : JSON.readTree(json));
          assertThat(read(changed)).as(text + path + json).isEqualTo(wanted);
          if (text.contains("# The site.")) {
            assertThat(changed).contains("# The site.");
          }
          text = changed;
          done++;
        } catch (HearthException e) {
          assertThat(e.id()).isEqualTo("yaml.not-editable");
          refused++;
        }
      }
    }
    assertThat(done).isGreaterThan(1500);
    assertThat(refused).as("of " + done).isLessThan(done / 50);
  }

  /** All places of a value, and a new one in each map and list. */
  private static void places(JsonNode value, List<String> path, List<List<String>> found) {
    found.add(path);
    if (value instanceof ObjectNode map) {
      map.properties().forEach(each -> places(each.getValue(), with(path, each.getKey()), found));
      found.add(with(path, "new key"));
    } else if (value instanceof ArrayNode list) {
      for (var i = 0; i < list.size(); i++) {
        places(list.get(i), with(path, String.valueOf(i)), found);
      }
      found.add(with(path, "-"));
    }
  }

  private static List<String> with(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private static void put(JsonNode root, List<String> path, @Nullable JsonNode value) {
    var parent = root;
    for (var name : path.subList(0, path.size() - 1)) {
      parent = parent.isArray() ? parent.get(Integer.parseInt(name)) : parent.get(name);
    }
    var last = path.getLast();
    if (parent instanceof ObjectNode map) {
      if (value == null) {
        map.remove(last);
      } else {
        map.set(last, value);
      }
    } else if (parent instanceof ArrayNode list) {
      var index = last.equals("-") ? list.size() : Integer.parseInt(last);
      if (index == list.size()) {
        if (value != null) {
          list.add(value);
        }
      } else if (value == null) {
        list.remove(index);
      } else {
        list.set(index, value);
      }
    }
  }

  @Test
  void a_recipe_edits_step_by_step(@TempDir Path folder) throws Exception {
    var recipe = new DataRecipe(folder, "yaml");
    assertThat(
            recipe.value(
                """
                String(yaml.edit('# top\\na: 1 # one\\n').set('/a', 2).set(['b', 'c~/d'], [true]).remove('/none'))
                  + JSON.stringify([yaml.edit('a: [1]').get('/a/0'), yaml.edit('a: 1').get('/b') ?? null])
                """))
        .isEqualTo("\"# top\\na: 2 # one\\nb:\\n  c~/d:\\n    - true\\n[1,null]\"");
    assertThat(recipe.error("yaml.edit('a: 1').set('a', 2)"))
        .isEqualTo("yaml.pointer: `a` is no JSON pointer.");
    assertThat(recipe.error("yaml.edit('a: 1\\na: 2')")).startsWith("yaml.duplicate-key");
  }
}
