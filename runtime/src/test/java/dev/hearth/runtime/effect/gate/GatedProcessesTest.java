package dev.hearth.runtime.effect.gate;

import static dev.hearth.runtime.effect.gate.Gates.id;
import static dev.hearth.runtime.effect.gate.Gates.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GatedProcessesTest {
  private final Gates gates = new Gates();
  private final Path folder;
  private final Map<String, String> variables = new LinkedHashMap<>();

  GatedProcessesTest(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
    variables.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    Files.createDirectory(folder.resolve("bin"));
    program("bin/tool", "echo the real tool");
  }

  @Test
  void a_granted_program_is_found_on_path() throws InterruptedException {
    assertThat(run("exec=tool", "tool")).isEqualTo("the real tool\n");
    assertThat(gates.record()).containsExactly("used exec=tool");
  }

  @Test
  void the_granted_program_may_be_asked_for_by_its_path() throws InterruptedException, IOException {
    Files.createSymbolicLink(folder.resolve("alias"), folder.resolve("bin"));

    assertThat(run("exec=tool", folder.resolve("bin/tool").toString()))
        .isEqualTo("the real tool\n");
    assertThat(run("exec=tool", folder.resolve("alias/tool").toString()))
        .isEqualTo("the real tool\n");
  }

  @Test
  void another_program_of_the_same_name_is_not_the_granted_one() throws IOException {
    Files.createDirectory(folder.resolve("evil"));
    program("evil/tool", "echo evil");
    var processes = processes("exec=tool");

    var error =
        refusal(() -> processes.run(ProcessRequest.of(folder.resolve("evil/tool").toString())));
    assertThat(error.sentence())
        .isEqualTo("recipe.js may not run `" + folder + "/evil/tool`: it was not granted.");
    assertThat(id(() -> processes.run(ProcessRequest.of("./tool").in(folder.resolve("evil")))))
        .isEqualTo("permission.denied");
    assertThat(id(() -> processes.run(ProcessRequest.of("sh", "-c", "id"))))
        .isEqualTo("permission.denied");
  }

  @Test
  void a_program_in_the_working_directory_is_not_found_by_its_name()
      throws IOException, InterruptedException {
    program("tool", "echo evil");
    variables.put("PATH", ":.:bin:" + variables.get("PATH"));

    var outcome = processes("exec=tool").run(ProcessRequest.of("tool").in(folder));

    assertThat(outcome.outputText()).isEqualTo("the real tool\n");
  }

  @Test
  void a_path_that_the_caller_passes_to_the_child_does_not_choose_the_program()
      throws IOException, InterruptedException {
    Files.createDirectory(folder.resolve("evil"));
    program("evil/tool", "echo evil");

    var outcome =
        processes("exec=tool")
            .run(ProcessRequest.of("tool").variable("PATH", folder.resolve("evil").toString()));

    assertThat(outcome.outputText()).isEqualTo("the real tool\n");
  }

  @Test
  void a_program_that_the_recipe_may_have_written_is_not_found_by_its_name() {
    var processes = processes("exec=tool", "write=" + folder.resolve("bin"));

    assertThat(id(() -> processes.run(ProcessRequest.of("tool")))).isEqualTo("process.not-found");
  }

  @Test
  void a_program_that_is_granted_by_its_path_is_that_file()
      throws IOException, InterruptedException {
    program("own", "echo own");

    assertThat(run("exec=" + folder.resolve("own"), folder.resolve("own").toString()))
        .isEqualTo("own\n");
    var processes = processes("exec=" + folder.resolve("own"));
    assertThat(processes.run(ProcessRequest.of("./own").in(folder)).outputText())
        .isEqualTo("own\n");
    assertThat(id(() -> processes.run(ProcessRequest.of("own")))).isEqualTo("permission.denied");
  }

  @Test
  void a_program_that_is_nowhere_is_said_to_be_so() {
    assertThat(id(() -> processes("exec=nowhere").run(ProcessRequest.of("nowhere"))))
        .isEqualTo("process.not-found");
    assertThat(id(() -> processes("all").run(ProcessRequest.of("a\0b"))))
        .isEqualTo("process.not-found");
    assertThat(id(() -> processes("all").run(ProcessRequest.of("./a\0b"))))
        .isEqualTo("process.not-found");
  }

  @Test
  void a_child_sees_the_harmless_variables_and_what_it_was_given() throws InterruptedException {
    variables.put("HOME", "/home/u");
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("AWS_SECRET_ACCESS_KEY", "leak");
    variables.put("SSH_AUTH_SOCK", "leak");
    variables.put("HEARTH_PROXMOX_TOKEN", "leak");
    variables.put("LD_PRELOAD", "leak");

    var output =
        processes("exec=env")
            .run(ProcessRequest.of("env").variable("GIVEN", "yes").variable("HOME", "/other"))
            .outputText();

    assertThat(output.lines())
        .contains("GIVEN=yes", "HOME=/other", "LC_ALL=C.UTF-8", "PATH=" + variables.get("PATH"))
        .noneMatch(line -> line.contains("leak"))
        .hasSize(5); // and the mark by which it is found again
  }

  @Test
  void a_child_that_inherits_sees_all_but_hearths_own_variables() throws InterruptedException {
    variables.put("AWS_SECRET_ACCESS_KEY", "key");
    variables.put("TF_VAR_size", "3");
    variables.put("HEARTH_PROXMOX_TOKEN", "leak");

    var request = ProcessRequest.of("env").variable("TF_VAR_size", "4").inheriting();
    var output = processes("exec=env").run(request).outputText();

    assertThat(output.lines())
        .contains("AWS_SECRET_ACCESS_KEY=key", "TF_VAR_size=4")
        .noneMatch(line -> line.contains("leak"));
    assertThat(id(() -> processes("exec=tool").run(request))).isEqualTo("permission.denied");
  }

  @Test
  void a_process_that_is_started_holds_its_place_until_it_is_closed() {
    var gate = gates.limits(Limits.DEFAULT.with(Limit.PROCESSES, 1)).granting("exec=tool");
    var processes = processes(gate);

    try (var child = processes.start(ProcessRequest.of("tool"))) {
      assertThat(child.pid()).isPositive();
      assertThat(gate.processes().isFree()).isFalse();
    }
    assertThat(gate.processes().isFree()).isTrue();
  }

  private String run(String flag, String program) throws InterruptedException {
    return processes(flag).run(ProcessRequest.of(program)).outputText();
  }

  private Processes processes(String... flags) {
    return processes(gates.granting(flags));
  }

  private Processes processes(Gate gate) {
    return new GatedProcesses(new SystemProcesses(Limits.DEFAULT), Environment.of(variables), gate);
  }

  private void program(String name, String script) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
