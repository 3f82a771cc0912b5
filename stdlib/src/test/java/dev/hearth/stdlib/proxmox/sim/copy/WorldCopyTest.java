package dev.hearth.stdlib.proxmox.sim.copy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.proxmox.sim.RootClient;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of a world is like the world, but for its history and its secrets. */
class WorldCopyTest {
  /** Paths whose answers are not alike, with the reason. */
  private static final Map<String, String> UNLIKE =
      Map.of(
          ".*/tasks(/.*)?", "what happened to the original did not happen to the copy",
          "/nodes/[^/]+/(journal|syslog)", "likewise",
          "/cluster/log", "likewise",
          "/nodes/[^/]+/report", "it tells a password of cloud-init",
          ".*/qemu/101/snapshot/first/config", "likewise",
          "/access/domains/sso", "the key of a client of OpenID is a secret",
          "/cluster/acme/plugins(/dns)?|/cluster/sdn/(dns|ipams)(/ns|/nb)?",
              "what a plugin logs in with is a secret",
          "/cluster/options", "the address of the proxy has a password in it");

  private static final List<String> SECRETS =
      List.of(
          "alice-secret",
          "bind-secret",
          "openid-secret",
          "guest-secret",
          "container-secret",
          "metrics-secret",
          "dns-secret",
          "ipam-secret",
          "gotify-secret",
          "acme-secret",
          "proxy-secret");

  /** The API as a program sees it that may read everything. */
  static Source sourceOf(RootClient root) {
    return ask -> {
      var path = ask.segments().stream().map(s -> "/" + encoded(s)).collect(Collectors.joining());
      var query =
          ask.params().entrySet().stream()
              .map(param -> param.getKey() + "=" + encoded(param.getValue()))
              .collect(Collectors.joining("&"));
      var answer = root.answer("GET", query.isEmpty() ? path : path + "?" + query);
      var body = answer.body();
      assertThat(answer.status()).as("%s: %s", ask, answer.reason()).isEqualTo(200);
      return Optional.of(requireNonNull(body).path("data")).filter(data -> !data.isNull());
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode copyOf(RootClient root) {
    return WorldCopy.of(sourceOf(root), root.world().clock());
  }

  private static RootClient copied(RootClient root) {
    return new RootClient(World.restore(copyOf(root), root.world().clock()));
  }

  private static void forgetUnlike(Map<String, Walk.Reply> replies) {
    replies.keySet().removeIf(path -> UNLIKE.keySet().stream().anyMatch(path::matches));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9})
  void a_copy_answers_as_its_original_does(int major) {
    try (var original = RichWorld.ofVersion(major);
        var copy = copied(original)) {
      var before = new TreeMap<>(Walk.of(original));
      var after = new TreeMap<>(Walk.of(copy));
      assertThat(before).hasSizeGreaterThan(600);
      forgetUnlike(before);
      forgetUnlike(after);
      assertThat(after.keySet()).containsExactlyElementsOf(before.keySet());
      before.forEach((path, reply) -> assertThat(after.get(path)).as(path).isEqualTo(reply));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9})
  void nothing_secret_is_in_a_copy(int major) {
    try (var original = RichWorld.ofVersion(major)) {
      var kept = original.world().save().toString();
      var copy = copyOf(original).toString();
      assertThat(kept).contains("openid-secret", "guest-secret"); // there was something to leave
      assertThat(copy).doesNotContain(SECRETS);
      original
          .world()
          .accounts()
          .users()
          .values()
          .forEach(
              user ->
                  user.tokens()
                      .values()
                      .forEach(token -> assertThat(copy).doesNotContain(token.secret())));
    }
  }

  @Test
  void nobody_logs_in_to_a_copy_as_to_the_original_but_root_has_a_token_of_its_own() {
    try (var original = RichWorld.ofVersion(8);
        var copy = copied(original)) {
      var theirs = original.world().accounts().users().get("alice@pve");
      var secret = requireNonNull(requireNonNull(theirs).tokens().get("ci")).secret();
      var tickets = copy.world().tickets();
      assertThat(original.world().tickets().tokenOwner("alice@pve!ci=" + secret)).isPresent();
      assertThat(tickets.tokenOwner("alice@pve!ci=" + secret)).isEmpty();
      assertThat(tickets.tokenOwner("alice@pve!ci=")).isEmpty();
      assertThat(tickets.isPasswordOf("alice@pve", "alice-secret")).isFalse();

      var own = requireNonNull(copy.simulator().connection().secrets().get("token")).reveal();
      assertThat(own).startsWith("root@pam!hearth-sim=");
      assertThat(tickets.tokenOwner(own)).contains("root@pam!hearth-sim");
    }
  }

  @Test
  void a_copy_lives_on() {
    try (var original = RichWorld.ofVersion(8);
        var copy = copied(original)) {
      assertThat(copy.get("/cluster/nextid").asText()).isEqualTo("500");
      copy.done("POST", "/nodes/pve1/qemu/101/snapshot/first/rollback");
      assertThat(copy.ended("DELETE", "/nodes/pve1/qemu/9000"))
          .contains("base volume 'local:9000/base-9000-disk-0.qcow2' is still in use");
      var backups = copy.get("/nodes/pve1/storage/shared/content?content=backup");
      var volid = backups.get(0).path("volid").asText();
      assertThat(volid).contains("vzdump-lxc-200");
      var vm = backups.get(1).path("volid").asText();
      assertThat(
              copy.ended("POST", "/nodes/pve2/qemu", "vmid=300", "archive=" + vm, "storage=shared"))
          .isEqualTo("OK");
      assertThat(copy.get("/nodes/pve2/qemu/300/config").path("name").asText()).isEqualTo("web");
      assertThat(
              copy.ended(
                  "POST",
                  "/nodes/pve2/lxc",
                  "vmid=301",
                  "ostemplate=" + volid,
                  "restore=1",
                  "storage=shared"))
          .isEqualTo("OK");
    }
  }

  @Test
  void what_is_not_told_is_left_out() {
    try (var original = RichWorld.ofVersion(9)) {
      var all = sourceOf(original);
      Source some =
          ask ->
              List.of("GET /version", "GET /nodes").contains(ask.toString())
                  ? all.get(ask)
                  : Optional.empty();
      var world =
          World.restore(WorldCopy.of(some, original.world().clock()), original.world().clock());
      assertThat(world.major()).isEqualTo(9);
      assertThat(world.nodes().keySet()).containsExactly("pve1", "pve2", "pve3");
      assertThat(world.guests()).isEmpty();
      assertThat(world.accounts().users()).containsOnlyKeys("root@pam");
    }
  }

  @Test
  void of_a_node_that_is_switched_off_is_known_what_the_others_know() {
    try (var original = RichWorld.ofVersion(8)) {
      original.world().lock().holding(() -> original.world().setOnline("pve3", false));
      var all = sourceOf(original);
      Source others =
          ask -> ask.toString().startsWith("GET /nodes/pve3") ? fail(ask) : all.get(ask);
      var world =
          World.restore(WorldCopy.of(others, original.world().clock()), original.world().clock());
      assertThat(world.isOnline("pve3")).isFalse();
      assertThat(world.isOnline("pve2")).isTrue();
      assertThat(requireNonNull(world.guests().get(200)).config()).containsEntry("hostname", "dns");
      assertThat(requireNonNull(world.guests().get(200)).type()).isEqualTo("lxc");
    }
  }

  private static Optional<JsonNode> fail(Ask ask) {
    throw new AssertionError(ask + " is asked of a node that cannot answer");
  }
}
