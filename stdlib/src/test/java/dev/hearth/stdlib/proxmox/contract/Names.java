package dev.hearth.stdlib.proxmox.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** What things are called while a contract is held: {@code {node}} and alike in its text. */
record Names(Map<String, String> byPlace) {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  /** The names that the contract's authors had in mind. */
  public static Names plain() {
    var names = new LinkedHashMap<String, String>();
    names.put("node", "pve");
    names.put("files", "local");
    names.put("more", "local2");
    names.put("thin", "local-lvm");
    names.put("user", "alice");
    names.put("other", "bob");
    names.put("group", "staff");
    names.put("role", "Operator");
    names.put("pool", "lab");
    names.put("token", "ci");
    names.put("file", "debian-12");
    names.put("vmid", "210");
    names.put("vmid2", "321");
    return new Names(names);
  }

  /** Other names, always the same for the same seed. */
  public static Names random(long seed) {
    var random = new Random(seed);
    var names = new LinkedHashMap<String, String>();
    for (var place : plain().byPlace().keySet()) {
      names.put(place, word(random));
    }
    names.put("vmid", String.valueOf(100 + random.nextInt(400_000)));
    names.put("vmid2", String.valueOf(500_000 + random.nextInt(400_000)));
    return new Names(names);
  }

  private static String word(Random random) {
    var word = new StringBuilder();
    int length = 4 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.append(random.nextInt(10)).toString();
  }

  /** The name at a place. */
  public String of(String place) {
    return java.util.Objects.requireNonNull(byPlace.get(place), place);
  }

  /** A text with its places filled in. */
  public String fill(String text) {
    var filled = text;
    for (var name : byPlace.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    return filled;
  }
}
