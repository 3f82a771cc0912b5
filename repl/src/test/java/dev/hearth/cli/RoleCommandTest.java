package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `hearth proxmox role` prints is enough for the recipe, and no part of it can be spared. */
class RoleCommandTest {
  private static final Pattern ROLE = Pattern.compile("pveum role add (\\S+) --privs '(.*)'");
  private static final Pattern ACL =
      Pattern.compile("pveum acl modify '(\\S+)' --roles (\\S+) --users '(\\S+)'");

  private final TypedCommand hearth = new TypedCommand();
  private final Path recipe;

  RoleCommandTest(@TempDir Path home) throws IOException {
    hearth.at(home);
    recipe =
        Files.writeString(
            home.resolve("web.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = {
              summary: 'A VM that runs',
              params: { memory: { type: 'integer', default: 512 } },
              permissions: { proxmox: 'write' },
            };
            export default async ({ params }) => {
              const pve = proxmox();
              const net0 = 'virtio,bridge=vmbr0';
              const vm = await pve.vms.create({ node: 'pve', memory: params.memory, scsi0: 'local-lvm:1', net0 });
              await vm.start();
              await vm.stop();
              await vm.destroy();
              return 'done';
            };
            """);
  }

  private List<String> role(String... more) {
    var words = new ArrayList<>(List.of("proxmox", "role", recipe.toString()));
    words.addAll(List.of(more));
    var status = hearth.type(words.toArray(String[]::new));
    assertThat(status).as(hearth.err()).isZero();
    return hearth.out().lines().toList();
  }

  @Test
  void it_names_each_path_with_a_role_of_its_privileges() {
    assertThat(role("--for", "ci@pve"))
        .containsExactly(
            "pveum role add web-sdn --privs 'SDN.Use'",
            "pveum role add web-storage --privs 'Datastore.AllocateSpace'",
            "pveum role add web-vms --privs"
                + " 'VM.Allocate,VM.Audit,VM.Config.Disk,VM.Config.Memory,VM.Config.Network,VM.PowerMgmt'",
            "pveum acl modify '/sdn/zones/localnetwork/vmbr0' --roles web-sdn --users 'ci@pve'",
            "pveum acl modify '/storage/local-lvm' --roles web-storage --users 'ci@pve'",
            "pveum acl modify '/vms' --roles web-vms --users 'ci@pve'");
  }

  @Test
  void a_token_gets_it_as_a_token_and_names_can_be_chosen() {
    assertThat(role("--for", "ci@pve!web", "--role", "Lab", "--memory", "256"))
        .contains("pveum acl modify '/vms' --roles Lab-vms --tokens 'ci@pve!web'");
  }

  @Test
  void the_recipes_that_ship_can_be_asked_about() {
    var recipes = Path.of("").toAbsolutePath().resolveSibling("recipes/proxmox");
    var template = recipes.resolve("template.js").toString();
    assertThat(hearth.type("proxmox", "role", template)).as(hearth.err()).isZero();
    assertThat(hearth.out())
        .contains("template-storage")
        .contains("pveum acl modify '/vms' --roles template-vms --users 'hearth@pve'");
  }

  @Test
  void nothing_is_printed_for_a_recipe_that_fails() throws IOException {
    Files.writeString(recipe, "export default () => { throw new Error('no'); };");
    assertThat(hearth.type("proxmox", "role", recipe.toString())).isEqualTo(1);
    assertThat(hearth.out()).isEmpty();
    assertThat(hearth.err()).contains("error: no");
  }

  @Test
  void a_recipe_that_asks_for_nothing_is_told_so() throws IOException {
    Files.writeString(recipe, "export default () => 1;");
    assertThat(role()).isEmpty();
    assertThat(hearth.err()).isEqualTo("It asks proxmox for nothing that needs a right.\n");
  }

  @Test
  void the_role_is_enough_and_nothing_of_it_can_be_spared() throws Exception {
    var lines = role();
    var sim = hearth.start("sim", "proxmox", "--port", "0", "--json");
    var served = json(sim.line()).path("connection");
    hearth.connect("root", served, served.path("token").asText());
    var made =
        evaluate(
            "async (pve) => { await pve.request('POST', '/access/users', { params: { userid:"
                + " 'hearth@pve' } }); return pve.request('POST', '/access/users/hearth@pve/token/ci',"
                + " { params: { privsep: 0 } }); }");
    hearth.connect("ci", served, "hearth@pve!ci=" + made.path("value").asText());
    var roles = new ArrayList<Matcher>();
    for (var line : lines) {
      var role = ROLE.matcher(line);
      var acl = ACL.matcher(line);
      if (role.matches()) {
        roles.add(role);
        change("POST", "/access/roles", "roleid", role.group(1), "privs", role.group(2));
      } else {
        assertThat(acl.matches()).as(line).isTrue();
        change(
            "PUT",
            "/access/acl",
            "path",
            acl.group(1),
            "roles",
            acl.group(2),
            "users",
            acl.group(3));
      }
    }
    assertThat(runAsCi()).as(hearth.err()).isZero();
    for (var role : roles) {
      for (var spared : role.group(2).split(",", -1)) {
        var rest = new ArrayList<>(List.of(role.group(2).split(",", -1)));
        rest.remove(spared);
        change("PUT", "/access/roles/" + role.group(1), "privs", String.join(",", rest));
        assertThat(runAsCi()).as("without " + spared).isEqualTo(4);
        // Of a choice between rights, as to make a VM here or in a pool, Proxmox names none.
        assertThat(hearth.err()).containsAnyOf("`" + spared + "`", "Permission check failed.");
        change("PUT", "/access/roles/" + role.group(1), "privs", role.group(2));
        evaluate(
            "async (pve) => { for (const { vmid } of await pve.vms.list()) await"
                + " pve.vm(vmid).stop().then(() => pve.vm(vmid).destroy()); }");
      }
    }
    assertThat(sim.stop()).isZero();
  }

  private int runAsCi() {
    return hearth.type("run", recipe.toString(), "--yes", "--connection", "proxmox=ci");
  }

  private void change(String method, String path, String... params) throws IOException {
    var json = JsonNodeFactory.instance.objectNode();
    for (var index = 0; index < params.length; index += 2) {
      json.put(params[index], params[index + 1]);
    }
    evaluate("(pve) => pve.request('%s', '%s', { params: %s })".formatted(method, path, json));
  }

  /** What root gets from a function of the connection. */
  private JsonNode evaluate(String function) throws IOException {
    var text =
        "const { proxmox } = await import('hearth:proxmox'); await (%s)(proxmox('root'))"
            .formatted(function);
    var status = hearth.type("eval", text, "--json", "--allow-proxmox:write");
    assertThat(status).as(hearth.out() + hearth.err()).isZero();
    return json(hearth.out().lines().toList().getLast()).path("value");
  }

  private static JsonNode json(String line) throws IOException {
    return JsonMapper.builder().build().readTree(line);
  }
}
