package dev.hearth.stdlib.proxmox.sim.ceph;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import java.util.ArrayList;
import java.util.List;

/** Monitors, managers, metadata servers and the disks that hold the data. */
final class CephServices {
  private static final int FIRST_NAMING_NODES = 9;
  private static final Check ANY_AUDIT = Check.permAny("/", "Sys.Audit");
  private static final Param OSD = Param.of(integer());
  private static final Param NAME = Param.of(matching(CephMethods.SERVICE_NAME));

  private CephServices() {}

  static List<ApiMethod> of(int major) {
    var methods = new ArrayList<ApiMethod>();
    methods.addAll(
        service("mon", "monid", "listmon", "createmon", "destroymon", id(major))
            .apply(List.of("mon-address")));
    methods.addAll(
        service("mgr", "id", "index", "createmgr", "destroymgr", id(major)).apply(List.of()));
    methods.addAll(
        service("mds", "name", "index", "createmds", "destroymds", id(FIRST_NAMING_NODES))
            .apply(List.of("hotstandby")));
    methods.addAll(disks());
    return methods;
  }

  private static Param id(int major) {
    var type = matching(CephMethods.SERVICE_NAME).maxLength(200);
    return Param.optional(major >= FIRST_NAMING_NODES ? type.orElse("nodename") : type);
  }

  /** The three methods of a kind of service. */
  private record Service(
      String kind, String key, String index, String create, String destroy, Param id) {
    private List<ApiMethod> apply(List<String> more) {
      var all = "/" + kind;
      var one = all + "/{" + key + "}";
      var making = CephMethods.node("POST", one, create, CephMethods.MODIFY).param(key, id);
      for (var name : more) {
        making.param(
            name,
            name.equals("hotstandby")
                ? CephMethods.NO
                : Param.optional(formatted(NetworkFormats.IP.list())));
      }
      return List.of(
          CephMethods.node("GET", all, index, CephMethods.LOOK).answers(CephMethods.missing()),
          making.task().answers(CephMethods.missing("ceph-" + kind)),
          CephMethods.node("DELETE", one, destroy, CephMethods.MODIFY)
              .param(key, NAME)
              .task()
              .answers(CephMethods.missing()));
    }
  }

  private static Service service(
      String kind, String key, String index, String create, String destroy, Param id) {
    return new Service(kind, key, index, create, destroy, id);
  }

  private static ApiMethod disk(String verb, String path, String name, Check check) {
    return CephMethods.node(verb, "/osd/{osdid}" + path, name, check).param("osdid", OSD);
  }

  private static List<ApiMethod> disks() {
    var text = Param.optional(string());
    return List.of(
        CephMethods.node("GET", "/osd", "index", CephMethods.LOOK).answers(CephMethods.missing()),
        CephMethods.node("POST", "/osd", "createosd", Check.rootOnly())
            .param("dev", Param.of(string()))
            .param("crush-device-class", text)
            .param("db_dev", text)
            .param("db_dev_size", Param.optional(number().min(1)).requires("db_dev"))
            .param("encrypted", CephMethods.NO)
            .param("osds-per-device", Param.optional(integer().min(1)))
            .param("wal_dev", text)
            .param("wal_dev_size", Param.optional(halves()).requires("wal_dev"))
            .task()
            .answers(CephMethods.missing()),
        disk("GET", "", "osdindex", Check.anyUser())
            .answers(_ -> Directories.named("metadata", "lv-info")),
        disk("DELETE", "", "destroyosd", Check.rootOnly())
            .param("cleanup", CephMethods.NO)
            .task()
            .answers(CephMethods.missing()),
        disk("POST", "/in", "in", CephMethods.MODIFY).answers(CephMethods.missing()),
        disk("POST", "/out", "out", CephMethods.MODIFY).answers(CephMethods.missing()),
        disk("POST", "/scrub", "scrub", CephMethods.MODIFY)
            .param("deep", Param.optional(bool().orElse("0")))
            .answers(CephMethods.missing()),
        disk("GET", "/lv-info", "osdvolume", ANY_AUDIT)
            .param("type", Param.optional(oneOf("block", "db", "wal").orElse("block")))
            .answers(CephMethods.missing()),
        disk("GET", "/metadata", "osddetails", ANY_AUDIT).answers(CephMethods.missing()));
  }

  /** At least a half, which is no whole number. */
  private static dev.hearth.stdlib.proxmox.config.ValueType halves() {
    return number().min(new java.math.BigDecimal("0.5"));
  }
}
