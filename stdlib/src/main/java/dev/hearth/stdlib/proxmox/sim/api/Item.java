package dev.hearth.stdlib.proxmox.sim.api;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** One JSON object of an answer, put together field by field. */
public final class Item extends LinkedHashMap<String, @Nullable Object> {
  /** An object of one field. */
  public static Item of(String name, @Nullable Object value) {
    return new Item().with(name, value);
  }

  /** Adds a field; {@code null} is JSON's null. */
  public Item with(String name, @Nullable Object value) {
    put(name, value);
    return this;
  }

  /** Adds a field unless its value is {@code null}. */
  public Item withKnown(String name, @Nullable Object value) {
    if (value != null) {
      put(name, value);
    }
    return this;
  }
}
