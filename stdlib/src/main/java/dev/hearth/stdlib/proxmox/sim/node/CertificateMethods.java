package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;

import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /nodes/{node}/certificates}: what a node shows of itself. Its own certificates are facts
 * here, no keys.
 */
final class CertificateMethods {
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN ([A-Z ]+)-----\\s[A-Za-z0-9+/=\\s]+-----END \\1-----\\s*",
          Pattern.DOTALL);
  private static final ValueFormat CHAIN =
      ValueFormat.of("pem-certificate-chain", CertificateMethods::problem);
  private static final ValueFormat KEY = ValueFormat.of("pem-string", CertificateMethods::problem);
  private static final Duration LIFE_OF_AUTHORITY = Duration.ofDays(3650);
  private static final Duration LIFE = Duration.ofDays(730);

  private CertificateMethods() {}

  private static Optional<String> problem(String value) {
    return PEM.matcher(value).matches()
        ? Optional.empty()
        : Optional.of("not a valid PEM-formatted string.\n");
  }

  static List<ApiMethod> all() {
    return List.of(
        OneNode.method("GET", "certificates", "index", Check.anyUser())
            .answers(_ -> Directories.named("acme", "custom", "info")),
        OneNode.method("GET", "certificates/info", "info", Check.anyUser())
            .answers(CertificateMethods::info),
        OneNode.method("POST", "certificates/custom", "upload_custom_cert", OneNode.MODIFY)
            .param("certificates", Param.of(formatted(CHAIN)))
            .param("key", Param.optional(formatted(KEY)))
            .param("force", Param.optional(bool().orElse("0")))
            .param("restart", Param.optional(bool().orElse("0")))
            .answers(CertificateMethods::put),
        OneNode.method("DELETE", "certificates/custom", "remove_custom_cert", OneNode.MODIFY)
            .param("restart", Param.optional(bool().orElse("0")))
            .answers(CertificateMethods::remove));
  }

  private static CustomCertificate custom(Call call) {
    return new CustomCertificate(call.world(), call.node());
  }

  private static Object put(Call call) {
    var key = Optional.ofNullable(call.params().find("key"));
    var custom = custom(call);
    if (key.isEmpty() && !custom.hasKey()) {
      throw Refusal.parameter(
          "key", "Attempted to upload custom certificate without (existing) key.");
    }
    if (custom.exists() && !call.params().flag("force")) {
      throw Refusal.die(
          "Setting certificate files failed - Custom certificate file exists but force flag is not"
              + " set.\n");
    }
    custom.put(call.params().text("certificates"), key);
    return custom.told("");
  }

  private static @Nullable Object remove(Call call) {
    custom(call).remove();
    return null;
  }

  private static Object info(Call call) {
    var node = call.world().node(call.node());
    long from = call.world().boot().getEpochSecond();
    var unit = Digests.sha1(node.fingerprint()).substring(0, 32);
    var authority = "/CN=Proxmox Virtual Environment/OU=" + unit + "/O=PVE Cluster Manager CA";
    var of = "/OU=PVE Cluster Node/O=Proxmox Virtual Environment/CN=" + node.name();
    var names = List.of("127.0.0.1", "::1", "localhost", node.ip(), node.name());
    var told = new ArrayList<Item>();
    told.addAll(
        List.of(
            certificate("pve-root-ca.pem", authority, authority, fingerprint(unit))
                .with("notbefore", from)
                .with("notafter", from + LIFE_OF_AUTHORITY.toSeconds())
                .with("public-key-bits", 4096)
                .with("san", List.of()),
            certificate("pve-ssl.pem", of, authority, node.fingerprint())
                .with("notbefore", from)
                .with("notafter", from + LIFE.toSeconds())
                .with("public-key-bits", 2048)
                .with("san", names)));
    if (custom(call).exists()) {
      told.add(custom(call).told(fingerprint(unit + "acme")));
    }
    return told;
  }

  private static Item certificate(String file, String subject, String issuer, String print) {
    return Item.of("filename", file)
        .with("subject", subject)
        .with("issuer", issuer)
        .with("fingerprint", print)
        .with("public-key-type", "rsaEncryption");
  }

  private static String fingerprint(String seed) {
    var digits = (Digests.sha1(seed) + Digests.sha1(seed + seed)).substring(0, 64);
    return digits.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
  }
}
