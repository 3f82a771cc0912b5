package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run used of what it may is on the record, and what it was refused. */
class PermissionsAuditTest {
  private final Path folder;
  private final TypedCommand hearth;

  PermissionsAuditTest(@TempDir Path temp) throws IOException {
    folder = temp.toRealPath();
    hearth = new TypedCommand().at(folder.resolve("home"));
  }

  private Path recipe(String text) throws IOException {
    return Files.writeString(folder.resolve("recipe.js"), text);
  }

  private Path runFolder() throws IOException {
    try (var runs = Files.list(folder.resolve("home/state/runs"))) {
      return runs.findFirst().orElseThrow();
    }
  }

  private JsonNode audit() throws IOException {
    assertThat(hearth.type("permissions", "audit", runFolder().getFileName().toString(), "--json"))
        .isZero();
    return new ObjectMapper().readTree(hearth.out());
  }

  @Test
  void a_run_that_asks_for_nothing_leaves_no_file() throws IOException {
    assertThat(hearth.type("run", recipe("export default () => 1;").toString())).isZero();
    assertThat(runFolder().resolve("permissions.jsonl")).doesNotExist();
    assertThat(audit().path("uses")).isEmpty();
  }

  @Test
  void what_was_used_is_told_with_who_for_what_and_by_which_grant() throws IOException {
    var recipe =
        recipe(
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { permissions: { proxmox: 'read', env: ['LANG'] } };
            export default async () => {
              await proxmox().vms.list();
              await proxmox().vms.list();
            };
            """);
    assertThat(hearth.type("run", recipe.toString(), "--simulate", "--allow-env=LANG"))
        .as(hearth.err())
        .isZero();
    var audit = audit();
    var intent = audit.path("uses").path(0);
    assertThat(intent.path("permission").asText()).startsWith("proxmox=").endsWith(":read");
    assertThat(intent.path("by").asText()).isEqualTo("simulation");
    assertThat(intent.path("count").asInt()).isEqualTo(2);
    assertThat(audit.path("declared").toString()).isEqualTo("[\"proxmox:read\",\"env=LANG\"]");
    assertThat(audit.path("unused").toString()).isEqualTo("[\"env=LANG\"]");

    assertThat(hearth.type("permissions", "audit", audit.path("run").asText())).isZero();
    assertThat(hearth.out()).contains("by simulation");
    assertThat(hearth.err()).isEqualTo("Declared and not used by this run: env=LANG\n");
  }

  @Test
  void what_was_refused_is_told_and_a_link_is_told_with_where_it_leads() throws IOException {
    var canary = Files.writeString(folder.resolve("outside.json"), "{}");
    Files.createDirectory(folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/link.json"), canary);
    var recipe =
        Files.writeString(
            folder.resolve("in/recipe.js"),
            "export default async () => "
                + "(await import('./link.json', { with: { type: 'json' } })).default;");
    assertThat(hearth.type("run", recipe.toString())).isEqualTo(3);
    var refused = audit().path("uses").path(0);
    assertThat(refused.path("permission").asText()).isEqualTo("read=" + canary);
    assertThat(refused.path("granted").asBoolean()).isFalse();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(runFolder().resolve("permissions.jsonl"))))
        .isEqualTo("rw-------");
  }

  @Test
  void all_runs_of_a_recipe_tell_where_its_declaration_can_be_narrower() throws IOException {
    hearth.set("A", "1").set("B", "2");
    var recipe =
        recipe(
            """
            import { env } from 'hearth:env';
            import { fs } from 'hearth:fs';
            export const recipe = {
              params: { name: { type: 'string' } },
              permissions: { env: ['A', 'B', 'C'], read: ['/usr'] },
            };
            export default async ({ params }) => [await env.find(params.name), await fs.exists('/usr/lib')];
            """);
    assertThat(hearth.type("permissions", "audit", recipe.toString())).isZero();
    assertThat(hearth.err())
        .isEqualTo(recipe + " has not run as it is now, other than simulated.\n");
    for (var name : new String[] {"A", "B", "A"}) {
      assertThat(hearth.type("run", recipe.toString(), "--yes", "--name", name)).isZero();
    }
    assertThat(hearth.type("permissions", "audit", recipe.toString())).as(hearth.err()).isZero();
    assertThat(hearth.err())
        .isEqualTo(
            """
            Declared and never used: env=C
            Declared read=/usr, used only read=/usr/lib
            From 3 runs of %s as it is now; others may need more.
            """
                .formatted(recipe));
    assertThat(hearth.type("permissions", "audit", recipe.toString(), "--json")).isZero();
    var audit = new ObjectMapper().readTree(hearth.out());
    assertThat(audit.path("runs").asInt()).isEqualTo(3);
    assertThat(audit.path("wider").toString()).isEqualTo("{\"read=/usr\":[\"read=/usr/lib\"]}");
  }

  @Test
  void a_recipe_that_has_changed_since_is_not_held_against_its_run() throws IOException {
    var recipe = recipe("export default () => 1;");
    assertThat(hearth.type("run", recipe.toString())).isZero();
    recipe("export default () => 2;");
    assertThat(audit().path("unused").isNull()).isTrue();
    assertThat(hearth.type("permissions", "audit", runFolder().getFileName().toString())).isZero();
    assertThat(hearth.err())
        .contains("What the recipe declared is not known any more: the recipe has changed since.");
  }
}
