package dev.hearth.stdlib.proxmox.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.StreamService;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Connection.Origin;
import dev.hearth.runtime.spi.Disturbance;
import dev.hearth.runtime.spi.Simulator;
import dev.hearth.stdlib.proxmox.sim.access.RoleText;
import dev.hearth.stdlib.proxmox.sim.access.Token;
import dev.hearth.stdlib.proxmox.sim.api.Api;
import dev.hearth.stdlib.proxmox.sim.api.Background;
import dev.hearth.stdlib.proxmox.sim.api.CallFault;
import dev.hearth.stdlib.proxmox.sim.api.FaultPlan;
import dev.hearth.stdlib.proxmox.sim.api.Gateway;
import dev.hearth.stdlib.proxmox.sim.api.SimAnswer;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.backup.BackupMethods;
import dev.hearth.stdlib.proxmox.sim.backup.JobMethods;
import dev.hearth.stdlib.proxmox.sim.backup.PruneMethods;
import dev.hearth.stdlib.proxmox.sim.ceph.CephMethods;
import dev.hearth.stdlib.proxmox.sim.cluster.ClusterSettings;
import dev.hearth.stdlib.proxmox.sim.cluster.MetricExport;
import dev.hearth.stdlib.proxmox.sim.console.ConsoleMethods;
import dev.hearth.stdlib.proxmox.sim.disk.DiskMethods;
import dev.hearth.stdlib.proxmox.sim.disk.ScanMethods;
import dev.hearth.stdlib.proxmox.sim.firewall.FirewallMethods;
import dev.hearth.stdlib.proxmox.sim.ha.HaMethods;
import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import dev.hearth.stdlib.proxmox.sim.lxc.LxcMethods;
import dev.hearth.stdlib.proxmox.sim.migrate.MigrateMethods;
import dev.hearth.stdlib.proxmox.sim.network.NetworkMethods;
import dev.hearth.stdlib.proxmox.sim.node.NodeSettings;
import dev.hearth.stdlib.proxmox.sim.notify.NotificationMethods;
import dev.hearth.stdlib.proxmox.sim.qemu.Installation;
import dev.hearth.stdlib.proxmox.sim.qemu.QemuMethods;
import dev.hearth.stdlib.proxmox.sim.replication.ReplicationMethods;
import dev.hearth.stdlib.proxmox.sim.rest.AclMethods;
import dev.hearth.stdlib.proxmox.sim.rest.ApplianceMethods;
import dev.hearth.stdlib.proxmox.sim.rest.ClusterMethods;
import dev.hearth.stdlib.proxmox.sim.rest.ConfiguredFigures;
import dev.hearth.stdlib.proxmox.sim.rest.ContentMethods;
import dev.hearth.stdlib.proxmox.sim.rest.DomainMethods;
import dev.hearth.stdlib.proxmox.sim.rest.DownloadMethods;
import dev.hearth.stdlib.proxmox.sim.rest.GroupMethods;
import dev.hearth.stdlib.proxmox.sim.rest.NodeMethods;
import dev.hearth.stdlib.proxmox.sim.rest.OpenIdMethods;
import dev.hearth.stdlib.proxmox.sim.rest.OptionMethods;
import dev.hearth.stdlib.proxmox.sim.rest.PoolMethods;
import dev.hearth.stdlib.proxmox.sim.rest.RealMethods;
import dev.hearth.stdlib.proxmox.sim.rest.Resources;
import dev.hearth.stdlib.proxmox.sim.rest.RoleMethods;
import dev.hearth.stdlib.proxmox.sim.rest.StorageConfigMethods;
import dev.hearth.stdlib.proxmox.sim.rest.StorageMethods;
import dev.hearth.stdlib.proxmox.sim.rest.StorageRrdMethods;
import dev.hearth.stdlib.proxmox.sim.rest.TaskMethods;
import dev.hearth.stdlib.proxmox.sim.rest.TfaMethods;
import dev.hearth.stdlib.proxmox.sim.rest.TicketMethods;
import dev.hearth.stdlib.proxmox.sim.rest.TokenMethods;
import dev.hearth.stdlib.proxmox.sim.rest.UploadMethods;
import dev.hearth.stdlib.proxmox.sim.rest.UserMethods;
import dev.hearth.stdlib.proxmox.sim.rest.VersionMethods;
import dev.hearth.stdlib.proxmox.sim.sdn.SdnMethods;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.task.TaskFault;
import dev.hearth.stdlib.proxmox.sim.task.TaskFault.Moment;
import dev.hearth.stdlib.proxmox.sim.world.GuestFault;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A Proxmox VE in memory: it keeps state, has Proxmox's rules and answers as Proxmox does, word for
 * word. Safe from any thread.
 *
 * <p>Its nodes answer at {@code pve.sim:8006}; {@link #connection} comes in with a token of root's
 * that exists in no other world.
 */
public final class ProxmoxSimulator implements Simulator {
  private static final NetAddress ADDRESS = new NetAddress("pve.sim", 8006);
  private static final String ROOT = "root@pam";
  private static final String TOKEN = "hearth";
  private static final String TOKEN_BESIDE_A_COPY = "hearth-sim";

  private final World world;
  private final Gateway gateway;
  private final ImageSource web;
  private volatile Duration latency = Duration.ZERO;

  private final FaultText.Target troubles =
      new FaultText.Target() {
        @Override
        public void call(CallFault fault) {
          gateway.failNext(fault);
        }

        @Override
        public void task(TaskFault fault) {
          failNext(fault);
        }

        @Override
        public void guest(GuestFault fault) {
          world.trouble(fault);
        }

        @Override
        public void node(String name) {
          failNode(name);
        }
      };

  /**
   * A simulator of this world.
   *
   * @param web how its nodes reach the web, to download images
   */
  public ProxmoxSimulator(World world, ImageSource web) {
    this.world = world;
    this.web = web;
    this.gateway = new Gateway(world, api(world, web), ProxmoxSimulator::goOn);
  }

  private static void goOn(World world, Background.Root root) {
    HaResources.act(world, root);
    Installation.act(world);
  }

  private static Api api(World world, ImageSource web) {
    var resources = new Resources(world, new ConfiguredFigures(world));
    // Each group of methods is one line here, and declares itself.
    return new Api(RealMethods.of(world.major()))
        .add(VersionMethods.all())
        .add(TicketMethods.all(world.privileges()))
        .add(UserMethods.all())
        .add(TokenMethods.all(world.major()))
        .add(TfaMethods.all())
        .add(OpenIdMethods.all())
        .add(GroupMethods.all())
        .add(RoleMethods.all(world.privileges()))
        .add(AclMethods.all())
        .add(DomainMethods.all(world.major()))
        .add(new PoolMethods(resources).all())
        .add(new ClusterMethods(resources).all())
        .add(OptionMethods.all())
        .add(TaskMethods.all())
        .add(new NodeMethods(resources).all())
        .add(NodeSettings.of(world.major(), new ConfiguredFigures(world)))
        .add(DiskMethods.all())
        .add(ScanMethods.of(world.major()))
        .add(NetworkMethods.of(world.major()))
        .add(StorageConfigMethods.all(world.major()))
        .add(StorageMethods.all(world.major()))
        .add(StorageRrdMethods.all())
        .add(ContentMethods.all())
        .add(UploadMethods.all())
        .add(BackupMethods.all(world.major()))
        .add(JobMethods.all(world.major()))
        .add(PruneMethods.all())
        .add(new DownloadMethods(web).all())
        .add(ApplianceMethods.all())
        .add(ClusterSettings.of(world.major()))
        .add(new MetricExport(new ConfiguredFigures(world)).of(world.major()))
        .add(NotificationMethods.all())
        .add(CephMethods.of(world.major()))
        .add(HaMethods.of(world.major()))
        .add(ReplicationMethods.of(world.major()))
        .add(MigrateMethods.of(world.major()))
        .add(SdnMethods.of(world.major()))
        .add(FirewallMethods.of(world.major()))
        .add(QemuMethods.of(world.major()))
        .add(LxcMethods.of(world.major()))
        .add(ConsoleMethods.all());
  }

  /** Answers one request, as it would over the wire. */
  public SimAnswer answer(SimRequest request) throws IOException {
    return gateway.answer(request);
  }

  /** How long the way to it and back takes. */
  void travel() throws InterruptedException {
    if (latency.isPositive()) {
      world.clock().sleep(latency);
    }
  }

  @Override
  public void disturb(Disturbance disturbance) {
    latency = disturbance.latency();
    for (var fault : disturbance.faults()) {
      FaultText.apply(fault, troubles);
    }
  }

  /** A node breaks down, with all that runs on it; this can be undone only by a new start. */
  public ProxmoxSimulator failNode(String name) {
    if (!world.nodes().containsKey(name)) {
      throw new HearthException(
          SimError.NODE_UNKNOWN, name, String.join(", ", world.nodes().keySet()));
    }
    world.lock().holding(() -> world.failNode(name));
    return this;
  }

  /** What it simulates; look at it or change it under {@link World#lock}. */
  public World world() {
    return world;
  }

  /** Makes a coming call go wrong. */
  public ProxmoxSimulator failNext(CallFault fault) {
    gateway.failNext(fault);
    return this;
  }

  /** Asks {@code plan} about each coming call. */
  public ProxmoxSimulator failBy(FaultPlan plan) {
    gateway.failBy(plan);
    return this;
  }

  /** Makes the next task of this type end with an error instead of its work. */
  public ProxmoxSimulator failNextTask(String type, String message) {
    return failNext(new TaskFault(type, Moment.BEFORE, message));
  }

  /** Makes the next task of this type end with an error after its work. */
  public ProxmoxSimulator failNextTaskAfterwards(String type, String message) {
    return failNext(new TaskFault(type, Moment.AFTER, message));
  }

  private ProxmoxSimulator failNext(TaskFault fault) {
    world.lock().holding(() -> world.tasks().failNext(fault));
    return this;
  }

  /** Waits until a task has ended; returns at once if it has, or if there is none of this UPID. */
  public void awaitTask(String upid) throws InterruptedException {
    var worker = world.lock().holding(() -> world.tasks().workerOf(upid));
    if (worker.isPresent()) {
      worker.get().join();
    }
  }

  /** The settings {@code url} and the secret {@code token}: {@code root@pam!hearth=UUID}. */
  @Override
  public Connection connection() {
    var settings = JsonNodeFactory.instance.objectNode().put("url", "https://" + ADDRESS);
    return new Connection(
        "proxmox",
        Origin.SIMULATOR.label(),
        Origin.SIMULATOR,
        settings,
        Map.of("token", Secret.of(token())));
  }

  private String token() {
    return world.lock().holding(this::ownToken);
  }

  /**
   * Root's token for Hearth; it is made when it is first asked for, also in a loaded world. A
   * copied world can have one of that name, whose secret nobody knows here.
   */
  private String ownToken() {
    var root = Objects.requireNonNull(world.accounts().users().get(ROOT), "there is always a root");
    var copied = root.tokens().get(TOKEN);
    var name = copied == null || copied.isKnown() ? TOKEN : TOKEN_BESIDE_A_COPY;
    var token =
        root.tokens()
            .computeIfAbsent(
                name,
                _ -> new Token(UUID.randomUUID().toString(), false, 0, "made by the simulator"));
    return ROOT + "!" + name + "=" + token.secret();
  }

  @Override
  public List<String> commands(String url) {
    var header = "Authorization: PVEAPIToken=" + token();
    return List.of("curl -k -H '" + header + "' " + url + "/api2/json/nodes");
  }

  @Override
  public List<String> role(String name, Optional<String> whom) {
    return world
        .lock()
        .holding(() -> new RoleText(world.asked(), name, whom.orElse("hearth@pve")).lines());
  }

  /** Every node answers at its name in {@code .sim}, and the first one at {@code pve.sim}. */
  @Override
  public Map<NetAddress, StreamService> services() {
    var service = new HttpService(new WireProtocol(this)::handle, WireProtocol.LIMITS);
    var services = new LinkedHashMap<NetAddress, StreamService>();
    services.put(ADDRESS, service);
    for (var node : world.nodes().keySet()) {
      services.put(new NetAddress(node + ".sim", ADDRESS.port()), service);
    }
    return services;
  }

  @Override
  public JsonNode save() {
    return world.save();
  }

  /** Stops the tasks that still run, and lets go of the network. */
  @Override
  public void close() {
    world.lock().holding(() -> world.tasks().stopAll());
    web.close();
  }
}
