package dev.hearth.stdlib.proxmox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.testing.RecipeTester;
import dev.hearth.stdlib.proxmox.schema.SchemaScript;
import dev.hearth.stdlib.proxmox.schema.ServerSchema;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.access.AclEntry;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What calls need, by the schema that the simulator serves and by their parameters. */
class NeededRightsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ServerSchema SCHEMA = schema();

  private static ServerSchema schema() {
    var world = WorldBuilder.standard(Clock.system()).build();
    try {
      var script =
          new ProxmoxSimulator(world, ImageSource.none())
              .answer(SimRequest.of("GET", "/pve-docs/api-viewer/apidoc.js", Map.of()));
      return ServerSchema.of(SchemaScript.tree(new String(script.bytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls as {@code POST /nodes/pve/qemu {"vmid":100}}, and what they need as text. */
  private static List<String> needed(int major, String... calls) {
    var asked = Stream.of(calls).map(NeededRightsTest::call).toList();
    return new NeededRights(SCHEMA, major)
        .of(asked).stream()
            .map(needed -> needed.path() + " " + String.join(",", needed.privileges()))
            .toList();
  }

  private static ApiCall call(String text) {
    var parts = text.split(" ", 3);
    try {
      var params =
          parts.length < 3 ? JSON.createObjectNode() : (ObjectNode) JSON.readTree(parts[2]);
      return new ApiCall(parts[0], ApiPath.parse(parts[1]), params);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_new_vm_needs_the_class_of_each_option_its_storages_and_its_bridges() {
    assertThat(
            needed(
                8,
                """
                POST /nodes/pve/qemu {"vmid": 100, "name": "web", "cores": 2, "memory": 512, "scsi0": "local-lvm:8",
                  "scsi1": "local-lvm:0,import-from=local:import/a.qcow2", "ide2": "local:iso/a.iso,media=cdrom",
                  "ide0": "local-lvm:cloudinit", "ciuser": "ops", "net0": "virtio,bridge=vmbr0,tag=5,trunks=6;7"}\
                """))
        .containsExactly(
            "/sdn/zones/localnetwork/vmbr0/5 SDN.Use",
            "/sdn/zones/localnetwork/vmbr0/6 SDN.Use",
            "/sdn/zones/localnetwork/vmbr0/7 SDN.Use",
            "/storage/local Datastore.Audit",
            "/storage/local-lvm Datastore.AllocateSpace",
            "/vms/100 VM.Allocate,VM.Config.CDROM,VM.Config.CPU,VM.Config.Cloudinit,VM.Config.Disk,"
                + "VM.Config.Memory,VM.Config.Network,VM.Config.Options");
  }

  @Test
  void rights_on_a_pool_are_enough_for_what_goes_to_it() {
    assertThat(
            needed(
                8,
                "POST /nodes/pve/qemu {\"vmid\": 100, \"cores\": 2, \"pool\": \"lab\"}",
                "POST /nodes/pve/qemu/9000/clone {\"newid\": 101, \"pool\": \"lab\"}"))
        .containsExactly("/pool/lab VM.Allocate,VM.Config.CPU", "/vms/9000 VM.Clone");
  }

  @Test
  void an_id_that_is_not_chosen_yet_needs_the_right_on_all() {
    assertThat(
            needed(8, "POST /nodes/pve/qemu/9000/clone {\"name\": \"a\", \"storage\": \"fast\"}"))
        .containsExactly(
            "/storage/fast Datastore.AllocateSpace",
            "/vms VM.Allocate",
            "/vms/9000 VM.Allocate,VM.Clone");
  }

  @Test
  void where_there_is_a_choice_what_is_needed_anyway_is_taken() {
    assertThat(
            needed(
                8,
                "GET /nodes/pve/storage/local/content",
                "POST /nodes/pve/storage/local/content {\"vmid\": 1, \"filename\": \"a\", \"size\": \"1G\"}",
                "POST /nodes/pve/qemu/100/snapshot/a/rollback",
                "POST /nodes/pve/qemu/100/snapshot {\"snapname\": \"a\"}",
                "POST /nodes/pve/storage/local/download-url {\"url\": \"https://x\", \"content\": \"iso\", \"filename\": \"a.iso\"}"))
        .containsExactly(
            "/nodes/pve Sys.AccessNetwork",
            "/storage/local Datastore.AllocateSpace,Datastore.AllocateTemplate",
            "/vms/100 VM.Snapshot");
  }

  @Test
  void a_change_needs_what_it_changes_and_what_it_deletes() {
    assertThat(
            needed(
                8,
                "PUT /nodes/pve/qemu/100/config {\"memory\": 512, \"delete\": \"scsi1,ciuser\", \"digest\": \"x\"}",
                "PUT /nodes/pve/lxc/200/config {\"hostname\": \"a\", \"startup\": \"1\"}"))
        .containsExactly(
            "/ Sys.Modify",
            "/vms/100 Sys.Modify,VM.Config.Cloudinit,VM.Config.Disk,VM.Config.Memory",
            "/vms/200 Sys.Modify,VM.Config.Network,VM.Config.Options");
  }

  @Test
  void lists_need_what_makes_them_tell_anything_and_a_right_above_is_enough() {
    assertThat(
            needed(
                8,
                "GET /cluster/resources {\"type\": \"vm\"}",
                "GET /nodes/pve/qemu/100/config",
                "GET /version"))
        .containsExactly("/vms VM.Audit");
  }

  @Test
  void what_only_root_may_is_told_as_such() {
    assertThat(needed(8, "PUT /nodes/pve/qemu/100/config {\"args\": \"-no-hpet\"}"))
        .containsExactly("/vms/100 VM.Config.Disk,root@pam");
  }

  @Test
  void a_call_that_there_is_not_is_refused() {
    assertThatThrownBy(() -> needed(8, "GET /nodes/pve/quemu"))
        .hasMessage("This Proxmox has no `GET /nodes/pve/quemu`.");
  }

  /** The rights that are told are enough for the simulator, and none of them can be left out. */
  @Test
  void a_user_with_just_these_rights_can_do_it(@TempDir Path folder) throws Exception {
    var world =
        WorldBuilder.standard(Clock.system())
            .file("local:import/cloud.qcow2", 300L << 20, 3L << 30)
            .build();
    var simulator = new ProxmoxSimulator(world, ImageSource.none());
    var tester =
        RecipeTester.with(
            folder.resolve("home"), List.of(new ProxmoxBinding((saved, clock, net) -> simulator)));
    var result =
        tester.run(
            Files.writeString(
                folder.resolve("recipe.js"),
                """
                import { proxmox } from 'hearth:proxmox';
                export const recipe = { summary: 'A test', permissions: { proxmox: 'write' } };
                export default async () => {
                  const pve = proxmox();
                  const params = { vmid: 100, name: 'web', cores: 2, memory: 512, scsi0: 'local-lvm:0,import-from=local:import/cloud.qcow2',
                    ide2: 'local-lvm:cloudinit', ciuser: 'ops', net0: 'virtio,bridge=vmbr0', agent: 1 };
                  const calls = [
                    { method: 'POST', path: '/nodes/pve/qemu', params },
                    { method: 'POST', path: '/nodes/pve/qemu/100/status/start' },
                    { path: '/nodes/pve/qemu/100/config' },
                    { path: '/cluster/resources' },
                  ];
                  return pve.rights(calls);
                };
                """),
            RunRequest::simulated);
    assertThat(result.error()).isNull();
    var rights = requireNonNull(result.value());
    assertThat(all(rights)).hasSizeGreaterThan(8);
    for (var without : all(rights)) {
      assertThat(does(rights, without)).as("without " + without).isFalse();
    }
    assertThat(does(rights, "nothing")).isTrue();
  }

  private static List<String> all(JsonNode needed) {
    return needed
        .valueStream()
        .flatMap(
            at ->
                at.path("privileges")
                    .valueStream()
                    .map(name -> at.path("path").asText() + " " + name.asText()))
        // Without these a list is empty, which is no refusal.
        .filter(right -> !right.endsWith(" Datastore.Audit") && !right.equals("/vms VM.Audit"))
        .toList();
  }

  private static boolean does(JsonNode needed, String without) throws IOException {
    var builder =
        WorldBuilder.standard(Clock.system())
            .file("local:import/cloud.qcow2", 300L << 20, 3L << 30)
            .user("ops@pve", "secret")
            .token("ops@pve", "t", "00000000-0000-4000-8000-000000000000");
    var world = builder.build();
    var simulator = new ProxmoxSimulator(world, ImageSource.none());
    world
        .lock()
        .holding(
            () -> {
              int at = 0;
              for (var right : needed) {
                var names =
                    right
                        .path("privileges")
                        .valueStream()
                        .map(JsonNode::asText)
                        .filter(name -> !without.equals(right.path("path").asText() + " " + name))
                        .toList();
                var role = "Test" + at++;
                world.accounts().roles().put(role, new TreeSet<>(names));
                world
                    .accounts()
                    .grant(
                        new AclEntry(right.path("path").asText(), "user", "ops@pve", role, true));
              }
            });
    var headers =
        Map.of("Authorization", "PVEAPIToken=ops@pve!t=00000000-0000-4000-8000-000000000000");
    var form =
        "vmid=100&name=web&cores=2&memory=512&scsi0=local-lvm:0,import-from%3Dlocal:import/cloud.qcow2"
            + "&ide2=local-lvm:cloudinit&ciuser=ops&net0=virtio,bridge%3Dvmbr0&agent=1";
    var made =
        simulator.answer(
            SimRequest.form("POST", "/api2/json/nodes/pve/qemu", headers, form.strip()));
    if (made.status() != 200) {
      return false;
    }
    var start =
        simulator.answer(
            SimRequest.form("POST", "/api2/json/nodes/pve/qemu/100/status/start", headers, ""));
    var config =
        simulator.answer(SimRequest.of("GET", "/api2/json/nodes/pve/qemu/100/config", headers));
    return start.status() == 200 && config.status() == 200;
  }
}
