package dev.hearth.stdlib.proxmox.sim.ceph;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Monitors, managers, metadata servers and the disks that hold the data. */
final class CephServices {
  private static final int FIRST_NAMING_NODES = 9;
  private static final Check ANY_AUDIT = Check.permAny("/", "Sys.Audit");
  private static final Param OSD = Param.of(integer());
  private static final Param NAME = Param.of(matching(CephMethods.SERVICE_NAME));

  private CephServices() {}

  static List<ApiMethod> of(int major) {
    var methods = new ArrayList<ApiMethod>();
    var addresses = Param.optional(formatted(NetworkFormats.IP.list()));
    methods.addAll(
        new Service("mon", "monid", "listmon", id(major))
            .methods(Map.of("mon-address", addresses)));
    methods.addAll(new Service("mgr", "id", "index", id(major)).methods(Map.of()));
    methods.addAll(
        new Service("mds", "name", "index", id(FIRST_NAMING_NODES))
            .methods(Map.of("hotstandby", CephMethods.NO)));
    methods.addAll(disks());
    return methods;
  }

  private static Param id(int major) {
    var type = matching(CephMethods.SERVICE_NAME).maxLength(200);
    return Param.optional(major >= FIRST_NAMING_NODES ? type.orElse("nodename") : type);
  }

  /**
   * A kind of service.
   *
   * @param key the parameter that names one
   * @param index the name of the method that lists them
   * @param id how a new one may be named
   */
  private record Service(String kind, String key, String index, Param id) {
    /** Its three methods; making one takes more parameters. */
    private List<ApiMethod> methods(Map<String, Param> more) {
      var all = "/" + kind;
      var one = all + "/{" + key + "}";
      return List.of(
          CephMethods.node("GET", all, index, CephMethods.LOOK).answers(CephMethods.missing()),
          CephMethods.node("POST", one, "create" + kind, CephMethods.MODIFY)
              .param(key, id)
              .params(more)
              .task()
              .answers(CephMethods.missing("ceph-" + kind)),
          CephMethods.node("DELETE", one, "destroy" + kind, CephMethods.MODIFY)
              .param(key, NAME)
              .task()
              .answers(CephMethods.missing()));
    }
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
            .param("deep", CephMethods.NO)
            .answers(CephMethods.missing()),
        disk("GET", "/lv-info", "osdvolume", ANY_AUDIT)
            .param("type", Param.optional(oneOf("block", "db", "wal").orElse("block")))
            .answers(CephMethods.missing()),
        disk("GET", "/metadata", "osddetails", ANY_AUDIT).answers(CephMethods.missing()));
  }

  /** At least a half, which is no whole number. */
  private static ValueType halves() {
    return number().min(new BigDecimal("0.5"));
  }
}
