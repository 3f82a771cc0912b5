package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** recipes/ansible/provision-clones.js: clones on a served simulator, and the real Ansible. */
class ProvisionClonesTest {
  private final TypedCommand hearth = new TypedCommand();
  private final Path home;
  private final RunningCommand sim;

  ProvisionClonesTest(@TempDir Path home) throws IOException {
    this.home = home;
    hearth.at(home).set("PATH", "/usr/bin:/bin").set("HOME", home.toString());
    sim = hearth.start("sim", "proxmox", "--port", "0", "--json");
    hearth.connect("sim", json(sim.line()));
  }

  @AfterEach
  void end() throws Exception {
    assertThat(sim.stop()).isZero();
  }

  private static JsonNode json(String line) throws IOException {
    return JsonMapper.builder().build().readTree(line);
  }

  private void makeTemplate() throws Exception {
    try (var mirror = new ImageMirror()) {
      hearth.run(mirror.template());
    }
  }

  /** One that writes a file for each machine, with this content. */
  private void makePlaybook(String content) throws IOException {
    Files.writeString(
        home.resolve("site.yml"),
        """
        - hosts: web
          gather_facts: false
          tasks:
            - ansible.builtin.copy:
                content: "%s"
                dest: "{{ place }}/{{ inventory_hostname }}"
        """
            .formatted(content));
  }

  private List<String> words(int port, String first) {
    return List.of(
        Checkout.root().resolve("recipes/ansible/provision-clones.js").toString(),
        "--yes",
        "--count=2",
        "--prefix=web",
        "--first=" + first,
        "--port=" + port,
        "--allow-net=127.0.0.0/8:" + port,
        "--allow-read=" + home,
        "--playbook=" + home.resolve("site.yml"),
        "--vars={\"ansible_connection\":\"local\",\"ansible_python_interpreter\":\"/usr/bin/python3\",\"place\":\""
            + home
            + "\"}");
  }

  @Test
  void machines_are_cloned_waited_for_and_set_up_and_a_second_run_makes_none() throws Exception {
    makeTemplate();
    makePlaybook("{{ ansible_host }}");
    try (var ssh = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"))) {
      var first = hearth.run(words(ssh.getLocalPort(), "127.0.0.5/8"));
      assertThat(first.path("changed").asBoolean()).isTrue();
      assertThat(first.path("machines").toString())
          .isEqualTo(
              "[{\"name\":\"web-01\",\"address\":\"127.0.0.5\"},{\"name\":\"web-02\",\"address\":\"127.0.0.6\"}]");
      assertThat(home.resolve("web-02")).hasContent("127.0.0.6");
      assertThat(
              hearth.run(words(ssh.getLocalPort(), "127.0.0.5/8")).path("changed").asBoolean(true))
          .isFalse();
    }
    var list =
        "import { proxmox } from 'hearth:proxmox'; (await proxmox().vms.list()).filter(({ name }) => name.startsWith('web-')).length";
    assertThat(hearth.type("eval", list, "--allow-proxmox:read")).as(hearth.err()).isZero();
    assertThat(hearth.out()).isEqualTo("2\n");
  }

  @Test
  void a_range_that_runs_out_is_refused_before_anything_is_made() {
    var words = new ArrayList<>(List.of("run"));
    words.addAll(words(22, "10.0.0.255/24"));
    assertThat(hearth.type(words.toArray(String[]::new))).isEqualTo(1);
    assertThat(hearth.err())
        .contains("Address 1 of 2, 10.0.0.255, is none of a machine in the network");
    words.set(words.indexOf("--first=10.0.0.255/24"), "--first=10.0.0.1/24");
    words.add("--gateway=10.0.0.2");
    assertThat(hearth.type(words.toArray(String[]::new))).isEqualTo(1);
    assertThat(hearth.err()).contains("Address 2 of 2, 10.0.0.2, is the gateway's");
  }

  /** The simulated agent tells addresses as they were configured, here such as can be reached. */
  @Test
  void the_guest_agent_tells_addresses_and_host_keys() throws Exception {
    makeTemplate();
    makePlaybook("{{ ansible_host }} {{ ansible_ssh_common_args | default('none') }}");
    var address = reachedAddress(); // an agent's addresses of loopback are of the machine alone
    try (var ssh = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"))) {
      var words = new ArrayList<>(words(ssh.getLocalPort(), address + "/8"));
      words.set(words.indexOf("--count=2"), "--count=1");
      words.add("--allow-net=" + address + ":" + ssh.getLocalPort());
      hearth.run(words);
      assertThat(home.resolve("web-01")).hasContent(address + " none");
      var key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
      var put =
          """
          import { proxmox } from 'hearth:proxmox';
          const vm = await proxmox().vms.get({ name: 'web-01' });
          await vm.stop();
          await proxmox().request('PUT', `/nodes/${vm.node}/qemu/${vm.vmid}/config`, { params: { agent: 1 } });
          await vm.start();
          await vm.agent.wait({ timeout: '1m' });
          await vm.agent.write('/etc/ssh/ssh_host_ed25519_key.pub', '%s root@web\\n');
          """
              .formatted(key);
      assertThat(hearth.type("eval", put, "--allow-proxmox:write")).as(hearth.err()).isZero();
      words.remove("--first=" + address + "/8");
      assertThat(hearth.run(words).path("machines").toString())
          .isEqualTo("[{\"name\":\"web-01\",\"address\":\"%s\"}]".formatted(address));
      assertThat(home.resolve("web-01"))
          .content()
          .startsWith(address + " ")
          .contains("StrictHostKeyChecking=yes", "KnownHostsCommand=/bin/echo %H " + key);
    }
  }

  /** One of this machine's own, which is not of loopback. */
  private static String reachedAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst()
        .orElseThrow(() -> new AssertionError("This machine has no address but of loopback."));
  }
}
