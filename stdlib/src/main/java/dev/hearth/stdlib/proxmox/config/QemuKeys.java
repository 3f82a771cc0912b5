package dev.hearth.stdlib.proxmox.config;

import static dev.hearth.stdlib.proxmox.config.ConfigKey.plain;
import static dev.hearth.stdlib.proxmox.config.ConfigKey.properties;
import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import java.util.ArrayList;
import java.util.List;

/**
 * Every configuration key of a QEMU VM, each declared once, for one major version of Proxmox VE.
 *
 * <p>The keys are those a client may write; {@code meta}, {@code digest} and the like, which only
 * the server writes, are not among them.
 */
public final class QemuKeys {
  private static final List<String> KEYBOARDS =
      List.of(
          ("de de-ch da en-gb en-us es fi fr fr-be fr-ca fr-ch hu is it ja lt mk nl no pl pt pt-br"
                  + " sv sl tr")
              .split(" "));
  private static final String VM_GENERATION =
      "(?:[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}|[01])";
  private static final String START_DATE =
      "(now|\\d{4}-\\d{1,2}-\\d{1,2}(T\\d{1,2}:\\d{1,2}:\\d{1,2})?)";

  private static final KeyTable PVE_7 = new KeyTable(all(7));
  private static final KeyTable PVE_8 = new KeyTable(all(8));
  private static final KeyTable PVE_9 = new KeyTable(all(9));

  private QemuKeys() {}

  /** The keys of a major version; later ones than 9 are taken for 9, earlier than 7 for 7. */
  public static KeyTable ofVersion(int major) {
    if (major >= 9) {
      return PVE_9;
    }
    return major == 8 ? PVE_8 : PVE_7;
  }

  private static List<ConfigKey> all(int major) {
    var all = new ArrayList<ConfigKey>();
    all.addAll(machine(major));
    all.addAll(general());
    all.addAll(cloudInit(major));
    all.addAll(devices(major));
    all.addAll(drives(major));
    return all;
  }

  private static List<ConfigKey> machine(int major) {
    var machine = DeviceFormats.MACHINE_FORMAT;
    if (major >= 9) {
      machine = machine.optional("aw-bits", number().min(32).max(64));
    }
    var keys =
        new ArrayList<>(
            List.of(
                plain("acpi", bool().orElse("1")),
                plain("affinity", formatted(Formats.CPU_SET)),
                properties("amd-sev", 0, DeviceFormats.SEV),
                plain("arch", oneOf("x86_64", "aarch64")),
                plain("args", string()),
                plain("balloon", integer().min(0)),
                plain("bios", oneOf("seabios", "ovmf").orElse("seabios")),
                plain("cores", integer().min(1).orElse("1")),
                properties("cpu", 0, CpuFormat.FORMAT),
                plain("cpulimit", number().min(0).max(128).orElse("0")),
                plain("cpuunits", integer().min(1).max(262144)),
                plain("freeze", bool()),
                plain("hugepages", oneOf("any", "2", "1024")),
                properties("ivshmem", 0, DeviceFormats.IVSHMEM),
                plain("keephugepages", bool().orElse("0")),
                plain("kvm", bool().orElse("1")),
                plain("localtime", bool()),
                properties("machine", 0, machine),
                properties("memory", 0, DeviceFormats.MEMORY),
                plain("numa", bool().orElse("0")),
                properties("numa", 8, DeviceFormats.NUMA),
                plain("reboot", bool().orElse("1")),
                plain("shares", integer().min(0).max(50000).orElse("1000")),
                properties("smbios1", 0, DeviceFormats.SMBIOS, "uuid"),
                plain("smp", integer().min(1).orElse("1")),
                plain("sockets", integer().min(1).orElse("1")),
                plain("startdate", matching(START_DATE).orElse("now")),
                plain("tdf", bool().orElse("0")),
                plain("vcpus", integer().min(1).orElse("0")),
                plain("vmgenid", matching(VM_GENERATION))));
    if (major >= 9) {
      keys.add(plain("allow-ksm", bool().orElse("1")));
      keys.add(properties("intel-tdx", 0, DeviceFormats.TDX));
    }
    return keys;
  }

