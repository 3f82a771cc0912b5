package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.cluster.AcmeAccounts;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /nodes/{node}/certificates/acme}: certificates that an authority makes for a node. */
final class AcmeCertificates {
  private static final String PATH = "certificates/acme/certificate";
  private static final long SOON_SECONDS = 30L * 24 * 3600;
  private static final String STANDALONE = "standalone";

  private AcmeCertificates() {}

  static List<ApiMethod> all() {
    var force = Param.optional(bool().orElse("0"));
    return List.of(
        OneNode.method("GET", "certificates/acme", "index", Check.anyUser())
            .answers(_ -> Directories.named("certificate")),
        OneNode.method("POST", PATH, "new_certificate", OneNode.MODIFY)
            .param("force", force)
            .task()
            .answers(AcmeCertificates::order),
        OneNode.method("PUT", PATH, "renew_certificate", OneNode.MODIFY)
            .param("force", force)
            .task()
            .answers(AcmeCertificates::renew),
        OneNode.method("DELETE", PATH, "revoke_certificate", OneNode.MODIFY)
            .task()
            .answers(AcmeCertificates::revoke));
  }

  private static CustomCertificate certificate(Call call) {
    return new CustomCertificate(call.world(), call.node());
  }

  /**
   * What a node's configuration says of certificates.
   *
   * @param account in whose name they are ordered
   * @param domains with the plugin that proves each
   */
  private record Order(String account, Map<String, String> domains) {}

  private static Order configured(Call call) {
    var config = call.world().nodeFacts(call.node(), "config");
    var acme = NodeConfigMethods.ACME.parse(config.getOrDefault("acme", ""));
    var domains = new LinkedHashMap<String, String>();
    for (var domain : Lists.split(acme.get("domains").orElse(""))) {
      domains.put(domain.toLowerCase(Locale.ROOT), STANDALONE);
    }
    config.forEach(
        (key, value) -> {
          if (key.startsWith("acmedomain")) {
            var options = NodeConfigMethods.ACME_DOMAIN.parse(value);
            domains.put(
                options.get("domain").orElse("").toLowerCase(Locale.ROOT),
                options.get("plugin").orElse(STANDALONE));
          }
        });
    if (domains.isEmpty()) {
      throw Refusal.die("ACME domain list in node configuration is missing!");
    }
    return new Order(acme.get("account").orElse("default"), domains);
  }

  private static void checkAccount(Call call, Order order) {
    if (!AcmeAccounts.exists(call.world(), order.account())) {
      throw Refusal.die("ACME account config file '" + order.account() + "' does not exist.");
    }
  }

  private static Object order(Call call) {
    if (certificate(call).exists() && !call.params().flag("force")) {
      throw Refusal.parameter("force", "Custom certificate exists but 'force' is not set.");
    }
    var order = configured(call);
    return call.fork("acmenewcert", "", task -> place(call, task, order));
  }

  private static void place(Call call, TaskRun task, Order order) {
    checkAccount(call, order);
    task.log("Loading ACME account details");
    task.log("Placing ACME order");
    var plugins = call.world().sections("acme/plugins");
    order
        .domains()
        .forEach(
            (domain, plugin) -> {
              task.log("The validation for " + domain + " is pending!");
              if (!plugin.equals(STANDALONE) && !plugins.has(plugin)) {
                throw Refusal.die("plugin '" + plugin + "' for domain '" + domain + "' not found!");
              }
              task.log("Triggering validation");
              task.work();
              task.log("Status is 'valid', domain '" + domain + "' OK!");
            });
    task.log("All domains validated!");
    task.log("Creating CSR");
    task.log("Checking order status");
    task.log("Order is ready, finalizing order");
    task.log("valid!");
    task.log("Downloading certificate");
    task.log("Setting pveproxy certificate and key");
    task.log("Restarting pveproxy");
    certificate(call).order(List.copyOf(order.domains().keySet()), call.world().now());
  }

  private static Object renew(Call call) {
    var certificate = certificate(call);
    if (!certificate.exists()) {
      throw Refusal.die("No current (custom) certificate found, please order a new certificate!");
    }
    boolean isSoon = certificate.expires() < call.world().now() + SOON_SECONDS;
    if (!isSoon && !call.params().flag("force")) {
      throw Refusal.parameter(
          "force", "Certificate does not expire within the next 30 days, and 'force' is not set.");
    }
    var order = configured(call);
    return call.fork(
        "acmerenew",
        "",
        task -> {
          place(call, task, order);
          task.log("Revoking old certificate");
        });
  }

  private static Object revoke(Call call) {
    var order = configured(call);
    if (!certificate(call).exists()) {
      throw Refusal.die(
          "can't open '/etc/pve/nodes/%s/%s' - No such file or directory"
              .formatted(call.node(), CustomCertificate.FILE));
    }
    return call.fork(
        "acmerevoke",
        "",
        task -> {
          checkAccount(call, order);
          task.log("Loading ACME account details");
          task.log("Revoking old certificate");
          task.log("Deleting certificate files");
          certificate(call).remove();
          task.log("Restarting pveproxy to revert to self-signed certificates");
        });
  }
}
