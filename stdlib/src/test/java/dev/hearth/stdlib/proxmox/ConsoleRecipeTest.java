package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consoles of VMs, containers and nodes, seen from a recipe. */
class ConsoleRecipeTest {
  private static final String BEFORE =
      """
      /** Comes to a console as a browser would: by the address of its WebSocket. */
      const come = ({ url }) => {
        const { pathname, searchParams } = new URL(url.reveal());
        return pve.request('GET', pathname.replace('/api2/json', ''), { params: Object.fromEntries(searchParams) });
      };
      """;

  private final Path folder;
  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(
          WorldBuilder.standard(Clock.system())
              .file("local:vztmpl/alpine.tar.zst", 1_078_455, 2_017_280)
              .build(),
          ImageSource.none());
  private final RecipeBody recipe;

  ConsoleRecipeTest(@TempDir Path folder) {
    this.folder = folder;
    this.recipe = new RecipeBody(folder, simulator, Clock.system(), BEFORE);
  }

  @Test
  void the_console_of_a_vm_opens_with_its_ticket_and_its_task_ends() throws Exception {
    var told =
        recipe.data(
            """
            const vm = await pve.vms.create({ node: 'pve', vmid: 100, name: 'web' });
            const console = await vm.console();
            const { type, node, user, port, link } = console;
            const arrived = await come(console);
            const { exitstatus } = await pve.task(console.upid).wait();
            const seconds = (Date.parse(console.expires) - Date.now()) / 1000;
            return {
              type, node, user, port, link, arrived, exitstatus, soon: seconds > 0 && seconds <= 10,
              socket: console.url.reveal().replace(/vncticket=.*/, 'vncticket='),
              own: console.ticket.reveal().startsWith(`${console.password.reveal()}:PVEVNC:`),
            };
            """);
    assertThat(told)
        .hasToString(
            "{\"type\":\"vnc\",\"node\":\"pve\",\"user\":\"root@pam!hearth\",\"port\":5900,"
                + "\"link\":\"https://pve.sim:8006/?console=kvm&novnc=1&vmid=100&node=pve\","
                + "\"arrived\":{\"port\":\"5900\"},\"exitstatus\":\"OK\",\"soon\":true,"
                + "\"socket\":\"wss://pve.sim:8006/api2/json/nodes/pve/qemu/100/vncwebsocket?port=5900&vncticket=\","
                + "\"own\":true}");
  }

  @Test
  void terminals_of_containers_and_nodes_open_too_each_on_a_port_of_its_own() throws Exception {
    var told =
        recipe.data(
            """
            const ct = await pve.cts.create({ node: 'pve', vmid: 200, hostname: 'db', ostemplate: 'local:vztmpl/alpine.tar.zst', rootfs: 'local-lvm:1' });
            const first = await ct.console();
            const second = await pve.node('pve').console();
            const third = await pve.node('pve').console({ type: 'vnc', width: 800, height: 600 });
            for (const one of [first, second, third]) await come(one);
            return [first, second, third].map(({ type, user, port, password, link, upid }) =>
              `${type} ${user} ${port} ${password} ${link.replace(/.*\\?/, '')} ${upid.split(':')[5]}`);
            """);
    assertThat(told)
        .extracting(JsonNode::asText)
        .containsExactly(
            "term root@pam!hearth 5900 null console=lxc&xtermjs=1&vmid=200&node=pve vncproxy",
            "term root@pam 5901 null console=shell&xtermjs=1&node=pve vncshell",
            "vnc root@pam 5902 *** console=shell&novnc=1&node=pve vncshell");
  }

  @Test
  void spice_gives_the_file_of_a_viewer_where_the_display_speaks_it() throws Exception {
    var told =
        recipe.data(
            """
            const plain = await pve.vms.create({ node: 'pve', vmid: 100, name: 'web' });
            await plain.start();
            const shown = await pve.vms.create({ node: 'pve', vmid: 101, name: 'desk', vga: 'qxl' });
            await shown.start();
            const viewer = await shown.console({ type: 'spice' });
            const lines = viewer.file.reveal().split('\\n');
            return {
              refused: await failure(() => plain.console({ type: 'spice' })),
              head: lines[0], title: lines.find((line) => line.startsWith('title=')), proxy: viewer.proxy, port: viewer.port,
              same: lines.includes(`password=${viewer.password.reveal()}`), shown: JSON.stringify([viewer.password, viewer.file]),
            };
            """);
    assertThat(told)
        .hasToString(
            "{\"refused\":\"proxmox.refused: Proxmox refused `POST /nodes/pve/qemu/100/spiceproxy`: no spice port.\","
                + "\"head\":\"[virt-viewer]\",\"title\":\"title=VM 101 - desk\",\"proxy\":\"http://pve.sim:3128\","
                + "\"port\":61000,\"same\":true,\"shown\":\"[\\\"***\\\",\\\"***\\\"]\"}");
  }

  @Test
  void a_ticket_is_in_no_log_no_journal_and_no_result() throws Exception {
    var told =
        recipe.data(
            """
            await pve.vms.create({ node: 'pve', vmid: 100, name: 'web' });
            const console = await step('open', () => pve.vm(100).console());
            log.info(`the ticket is ${console.ticket}, at ${console.url}`, { console });
            log.info(console.ticket.reveal());
            log.info(console.url.reveal());
            await come(console);
            return { console, plain: console.ticket.reveal() };
            """);
    var shown = new ArrayList<>(recipe.log());
    shown.add(told.toString());
    try (var files = Files.walk(folder.resolve("home"))) {
      files.filter(Files::isRegularFile).forEach(file -> shown.add(text(file)));
    }
    assertThat(String.join("\n", shown))
        .contains("the ticket is ***, at ***")
        .doesNotContain("PVEVNC");
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_kind_of_console_that_there_is_not_is_told_with_those_that_there_are() throws Exception {
    var told =
        recipe.data("return [await failure(() => pve.node('pve').console({ type: 'rdp' }))];");
    assertThat(told.get(0).asText())
        .isEqualTo(
            "recipe.op-argument: `proxmox.openNodeConsole` was called with a wrong argument: `type`"
                + " takes one of vnc, term, spice.");
  }
}
