package dev.hearth.stdlib.proxmox.sim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.proxmox.sim.copy.Ask;
import dev.hearth.stdlib.proxmox.sim.copy.Source;
import dev.hearth.stdlib.proxmox.sim.copy.WorldCopy;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What a real Proxmox VE 8.4 answered can be copied: each question gets its last recorded answer.
 * Runs only where the recordings are.
 */
class RecordedCopyTest {
  private static final List<String> FILES =
      List.of("access", "cluster", "nodes", "pools", "storage", "vmops", "lxcops");

  private final Map<String, JsonNode> answers = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  @Test
  void recorded_answers_become_a_world() throws Exception {
    var folder = Recording.folder();
    assumeTrue(folder.isPresent(), "The recordings are not here.");
    for (var recording : Recording.all(folder.orElseThrow())) {
      take(recording);
    }
    for (var file : FILES) {
      for (var recording :
          Recording.lines(folder.orElseThrow().resolve("more/" + file + ".jsonl"))) {
        take(recording);
      }
    }
    Source source = this::answer;
    var clock = new SteppedClock();
    var world = World.restore(WorldCopy.of(source, clock), clock);
    assertThat(told).hasSizeGreaterThan(40);
    assertThat(world.major()).isEqualTo(8);
    assertThat(world.nodes()).containsOnlyKeys("pve");
    assertThat(world.storages().exists("local2")).isTrue();
    assertThat(world.accounts().users()).containsKeys("root@pam", "deploy@pve", "reader@pve");
    assertThat(world.accounts().role("LabRole4", world.privileges()).orElseThrow())
        .containsExactly("Sys.Audit", "VM.Audit");
    var vm = requireNonNull(world.guests().get(850));
    assertThat(vm.config()).containsEntry("memory", "512").containsEntry("parent", "s1");
    assertThat(vm.pending()).containsEntry("memory", "768");
    assertThat(vm.snapshots()).containsKey("s1");
    assertThat(world.sections("sdn/subnets").has("zsimple-10.50.0.0-24")).isTrue();
    assertThat(world.backupJobs()).containsKey("lab-job");
    assertThat(world.save().toString()).doesNotContain("$6$xx$yy"); // a password in a snapshot
  }

  private void take(Recording recording) {
    if (recording.method().equals("GET")
        && recording.status() == 200
        && recording.answer().isObject()) {
      var path = recording.path().replaceFirst("^/api2/(json|extjs)", "").split("\\?", 2)[0];
      answers.put(URLDecoder.decode(path, StandardCharsets.UTF_8), recording.answer().path("data"));
    }
  }

  private synchronized Optional<JsonNode> answer(Ask ask) {
    var path = ask.toString().replaceFirst("^GET ", "");
    var answer = Optional.ofNullable(answers.get(path)).filter(data -> !data.isNull());
    if (answer.isPresent()) {
      told.add(path);
    }
    return answer;
  }
}
