package dev.hearth.stdlib.proxmox.sim.ceph;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pools, and file systems on them. */
final class CephPools {
  private static final String POOL_NAME = "[^:/\\s]+";
  private static final int FIRST_REMOVING = 9;
  private static final PropertyFormat CODING =
      PropertyFormat.named("erasure-coding")
          .required("k", integer().min(2))
          .required("m", integer().min(1))
          .optional("device-class", string())
          .optional("failure-domain", string().orElse("host"))
          .optional("profile", string());

  private CephPools() {}

  static List<ApiMethod> of(int major) {
    var name = Param.of(string());
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        CephMethods.node("GET", "/pool", "lspools", CephMethods.LOOK)
            .answers(CephMethods.missing()));
    methods.add(
        CephMethods.node("POST", "/pool", "createpool", CephMethods.MODIFY)
            .param("name", Param.of(matching(POOL_NAME)))
            .params(options())
            .param("add_storages", CephMethods.NO)
            .param("erasure-coding", Param.optional(formatted(CODING)))
            .task()
            .answers(CephMethods.missing()));
    methods.add(
        CephMethods.node("GET", "/pool/{name}", "poolindex", CephMethods.LOOK)
            .param("name", name)
            .answers(_ -> Directories.named("status")));
    methods.add(
        CephMethods.node("PUT", "/pool/{name}", "setpool", CephMethods.MODIFY)
            .param("name", Param.of(matching(POOL_NAME)))
            .params(options())
            .task()
            .answers(CephMethods.missing()));
    methods.add(
        CephMethods.node("DELETE", "/pool/{name}", "destroypool", CephMethods.MODIFY)
            .param("name", name)
            .param("force", CephMethods.NO)
            .param("remove_ecprofile", Param.optional(bool().orElse("1")))
            .param("remove_storages", CephMethods.NO)
            .task()
            .answers(CephMethods.missing()));
    methods.add(
        CephMethods.node("GET", "/pool/{name}/status", "getpool", CephMethods.LOOK)
            .param("name", name)
            .param("verbose", CephMethods.NO)
            .answers(CephMethods.missing()));
    methods.add(
        CephMethods.node("GET", "/fs", "index", CephMethods.LOOK).answers(CephMethods.missing()));
    methods.add(
        CephMethods.node("POST", "/fs/{name}", "createfs", CephMethods.MODIFY)
            .param("name", Param.optional(matching(POOL_NAME).orElse("cephfs")))
            .param("add-storage", CephMethods.NO)
            .param("pg_num", Param.optional(integer().min(8).max(32_768).orElse("128")))
            .task()
            .answers(CephMethods.missing()));
    if (major >= FIRST_REMOVING) {
      methods.add(
          CephMethods.node("DELETE", "/fs/{name}", "destroyfs", CephMethods.MODIFY)
              .param("name", name)
              .param("remove-pools", CephMethods.NO)
              .param("remove-storages", CephMethods.NO)
              .task()
              .answers(CephMethods.missing()));
    }
    return methods;
  }

  private static Map<String, Param> options() {
    var size = Param.optional(integer().min(1).max(7));
    var options = new LinkedHashMap<String, Param>();
    options.put("application", Param.optional(oneOf("rbd", "cephfs", "rgw")));
    options.put("crush_rule", Param.optional(string()));
    options.put("min_size", size);
    options.put("pg_autoscale_mode", Param.optional(oneOf("on", "off", "warn")));
    options.put("pg_num", Param.optional(integer().min(1).max(32_768)));
    options.put("pg_num_min", Param.optional(integer().max(32_768)));
    options.put("size", size);
    options.put("target_size", Param.optional(matching("^(\\d+(\\.\\d+)?)([KMGT])?$")));
    options.put("target_size_ratio", Param.optional(number()));
    return options;
  }
}
