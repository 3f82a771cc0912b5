package dev.hearth.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.TakeUpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handles that steps return are handles again when another process takes the run up. */
class HandlesAfterResumeTest {
  private final Path folder;
  private final Path recipe;
  private final Hearth hearth;
  private final List<String> printed = new ArrayList<>();

  HandlesAfterResumeTest(@TempDir Path folder) {
    this.folder = folder;
    this.recipe = folder.resolve("recipe.js");
    this.hearth =
        Hearth.builder().home(folder.resolve("home")).environment(name -> Optional.empty()).build();
  }

  private void hear(RunEvent event) {
    if (event instanceof RunEvent.Printed line) {
      printed.add(line.text());
    }
  }

  private RunRequest simulated(RunRequest request) {
    return request.simulatedIn(folder.resolve("world.json"));
  }

  private RunResult run(String text, UnaryOperator<RunRequest> how) throws Exception {
    Files.writeString(recipe, text);
    var result = hearth.run(how.apply(RunRequest.of(recipe)), this::hear);
    assertThat(result.status()).describedAs("%s", result.error()).isEqualTo(Status.STOPPED);
    return result;
  }

  private RunResult takeUp(TakeUpRequest request) throws Exception {
    printed.clear();
    return hearth.takeUp(request, this::hear).await();
  }

  private RunResult resume(RunResult first) throws Exception {
    Files.createFile(folder.resolve("later.json"));
    Files.writeString(folder.resolve("later.json"), "{}");
    return takeUp(TakeUpRequest.resume(first.run()));
  }

  private String journal() throws Exception {
    try (var files = Files.walk(folder.resolve("home"))) {
      return files
          .filter(file -> file.toString().endsWith("journal.jsonl"))
          .map(HandlesAfterResumeTest::text)
          .collect(Collectors.joining());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Fails in its last step until there is a file, and prints what it has then. */
  private static String recipe(String imports, String step, String use) {
    return """
        %s
        export const recipe = { permissions: { proxmox: 'write' } };
        export default async ({ step }) => {
          const made = await step('make', async () => { %s }, { undo: async (made) => { console.log('undo', %s); } });
          await step('wait', () => import('./later.json', { with: { type: 'json' } }));
          console.log('use', %s);
        };
        """
        .formatted(imports, step, use, use);
  }

  private static final String PROXMOX = "import { proxmox } from 'hearth:proxmox';";

  @Test
  void a_vm_is_a_handle_again_and_can_be_asked() throws Exception {
    var first =
        run(
            recipe(
                PROXMOX,
                "return await proxmox().vms.create({ node: 'pve', vmid: 9000, name: 'web' });",
                "(await made.status()).name, made"),
            this::simulated);
    assertThat(journal())
        .contains(
            "\"result\":{\"vmid\":9000,\"node\":\"pve\"},"
                + "\"handles\":[{\"at\":[],\"module\":\"proxmox\",\"kind\":\"vm\","
                + "\"name\":{\"vmid\":9000,\"node\":\"pve\"}}]");
    var second = resume(first);
    assertThat(second.error()).isNull();
    assertThat(printed).containsExactly("use web vm(9000)");
  }

  @Test
  void undo_gets_the_handle_too() throws Exception {
    var first =
        run(
            recipe(
                PROXMOX,
                "return await proxmox().vms.create({ node: 'pve', vmid: 9000, name: 'web' });",
                "(await made.status()).name"),
            this::simulated);
    assertThat(takeUp(TakeUpRequest.undo(first.run())).status()).isEqualTo(Status.UNDONE);
    assertThat(printed).containsExactly("undo web");
  }

  @Test
  void handles_stand_wherever_they_stood_in_the_result() throws Exception {
    var first =
        run(
            recipe(
                PROXMOX
                    + " import { ssh } from 'hearth:ssh'; import { templates } from 'hearth:templates';",
                """
                const pve = proxmox();
                const vm = pve.vm(100);
                return { 'a/b': [1, vm, { vm }], __proto__: null, pve, s: pve.storage('local'), n: pve.node('pve'),
                  t: templates().template('debian'), host: ssh('web1'), shot: vm.snapshot('clean') };
                """,
                "made['a/b'][1], made['a/b'][2].vm, made.pve, made.s, made.n, made.t, made.host, made.shot,"
                    + " (await made.pve.nodes.list()).length"),
            this::simulated);
    assertThat(resume(first).error()).isNull();
    assertThat(printed)
        .containsExactly(
            "use vm(100) vm(100) proxmox() storage('local') node('pve') template('debian')"
                + " ssh('web1') vm(100).snapshot('clean') 1");
  }

  @Test
  void a_module_that_was_imported_inside_of_the_step_is_imported_again() throws Exception {
    var first =
        run(
            recipe(
                "",
                "const { proxmox } = await import('hearth:proxmox'); return proxmox().vm(100);",
                "made"),
            this::simulated);
    assertThat(resume(first).error()).isNull();
    assertThat(printed).containsExactly("use vm(100)");
  }

  @Test
  void data_that_looks_like_a_handle_or_its_record_stays_data() throws Exception {
    var first =
        run(
            recipe(
                PROXMOX,
                """
                proxmox().vm(100);
                const record = [{ at: [], module: 'proxmox', kind: 'vm', name: { vmid: 100 } }];
                return { vmid: 100, handles: record, json: JSON.parse(JSON.stringify(proxmox().vm(100))),
                  spread: { ...proxmox().vm(100) }.vmid, at: [], module: 'proxmox', kind: 'vm', name: { vmid: 100 } };
                """,
                "typeof made.status, typeof made.json.status, typeof made.handles[0].status, made.spread"),
            this::simulated);
    assertThat(journal()).doesNotContain("},\"handles\":[{\"at\"", "],\"handles\":[{\"at\"");
    assertThat(resume(first).error()).isNull();
    assertThat(printed).containsExactly("use undefined undefined undefined 100");
  }

  @Test
  void a_connection_that_is_spelled_out_leaves_nothing_of_itself_in_the_journal() throws Exception {
    var first =
        run(
            recipe(
                PROXMOX,
                "return proxmox({ url: 'https://pve.lan:8006', token: 'root@pam!x=geheim-1234' }).vm(100);",
                "typeof made.status, made.vmid"),
            this::simulated);
    assertThat(journal()).doesNotContain("geheim", "\"handles\"");
    assertThat(resume(first).error()).isNull();
    assertThat(printed).containsExactly("use undefined 100");
  }

  @Test
  void a_journal_whose_handles_make_no_sense_gives_data() throws Exception {
    var first =
        run(
            recipe(PROXMOX, "return [proxmox().vm(100)];", "typeof made[0].status"),
            this::simulated);
    var journal =
        Path.of(Objects.requireNonNull(hearth.surroundings().runs().show(first.run()).journal()));
    Files.writeString(
        journal,
        Files.readString(journal)
            .replace(
                "\"handles\":[",
                "\"handles\":[{\"at\":[\"9\",\"x\"],\"module\":\"proxmox\",\"kind\":\"vm\",\"name\":{}},"
                    + "{\"at\":[\"__proto__\"],\"module\":\"proxmox\",\"kind\":\"none\",\"name\":{}},"));
    assertThat(resume(first).error()).isNull();
    assertThat(printed).containsExactly("use function");
  }
}
