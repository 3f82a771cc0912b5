package dev.hearth.stdlib.proxmox.sim.console;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.runtime.effect.tls.SelfSigned;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.guest.GuestMethods;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code vncproxy}, {@code termproxy}, {@code spiceproxy} and {@code vncwebsocket} of VMs,
 * containers and nodes. They open consoles that wait and end; nothing is shown on them.
 */
public final class ConsoleMethods {
  private static final String NODE = "/nodes/{node}";
  private static final Check ON_NODE = Check.perm(NODE, "Sys.Console");
  private static final Check ON_GUEST = Check.perm(GuestMethods.RIGHTS, "VM.Console");
  private static final Param FLAG = Param.optional(bool());
  private static final Duration LIFE_OF_AUTHORITY = Duration.ofDays(3650);
  private static final String TIMED_OUT = "connection timed out";
  private static final int SPICE_OF_A_VM = 61000;

  /** The display that speaks SPICE. */
  private static final Pattern QXL = Pattern.compile("(?:.*,)?(?:type=)?qxl.*");

  private final Consoles consoles = new Consoles();
  private @Nullable String authority;

  private ConsoleMethods() {}

  /** All of them. */
  public static List<ApiMethod> all() {
    var methods = new ConsoleMethods();
    var all = new ArrayList<ApiMethod>();
    all.addAll(methods.ofNodes());
    all.addAll(methods.ofVms(NODE + "/qemu/{vmid}/"));
    all.addAll(methods.ofContainers(NODE + "/lxc/{vmid}/"));
    return all;
  }

  // ---- Nodes -----------------------------------------------------------------------------------

  private List<ApiMethod> ofNodes() {
    return List.of(
        sized(shell("vncshell")).param("websocket", FLAG).answers(this::showNode),
        shell("termproxy").answers(this::typeAtNode),
        shell("spiceshell").param("proxy", Param.optional(string())).answers(this::viewNode),
        socket(NODE + "/")
            .allow(ON_NODE)
            .answers(call -> arrive(call, call.rights().userid(), pathOfNode(call))));
  }

  private static ApiMethod shell(String name) {
    return ApiMethod.post(NODE + "/" + name)
        .name(name)
        .allow(ON_NODE)
        .param("node", Standard.NODE)
        .param("cmd", Param.optional(oneOf("ceph_install", "upgrade", "login").orElse("login")))
        .param("cmd-opts", Param.optional(string().orElse("")).requires("cmd"));
  }

  private static ApiMethod sized(ApiMethod method) {
    return method
        .param("width", Param.optional(integer().min(16).max(4096)))
        .param("height", Param.optional(integer().min(16).max(2160)));
  }

  private static String pathOfNode(Call call) {
    return "/nodes/" + call.node();
  }

  /** What a shell of a node runs; only root needs no login. */
  private static String login(Call call) {
    var user = call.rights().userid();
    if (!call.params().text("cmd", "login").equals("login") && !user.equals("root@pam")) {
      throw Refusal.permission("user != root@pam");
    }
    return user.equals("root@pam") ? "/bin/login -f root" : "/bin/login";
  }

  private Object showNode(Call call) {
    var path = pathOfNode(call);
    var kind = new Consoles.Kind("vncshell", "", vncterm(path, "Sys.Console", login(call)));
    return shown(call, call.rights().userid(), path, consoles.open(call, kind));
  }

  private Object typeAtNode(Call call) {
    var path = pathOfNode(call);
    var kind = new Consoles.Kind("vncshell", "", termproxy(path, "Sys.Console", login(call)));
    return ticket(call, call.rights().userid(), path, consoles.open(call, kind));
  }

  private Object viewNode(Call call) {
    var kind = new Consoles.Kind("spiceshell", "", spiceterm(pathOfNode(call), login(call)));
    int port = consoles.openSpice(call, kind).port();
    return RemoteViewer.of(call, "Shell on '" + call.node() + "'", 0, port, authority(call));
  }

  // ---- VMs and containers ----------------------------------------------------------------------

  private List<ApiMethod> ofVms(String one) {
    return List.of(
        guest(one, "vncproxy")
            .param("websocket", FLAG)
            .param("generate-password", Param.optional(bool().orElse("0")))
            .answers(this::showVm),
        guest(one, "termproxy")
            .param("serial", Param.optional(oneOf("serial0", "serial1", "serial2", "serial3")))
            .answers(this::typeAtVm),
        guest(one, "spiceproxy").param("proxy", Param.optional(string())).answers(this::viewVm),
        socketOfGuest(one));
  }

  private List<ApiMethod> ofContainers(String one) {
    return List.of(
        sized(guest(one, "vncproxy")).param("websocket", FLAG).answers(this::showContainer),
        guest(one, "termproxy").answers(this::typeAtContainer),
        guest(one, "spiceproxy")
            .param("proxy", Param.optional(string()))
            .answers(this::viewContainer),
        socketOfGuest(one));
  }

  private static ApiMethod guest(String one, String name) {
    return GuestMethods.one("POST", one + name, name).allow(ON_GUEST);
  }

  private ApiMethod socketOfGuest(String one) {
    return socket(one)
        .allow(ON_GUEST)
        .param("vmid", Standard.VMID)
        .answers(call -> arrive(call, call.user(), pathOfGuest(call)));
  }

  private static String pathOfGuest(Call call) {
    return "/vms/" + call.params().integer("vmid");
  }

