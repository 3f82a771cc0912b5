package dev.hearth.stdlib.proxmox.sim.copy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.sim.RootClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who copies from a server that lies gets a sentence, and never a world that is not one. */
class HostileSourceTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RootClient original = RichWorld.ofVersion(9);
  private final Source honest = WorldCopyTest.sourceOf(original);

  @AfterEach
  void end() {
    original.close();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode copy(Source source) {
    return WorldCopy.of(source, original.world().clock());
  }

  /** What is said when one question is answered so. */
  private String said(String question, String answer) {
    Source lying =
        ask -> ask.toString().equals(question) ? Optional.of(json(answer)) : honest.get(ask);
    var error = requireNonNull(catchThrowableOfType(HearthException.class, () -> copy(lying)));
    assertThat(error.code().text().id()).startsWith("proxmox.copy-");
    return error.sentence();
  }

  @Test
  void an_answer_of_another_type_is_named() {
    assertThat(said("GET /nodes", "{}"))
        .isEqualTo("`GET /nodes` answered `{}` where a list was expected.");
    assertThat(said("GET /nodes", "[7]"))
        .isEqualTo("`GET /nodes` answered `7` where an object was expected.");
    assertThat(said("GET /version", "\"8\""))
        .isEqualTo("`GET /version` answered `\"8\"` where an object was expected.");
    assertThat(said("GET /pools/lab", "[]"))
        .isEqualTo("`GET /pools/lab` answered `[]` where an object was expected.");
    assertThat(said("GET /nodes", "[{}]")).isEqualTo("`GET /nodes` answered no `node`.");
    assertThat(said("GET /nodes/pve1/vzdump/extractconfig", "[]"))
        .isEqualTo(
            "`GET /nodes/pve1/vzdump/extractconfig` answered `[]` where a text was expected.");
  }

  @Test
  void a_name_that_would_lead_elsewhere_is_refused() {
    for (var name : List.of("../x", "..", "", "a/b", "a\\u0000b", "a\\nb")) {
      assertThat(said("GET /nodes", "[{\"node\":\"" + name + "\"}]"))
          .startsWith("`GET /nodes` answered `")
          .endsWith("` as `node`.");
    }
    assertThat(said("GET /storage", "[{\"storage\":\"../x\",\"type\":\"dir\"}]"))
        .isEqualTo("`GET /storage` answered `../x` as `storage`.");
    assertThat(
            said(
                "GET /nodes/pve1/storage/local/content",
                "[{\"volid\":\"local:iso/../../x\",\"content\":\"iso\"}]"))
        .isEqualTo(
            "`GET /nodes/pve1/storage/local/content` answered `local:iso/../../x` as `volid`.");
    assertThat(said("GET /pools", "[{\"poolid\":\"a/../b\"}]"))
        .isEqualTo("`GET /pools` answered `a/../b` as `poolid`.");
    assertThat(said("GET /access/acl", "[{\"path\":\"x\"}]"))
        .isEqualTo("`GET /access/acl` answered `x` as `path`.");
    assertThat(said("GET /nodes/pve1/qemu", "[{\"vmid\":\"../x\"}]"))
        .isEqualTo("`GET /nodes/pve1/qemu` answered `../x` as `vmid`.");
    assertThat(said("GET /nodes/pve1/qemu", "[{\"vmid\":99999999999}]"))
        .isEqualTo("`GET /nodes/pve1/qemu` answered `99999999999` as `vmid`.");
    assertThat(
            said(
                "GET /nodes/pve1/storage/local/content",
                "[{\"volid\":\"other:iso/x.iso\",\"content\":\"iso\"}]"))
        .isEqualTo(
            "`GET /nodes/pve1/storage/local/content` answered `other:iso/x.iso` as a volume of the"
                + " storage local.");
  }

  @Test
  void more_than_anybody_has_is_refused() {
    var many = JSON.createArrayNode();
    for (int i = 0; i <= 20_000; i++) {
      many.addObject().put("userid", "user" + i + "@pve");
    }
    assertThat(said("GET /access/users", many.toString()))
        .isEqualTo(
            "`GET /access/users` answered 20001 entries, more than a simulator is made for.");
    var tooLong = "x".repeat(1025);
    assertThat(said("GET /access/users", "[{\"userid\":\"" + tooLong + "\"}]"))
        .isEqualTo("`GET /access/users` answered `" + "x".repeat(60) + "…` as `userid`.");
  }

  @Test
  void another_version_is_refused_by_name() {
    assertThat(said("GET /version", "{\"version\":\"6.4-15\"}"))
        .isEqualTo("Proxmox VE 6.4-15 cannot be simulated.");
    assertThat(said("GET /version", "{\"version\":\"\\u001b[31m\"}")).doesNotContain("\u001b");
  }

  @Test
  void whatever_stands_in_any_answer_the_copy_is_a_world_or_a_sentence() {
    var answers = new ConcurrentHashMap<Ask, JsonNode>();
    copy(
        ask -> {
          var answer = honest.get(ask);
          answer.ifPresent(data -> answers.put(ask, data));
          return answer;
        });
    assertThat(answers).hasSizeGreaterThan(120);
    int tried = 0;
    for (var asked : onePerPath(answers)) {
      for (var lie : lies(requireNonNull(answers.get(asked)))) {
        Source lying = ask -> Optional.ofNullable(ask.equals(asked) ? lie : answers.get(ask));
        var failure = catchThrowable(() -> copy(lying));
        assertThat(failure).as("%s: %s", asked, lie).matches(HostileSourceTest::isSentence);
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(400);
  }

  private static boolean isSentence(@Nullable Throwable failure) {
    return failure == null
        || (failure instanceof HearthException told
            && told.code().text().id().startsWith("proxmox.copy-"));
  }

  /** Of questions that differ only in what they are about, one will do. */
  private static List<Ask> onePerPath(Map<Ask, JsonNode> answers) {
    var kinds = new LinkedHashMap<String, Ask>();
    answers.keySet().stream()
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .forEach(
            ask ->
                kinds.putIfAbsent(
                    ask.toString().replaceAll("pve\\d|\\d{3,}", "x") + ask.params().keySet(), ask));
    return List.copyOf(kinds.values());
  }

  /** The answer with each of its fields made something else, and wholly other answers. */
  private static List<JsonNode> lies(JsonNode answer) {
    var lies = new ArrayList<JsonNode>();
    var odd = List.of("null", "[]", "[[null]]", "\"../x\"", "{\"a\":{\"b\":[1]}}");
    odd.forEach(text -> lies.add(json(text)));
    var first = answer instanceof ArrayNode list && !list.isEmpty() ? list.get(0) : answer;
    if (first instanceof ObjectNode object) {
      for (var field : object.properties()) {
        for (var text : List.of("[[null]]", "\"99999999999999999999\"")) {
          var changed = object.deepCopy();
          changed.set(field.getKey(), json(text));
          lies.add(answer.isArray() ? JSON.createArrayNode().add(changed) : changed);
        }
      }
    }
    return lies;
  }
}
