package dev.hearth.stdlib.proxmox.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The {@code cpu} key: a model that the node knows, and the flags a VM may set itself. */
final class CpuFormat {
  /** QEMU's x86 models as Proxmox offers them. */
  static final Set<String> MODELS =
      Set.of(
          ("486 Broadwell Broadwell-IBRS Broadwell-noTSX Broadwell-noTSX-IBRS Cascadelake-Server"
                  + " Cascadelake-Server-noTSX Cascadelake-Server-v2 Cascadelake-Server-v4"
                  + " Cascadelake-Server-v5 Conroe Cooperlake Cooperlake-v2 EPYC EPYC-Genoa"
                  + " EPYC-IBPB EPYC-Milan EPYC-Milan-v2 EPYC-Rome EPYC-Rome-v2 EPYC-Rome-v3"
                  + " EPYC-Rome-v4 EPYC-v3 EPYC-v4 GraniteRapids Haswell Haswell-IBRS"
                  + " Haswell-noTSX Haswell-noTSX-IBRS Icelake-Client Icelake-Client-noTSX"
                  + " Icelake-Server Icelake-Server-noTSX Icelake-Server-v3 Icelake-Server-v4"
                  + " Icelake-Server-v5 Icelake-Server-v6 IvyBridge IvyBridge-IBRS KnightsMill"
                  + " Nehalem Nehalem-IBRS Opteron_G1 Opteron_G2 Opteron_G3 Opteron_G4 Opteron_G5"
                  + " Penryn SandyBridge SandyBridge-IBRS SapphireRapids SapphireRapids-v2"
                  + " Skylake-Client Skylake-Client-IBRS Skylake-Client-noTSX-IBRS"
                  + " Skylake-Client-v4 Skylake-Server Skylake-Server-IBRS"
                  + " Skylake-Server-noTSX-IBRS Skylake-Server-v4 Skylake-Server-v5 Westmere"
                  + " Westmere-IBRS athlon core2duo coreduo host kvm32 kvm64 max pentium pentium2"
                  + " pentium3 phenom qemu32 qemu64 x86-64-v2 x86-64-v2-AES x86-64-v3 x86-64-v4")
              .split(" "));

  private static final String VM_FLAGS =
      "pcid, spec-ctrl, ibpb, ssbd, virt-ssbd, amd-ssbd, amd-no-ssb, pdpe1gb, md-clear,"
          + " hv-tlbflush, hv-evmcs, aes";
  private static final Pattern ONE_VM_FLAG =
      Pattern.compile("[+-](" + VM_FLAGS.replace(", ", "|") + ")");

  private static final ValueFormat PHYS_BITS =
      ValueFormat.of(
          "pve-phys-bits",
          value ->
              Formats.unless(
                  value.equals("host") || bits(value),
                  "value must be an integer between 8 and 64 or 'host'"));

  static final PropertyFormat FORMAT =
      PropertyFormat.named("pve-vm-cpu-conf")
          .optionalFirst("cputype", ValueType.string().orElse("kvm64"))
          .optional("reported-model", ValueType.string().orElse("kvm64"))
          .optional("hidden", ValueType.bool().orElse("0"))
          .optional("hv-vendor-id", ValueType.matching("[a-zA-Z0-9]{1,12}"))
          .optional(
              "flags", ValueType.matching("[+-][a-zA-Z0-9\\-_.]++(?:;[+-][a-zA-Z0-9\\-_.]++)*+"))
          .optional("phys-bits", ValueType.formatted(PHYS_BITS))
          .rule(CpuFormat::model)
          .rule(CpuFormat::flags);

  private CpuFormat() {}

  private static boolean bits(String value) {
    return value.matches("\\d{1,2}")
        && Integer.parseInt(value) >= 8
        && Integer.parseInt(value) <= 64;
  }

  private static Optional<String> model(Map<String, String> values) {
    var model = values.get("cputype");
    if (model == null) {
      return Optional.of("CPU is missing cputype\n");
    }
    if (model.startsWith("custom-")) {
      var name = model.substring("custom-".length());
      return Optional.of("Custom cputype '" + name + "' not found\n");
    }
    return Formats.unless(
        MODELS.contains(model),
        "Built-in cputype '" + model + "' is not defined (missing 'custom-' prefix?)");
  }

  private static Optional<String> flags(Map<String, String> values) {
    if (values.containsKey("reported-model")) {
      return Optional.of("Property 'reported-model' not allowed in VM-specific CPU config.\n");
    }
    var flags = values.get("flags");
    return flags == null
        ? Optional.empty()
        : Formats.unless(
            java.util.Arrays.stream(flags.split(";"))
                .allMatch(flag -> ONE_VM_FLAG.matcher(flag).matches()),
            "VM-specific CPU flags must be a subset of: " + VM_FLAGS);
  }
}
