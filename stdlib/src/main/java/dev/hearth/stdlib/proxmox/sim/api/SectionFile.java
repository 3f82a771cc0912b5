package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A file of sections as the methods about it have it: each section is told with the digest of the
 * whole file, and changed by who knows that digest or does not care.
 *
 * @param name the file's, without {@code .cfg}
 * @param key the parameter that names a section, and the field in which it is told
 * @param fields what a section has
 * @param missing what is said where there is no such section, with a place for its name
 * @param taken what is said where there is one already, likewise
 */
public record SectionFile(String name, String key, Fields fields, String missing, String taken) {

  /** The sections themselves. */
  public Sections of(Call call) {
    return call.world().sections(name);
  }

  /** Which section a call is about. */
  public String id(Call call) {
    return call.params().text(key);
  }

  /** The section that a call is about; refuses where there is none. */
  public Section named(Call call) {
    var id = id(call);
    return of(call).find(id).orElseThrow(() -> Refusal.die(missing.formatted(id)));
  }

  /** A section as it is answered. */
  public Item told(Call call, String id, Section section) {
    return fields
        .told(section.values())
        .with(key, id)
        .with("type", section.type())
        .with("digest", of(call).digest());
  }

  /** The section that a call is about, as it is answered. */
  public Item read(Call call) {
    return told(call, id(call), named(call));
  }

  public List<Item> list(Call call) {
    return list(call, (_, _) -> true);
  }

  /** Those that are wanted, in the order of the file. */
  public List<Item> list(Call call, BiPredicate<String, Section> wanted) {
    return of(call).all().entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey(), entry.getValue()))
        .map(entry -> told(call, entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Refuses a call that is to make a section of which there is one already. */
  public void checkFree(Call call) {
    if (of(call).has(id(call))) {
      throw Refusal.die(taken.formatted(id(call)));
    }
  }

  /** Puts a new section into the file; refuses where there is one of its name. */
  public void add(Call call, String type, Map<String, String> values) {
    checkFree(call);
    of(call).put(id(call), type, values);
  }

  /**
   * Changes a section as a call says.
   *
   * @param check refuses what must not become of it, given its type
   */
  public @Nullable Object change(Call call, BiConsumer<String, Map<String, String>> check) {
    var section = named(call);
    Fields.check(of(call).digest(), call.params().find("digest"));
    var values = fields.changed(section.values(), call);
    check.accept(section.type(), values);
    of(call).put(id(call), section.type(), values);
    return null;
  }

  /** Removes the section that a call is about; refuses where there is none. */
  public @Nullable Object remove(Call call) {
    named(call);
    of(call).remove(id(call));
    return null;
  }
}