  private static List<ConfigKey> general() {
    return List.of(
        plain("autostart", bool().orElse("0")),
        properties("boot", 0, DeviceFormats.BOOT),
        plain("bootdisk", matching("(ide|sata|scsi|virtio)\\d+").format(BOOT_DISK)),
        ConfigKey.description(),
        plain("hookscript", formatted(Formats.VOLUME_ID)),
        ConfigKey.anyOrder(
            "hotplug", formatted(Formats.HOTPLUG_FEATURES).orElse(Hotplug.USUAL), Hotplug.USUAL),
        plain(
            "lock",
            oneOf(
                "backup",
                "clone",
                "create",
                "migrate",
                "rollback",
                "snapshot",
                "snapshot-delete",
                "suspending",
                "suspended")),
        plain("migrate_downtime", number().min(0).orElse("0.1")),
        plain("migrate_speed", integer().min(0).orElse("0")),
        plain("name", formatted(Formats.DNS)),
        plain("onboot", bool().orElse("0")),
        plain(
            "ostype",
            oneOf(
                "other", "wxp", "w2k", "w2k3", "w2k8", "wvista", "win7", "win8", "win10", "win11",
                "l24", "l26", "solaris")),
        plain("protection", bool().orElse("0")),
        ConfigKey.startup(),
        ConfigKey.tags(),
        plain("template", bool().orElse("0")),
        plain("vmstatestorage", formatted(Formats.STORAGE_ID)));
  }

  private static final ValueFormat BOOT_DISK =
      ValueFormat.of(
          "pve-qm-bootdisk",
          value ->
              Formats.unless(DriveKeys.isBootable(value), "invalid boot disk '" + value + "'"));

  private static List<ConfigKey> cloudInit(int major) {
    var keys =
        new ArrayList<>(
            List.of(
                properties("cicustom", 0, DeviceFormats.CICUSTOM),
                ConfigKey.secret("cipassword"),
                plain("citype", oneOf("configdrive2", "nocloud", "opennebula")),
                plain("ciuser", string()),
                properties("ipconfig", 32, NetFormat.IP_CONFIG).anyCase(),
                ConfigKey.list("nameserver", formatted(Formats.ADDRESS.list())).anyCase(),
                plain("searchdomain", string()),
                ConfigKey.sshKeys()));
    if (major >= 8) {
      keys.add(plain("ciupgrade", bool().orElse("1")));
    }
    return keys;
  }

  private static List<ConfigKey> devices(int major) {
    var net = NetFormat.NET;
    var serial = "(/dev/.+|socket)";
    if (major >= 9) {
      net = net.optional("host-tunnel", bool());
      serial = "(/dev/[^,]+|socket)";
    }
    return List.of(
        properties("agent", 0, major >= 9 ? DeviceFormats.AGENT_9 : DeviceFormats.AGENT),
        properties("audio0", 0, DeviceFormats.AUDIO),
        properties("hostpci", 16, DeviceFormats.HOST_PCI),
        plain("keyboard", oneOf(KEYBOARDS)),
        properties("net", 32, net, "macaddr"),
        plain("parallel", matching("/dev/parport\\d+|/dev/usb/lp\\d+")).times(3),
        properties("rng0", 0, DeviceFormats.RNG),
        plain(
            "scsihw",
            oneOf("lsi", "lsi53c810", "virtio-scsi-pci", "virtio-scsi-single", "megasas", "pvscsi")
                .orElse("lsi")),
        plain("serial", matching(serial)).times(4),
        properties("spice_enhancements", 0, DeviceFormats.SPICE),
        plain("tablet", bool().orElse("1")),
        properties("usb", 14, DeviceFormats.USB),
        properties("vga", 0, DeviceFormats.VGA),
        properties("virtiofs", 10, DeviceFormats.VIRTIOFS),
        properties("watchdog", 0, DeviceFormats.WATCHDOG));
  }

  private static List<ConfigKey> drives(int major) {
    var tpm =
        major >= 9
            ? DriveFormats.TPM.optional("format", oneOf("raw", "qcow2", "vmdk"))
            : DriveFormats.TPM;
    return List.of(
        properties("cdrom", 0, bus(DriveFormats.IDE, major)),
        properties("ide", DriveKeys.count("ide"), bus(DriveFormats.IDE, major), "file"),
        properties("sata", DriveKeys.count("sata"), bus(DriveFormats.SATA, major), "file"),
        properties("scsi", DriveKeys.count("scsi"), bus(DriveFormats.SCSI, major), "file"),
        properties("virtio", DriveKeys.count("virtio"), bus(DriveFormats.VIRTIO, major), "file"),
        properties("efidisk0", 0, DriveFormats.EFI, "file"),
        properties("tpmstate0", 0, tpm, "file"),
        properties("unused", 256, DriveFormats.UNUSED));
  }

  private static PropertyFormat bus(PropertyFormat format, int major) {
    return major >= 9 ? DriveFormats.withoutGeometry(format) : format;
  }
}
