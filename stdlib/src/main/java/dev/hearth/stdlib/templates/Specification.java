package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a template is to be, whole: every default is spelled out, and nothing is left to be asked.
 *
 * @param users the first is who Proxmox makes
 * @param packages by the names of the image's distribution
 * @param commands of the first boot, each a text for a shell or a list of words
 * @param everyBoot commands of every boot, the first one among them
 * @param upgrade whether the first boot brings all packages up to date
 * @param agent whether the guest agent is there and runs
 */
record Specification(
    String name,
    String node,
    String storage,
    String imageStorage,
    Source image,
    Hardware hardware,
    List<Disk> disks,
    List<Nic> networks,
    List<String> nameservers,
    List<String> searchDomains,
    List<Account> users,
    @Nullable String locale,
    @Nullable String timezone,
    @Nullable Keyboard keyboard,
    HostName hostname,
    List<String> packages,
    List<Repository> repositories,
    List<JsonNode> commands,
    List<JsonNode> everyBoot,
    List<Content> files,
    boolean upgrade,
    boolean agent,
    List<String> tags,
    List<String> categories,
    String notes) {

  /**
   * Where the disk comes from: a catalogue's id, an address, or a file that the node has.
   *
   * @param id of the catalogue's entry whose facts hold for it
   * @param installer where that is a disc to install from: which answers it wants
   * @param mirror where such a disc gets its packages from; null for itself
   */
  record Source(
      @Nullable String id,
      @Nullable String url,
      @Nullable String filename,
      @Nullable String checksum,
      @Nullable String algorithm,
      @Nullable String volid,
      @Nullable Installer installer,
      @Nullable String mirror) {}

  /**
   * The machine.
   *
   * @param cpu its type, as Proxmox names it
   * @param balloonMiB to what it may shrink; 0 for not at all
   * @param firmware {@code bios} or {@code uefi}
   * @param machine {@code i440fx} or {@code q35}
   * @param ostype as Proxmox names it
   */
  record Hardware(
      String cpu,
      int cores,
      int sockets,
      int memoryMiB,
      int balloonMiB,
      String firmware,
      boolean secureBoot,
      boolean tpm,
      String machine,
      String display,
      String ostype) {}

  /**
   * A disk; the first has the image on it.
   *
   * @param sizeMiB null: as large as the image says
   */
  record Disk(@Nullable Integer sizeMiB, String storage, boolean ssd, boolean discard) {}

  /**
   * A network card.
   *
   * @param ip {@code dhcp}, an address with its prefix, or null for none
   * @param ip6 {@code auto}, {@code dhcp}, an address with its prefix, or null for none
   */
  record Nic(
      String bridge,
      String model,
      @Nullable Integer vlan,
      @Nullable Integer mtu,
      @Nullable String mac,
      boolean firewall,
      @Nullable String ip,
      @Nullable String gateway,
      @Nullable String ip6,
      @Nullable String gateway6) {}

  /**
   * A user.
   *
   * @param name null: whom the image makes
   * @param sudo {@code nopasswd}, {@code password} or {@code none}
   * @param password masked: JavaScript has the Secret
   */
  record Account(
      @Nullable String name,
      String sudo,
      List<String> groups,
      @Nullable String shell,
      List<String> keys,
      @Nullable String password,
      @Nullable String passwordHash) {}

  /** A keyboard, by the words of XKB. */
  record Keyboard(String layout, @Nullable String variant, @Nullable String model) {}

  /**
   * How a clone is called; its name is the VM's.
   *
   * @param preferFqdn whether the host name is the whole name, with its domain
   * @param preserve whether a name that is changed by hand stays
   */
  record HostName(boolean preferFqdn, boolean preserve) {}

  /**
   * Where further packages come from.
   *
   * @param suite of apt; {@code ./} for a flat one
   * @param key its public key, as text
   * @param trusted whether it is believed without a key
   */
  record Repository(
      String name,
      String url,
      @Nullable String suite,
      List<String> components,
      @Nullable String key,
      boolean trusted) {}

  /**
   * A file.
   *
   * @param group null: the owner's own
   * @param mode such as {@code 0644}
   */
  record Content(
      String path,
      String content,
      boolean base64,
      String owner,
      @Nullable String group,
      String mode,
      boolean append) {}
}
