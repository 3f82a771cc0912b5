package dev.hearth.stdlib.proxmox.sim.world;

import dev.hearth.stdlib.proxmox.sim.base.Digests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration file of the cluster that is made of named sections, such as {@code
 * sdn/zones.cfg}; mutable, guarded by the world's lock.
 *
 * @param all the sections by id, in the order in which they stand in the file
 */
public record Sections(Map<String, Section> all) {
  /**
   * One section.
   *
   * @param type what it is, such as {@code vlan}
   * @param values its properties
   */
  public record Section(String type, Map<String, String> values) {
    public Section {
      values = new LinkedHashMap<>(values);
    }
  }

  public Sections {
    all = new LinkedHashMap<>(all);
  }

  /** A file that is not there yet. */
  public static Sections empty() {
    return new Sections(Map.of());
  }

  public boolean has(String id) {
    return all.containsKey(id);
  }

  public Optional<Section> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  /** The properties of a section; none if there is no such section. */
  public Map<String, String> values(String id) {
    return find(id).map(Section::values).orElse(Map.of());
  }

  /** The properties of a section, to be changed; it is made if there is none. */
  public Map<String, String> edit(String id) {
    return all.computeIfAbsent(id, _ -> new Section(id, Map.of())).values();
  }

  public void put(String id, String type, Map<String, String> values) {
    all.put(id, new Section(type, values));
  }

  public void remove(String id) {
    all.remove(id);
  }

  /** All of it once more, to be changed on its own. */
  public Sections copy() {
    var copies = new LinkedHashMap<String, Section>();
    all.forEach((id, section) -> copies.put(id, new Section(section.type(), section.values())));
    return new Sections(copies);
  }

  /** By this Proxmox notices that the file was changed meanwhile. */
  public String digest() {
    return Digests.sha1(text());
  }

  /** The file as Proxmox writes it. */
  public String text() {
    var text = new StringBuilder();
    all.forEach(
        (id, section) -> {
          text.append(section.type()).append(": ").append(id).append('\n');
          section
              .values()
              .forEach(
                  (name, value) ->
                      text.append('\t').append(name).append(' ').append(value).append('\n'));
          text.append('\n');
        });
    return text.toString();
  }
}