  private static Guest load(Call call, GuestKind kind) {
    return kind.load(call.world(), call.node(), call.params().integer("vmid"));
  }

  private static Consoles.Kind kind(Guest guest, String failure) {
    return new Consoles.Kind("vncproxy", String.valueOf(guest.vmid()), failure);
  }

  private Object showVm(Call call) {
    var kind = kind(load(call, GuestKind.VM), TIMED_OUT);
    return shown(call, call.user(), pathOfGuest(call), consoles.open(call, kind));
  }

  private Object typeAtVm(Call call) {
    var vm = load(call, GuestKind.VM);
    var serial = call.params().find("serial");
    var command =
        "/usr/sbin/qm terminal "
            + vm.vmid()
            + " -escape 0"
            + (serial == null ? "" : " -iface " + serial);
    var path = pathOfGuest(call);
    var kind = kind(vm, termproxy(path, "VM.Console", command));
    return ticket(call, call.user(), path, consoles.open(call, kind));
  }

  /** QEMU itself listens, as long as the VM runs; no task waits. */
  private Object viewVm(Call call) {
    var vm = load(call, GuestKind.VM);
    if (!vm.isRunning()) {
      throw Refusal.die("VM " + vm.vmid() + " not running");
    }
    if (!QXL.matcher(vm.config().getOrDefault("vga", "")).matches()) {
      throw Refusal.die("no spice port");
    }
    var name = vm.config().get("name");
    var title = "VM " + vm.vmid() + (name == null ? "" : " - " + name);
    return RemoteViewer.of(call, title, vm.vmid(), SPICE_OF_A_VM, authority(call));
  }

  private Object showContainer(Call call) {
    var ct = load(call, GuestKind.CONTAINER);
    var path = pathOfGuest(call);
    var kind = kind(ct, vncterm(path, "VM.Console", console(ct)));
    return shown(call, call.user(), path, consoles.open(call, kind));
  }

  private Object typeAtContainer(Call call) {
    var ct = load(call, GuestKind.CONTAINER);
    var path = pathOfGuest(call);
    var kind = kind(ct, termproxy(path, "VM.Console", console(ct)));
    return ticket(call, call.user(), path, consoles.open(call, kind));
  }

  private Object viewContainer(Call call) {
    var ct = load(call, GuestKind.CONTAINER);
    var path = pathOfGuest(call);
    var kind =
        new Consoles.Kind("spiceproxy", String.valueOf(ct.vmid()), spiceterm(path, console(ct)));
    int port = consoles.openSpice(call, kind).port();
    return RemoteViewer.of(call, "CT " + ct.vmid(), ct.vmid(), port, authority(call));
  }

  private static String console(Guest ct) {
    return "/usr/bin/dtach -A /var/run/dtach/vzctlconsole%1$d -r winch -z lxc-console -n %1$d -e -1"
        .formatted(ct.vmid());
  }

  // ---- What all have in common -----------------------------------------------------------------

  private static String termproxy(String path, String privilege, String command) {
    return failed("/usr/bin/termproxy PORT --path " + path + " --perm " + privilege, "--", command);
  }

  private static String vncterm(String path, String privilege, String command) {
    var options = " -rfbport PORT -timeout 10 -authpath " + path + " -perm " + privilege;
    return failed("/usr/bin/vncterm" + options, "-c", command);
  }

  private static String spiceterm(String path, String command) {
    var options = " --port PORT --addr localhost --timeout 40 --authpath " + path;
    return failed("/usr/bin/spiceterm" + options, "--", command);
  }

  private static String failed(String program, String separator, String command) {
    return "command '" + program + " " + separator + " " + command + "' failed: exit code 1";
  }

  private static Item ticket(Call call, String user, String path, Consoles.Opened opened) {
    return Item.of("user", user)
        .with("ticket", call.world().tickets().console(user, path))
        .with("port", String.valueOf(opened.port()))
        .with("upid", opened.upid());
  }

  /**
   * VNC looks at eight characters of a password, so the ticket begins with that many of its own.
   */
  private Item shown(Call call, String user, String path, Consoles.Opened opened) {
    var plain = ticket(call, user, path, opened);
    var password = call.world().dice().hex(8);
    return plain
        .with("ticket", password + ":" + plain.get("ticket"))
        .with("password", password)
        .with("cert", authority(call));
  }

  private static ApiMethod socket(String below) {
    return ApiMethod.get(below + "vncwebsocket")
        .name("vncwebsocket")
        .param("node", Standard.NODE)
        .param("port", Param.of(integer().min(5900).max(5999)))
        .param("vncticket", Param.of(string().maxLength(512)));
  }

  /** Whoever comes with the right ticket is let to the port, whatever listens there. */
  private Object arrive(Call call, String user, String path) {
    if (!call.world().tickets().isOfConsole(user, path, call.params().text("vncticket"))) {
      throw Refusal.of(401, "permission denied - invalid PVEVNC ticket\n");
    }
    int port = call.params().integer("port");
    consoles.come(port);
    return Item.of("port", String.valueOf(port));
  }

  private String authority(Call call) {
    var known = authority;
    if (known == null) {
      var clock = call.world().clock();
      known =
          SelfSigned.create(List.of(call.world().entry()), LIFE_OF_AUTHORITY, clock)
              .certificatePem();
      authority = known;
    }
    return known;
  }
}
