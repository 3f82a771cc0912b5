package dev.hearth.stdlib.proxmox.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.SteppedClock;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;

/** The simulator with the world that the contract speaks of. */
final class SimulatedTarget implements Target {
  static final String FILE_CONTENT = "nothing but text";
  private static final Map<String, String> USERS =
      Map.of("admin", "Administrator", "auditor", "PVEAuditor", "separated", "Administrator");

  private final ProxmoxSimulator simulator;

  SimulatedTarget(Names names) {
    var builder =
        WorldBuilder.of(new SteppedClock(), 8)
            .rootPassword("root-password")
            .node(names.of("node"))
            .folderStorage(
                names.of("files"),
                "/var/lib/vz",
                "iso",
                "vztmpl",
                "images",
                "rootdir",
                "import",
                "snippets",
                "backup")
            .folderStorage(names.of("more"), "/srv/more", "images", "rootdir")
            .thinStorage(names.of("thin"), "pve", "data")
            .file(
                names.of("files") + ":vztmpl/" + names.of("file") + "_1_amd64.tar.zst",
                1_078_455,
                2_017_280)
            .appliance("alpine-3.22-default_20250617_amd64.tar.xz", "alpine-3.22")
            .file(names.of("files") + ":import/" + names.of("file") + ".qcow2", 196_624, 1L << 30);
    for (var who : java.util.List.of("admin", "auditor", "nobody", "separated")) {
      var userid = who + "@pve";
      var role = USERS.get(who);
      if (role == null) {
        builder.user(userid, "a-password");
      } else {
        builder.user(userid, "a-password", role);
      }
      if (who.equals("separated")) {
        builder.separatedToken(userid, "tok", who + "-secret");
      } else {
        builder.token(userid, "tok", who + "-secret");
      }
    }
    simulator = new ProxmoxSimulator(builder.build(), web());
  }

  /** A web that has one small file under any name with {@code .iso}, and nothing else. */
  private static ImageSource web() {
    return new ImageSource() {
      @Override
      public Answer get(String url, boolean verifyCertificates) throws IOException {
        if (url.contains("unreachable")) {
          throw new IOException("Connection refused");
        }
        var bytes = FILE_CONTENT.getBytes(UTF_8);
        return url.endsWith(".iso")
            ? new Answer(
                200, "OK", "application/x-iso", null, bytes.length, new ByteArrayInputStream(bytes))
            : new Answer(404, "Not Found", "text/html", null, 0, InputStream.nullInputStream());
      }

      @Override
      public Answer head(String url, boolean verifyCertificates) throws IOException {
        return get(url, verifyCertificates);
      }
    };
  }

  @Override
  public Reply ask(String who, String method, String path, String form) throws IOException {
    var headers = new HashMap<String, String>();
    switch (who) {
      case "root" -> {
        var tickets = simulator.world().tickets();
        var world = simulator.world().lock();
        var ticket = world.holding(() -> tickets.issue("root@pam"));
        headers.put("Cookie", "PVEAuthCookie=" + URLEncoder.encode(ticket, UTF_8));
        headers.put("CSRFPreventionToken", world.holding(() -> tickets.csrf("root@pam")));
      }
      case "stranger" -> {}
      default -> headers.put("Authorization", "PVEAPIToken=" + who + "@pve!tok=" + who + "-secret");
    }
    var target = "/api2/json" + path;
    var answer =
        simulator.answer(
            form.isEmpty()
                ? SimRequest.of(method, target, headers)
                : SimRequest.form(method, target, headers, form));
    return new Reply(answer.status(), answer.reason(), answer.body());
  }

  @Override
  public void await(String upid) throws InterruptedException {
    simulator.awaitTask(upid);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
