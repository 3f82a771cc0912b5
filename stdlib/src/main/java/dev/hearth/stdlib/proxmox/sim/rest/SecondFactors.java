package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.access.Totp;
import dev.hearth.stdlib.proxmox.sim.base.Dice;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users show beside their passwords. Guarded by the world's lock. */
final class SecondFactors {
  /** The one entry of codes that are good once each. */
  static final String RECOVERY = "recovery";

  private static final int CODES = 10;
  private static final String SEPARATOR = "\u0001";

  private final Sections file;

  SecondFactors(Sections file) {
    this.file = file;
  }

  /**
   * One factor.
   *
   * @param type {@code totp} or {@code recovery}
   * @param secret the address of a {@code totp}; what is left of codes, hashed, for others
   */
  record Factor(String type, String description, long created, boolean isEnabled, String secret) {
    private String text() {
      return String.join(
          SEPARATOR, type, description, String.valueOf(created), isEnabled ? "1" : "0", secret);
    }

    private static Factor read(String text) {
      var parts = text.split(SEPARATOR, -1);
      return new Factor(
          parts[0], parts[1], Long.parseLong(parts[2]), parts[3].equals("1"), parts[4]);
    }
  }

  /** Who has any. */
  List<String> users() {
    return List.copyOf(file.all().keySet());
  }

  /** The factors of a user by id. */
  Map<String, Factor> of(String userid) {
    var factors = new LinkedHashMap<String, Factor>();
    file.values(userid).forEach((id, text) -> factors.put(id, Factor.read(text)));
    return factors;
  }

  void put(String userid, String id, Factor factor) {
    file.edit(userid).put(id, factor.text());
  }

  void remove(String userid, String id) {
    file.edit(userid).remove(id);
    if (file.values(userid).isEmpty()) {
      file.remove(userid);
    }
  }

  /** Makes codes that are good once each, which are never told again. */
  List<String> recover(String userid, Dice dice, long now) {
    var codes = new ArrayList<String>();
    var hashes = new ArrayList<String>();
    for (int i = 0; i < CODES; i++) {
      var code = dice.hex(16).replaceAll("(....)(?=.)", "$1-");
      codes.add(code);
      hashes.add(Digests.sha1(code));
    }
    put(userid, RECOVERY, new Factor(RECOVERY, "", now, true, String.join(",", hashes)));
    return codes;
  }

  /** Whether a user has to show one. */
  boolean isNeeded(String userid) {
    return of(userid).values().stream().anyMatch(Factor::isEnabled);
  }

  /** The types that a user can show. */
  List<String> types(String userid) {
    return of(userid).values().stream()
        .filter(Factor::isEnabled)
        .map(Factor::type)
        .distinct()
        .toList();
  }

  /**
   * Whether an answer such as {@code totp:123456} is right; a recovery code is gone then.
   *
   * @param now in seconds since 1970
   */
  boolean accepts(String userid, String answer, long now) {
    int colon = answer.indexOf(':');
    var type = colon < 0 ? "" : answer.substring(0, colon);
    var code = answer.substring(colon + 1);
    for (var entry : of(userid).entrySet()) {
      var factor = entry.getValue();
      if (!factor.isEnabled() || !factor.type().equals(type)) {
        continue;
      }
      if (type.equals(RECOVERY)) {
        return useCode(userid, factor, code);
      }
      if (Totp.parse(factor.secret()).filter(totp -> totp.accepts(code, now)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private boolean useCode(String userid, Factor factor, String code) {
    var left = new ArrayList<>(List.of(factor.secret().split(",", -1)));
    boolean isGood = left.remove(Digests.sha1(code));
    if (isGood) {
      put(
          userid,
          RECOVERY,
          new Factor(RECOVERY, "", factor.created(), true, String.join(",", left)));
    }
    return isGood;
  }

  /** What a user who gave his password is asked for, as JSON. */
  String challenge(String userid) {
    var types = types(userid);
    int codes =
        Optional.ofNullable(of(userid).get(RECOVERY))
            .map(factor -> factor.secret().split(",", -1).length)
            .orElse(0);
    var numbers = new ArrayList<String>();
    for (int i = 0; i < codes; i++) {
      numbers.add(String.valueOf(i));
    }
    return "{\"totp\":%s%s}"
        .formatted(
            types.contains("totp"),
            codes > 0 ? ",\"recovery\":[" + String.join(",", numbers) + "]" : "");
  }
}
