package dev.hearth.stdlib.proxmox.sim.access;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.base.Dice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who somebody is: passwords, tickets, CSRF tokens and API tokens, with their expiry. */
public final class Tickets {
  private static final int LIFETIME_SECONDS = 7200;
  private static final int TOLERATED_FUTURE_SECONDS = 300;
  private static final Pattern TICKET =
      Pattern.compile("PVE:((\\S+)@[A-Za-z][A-Za-z0-9._-]+):([A-F0-9]{8})::(.+)");
  private static final String ASKING = "!tfa!";
  private static final Pattern CHALLENGE =
      Pattern.compile("(PVE:" + ASKING + "[^:]*:([A-F0-9]{8}))::(.+)");
  private static final Pattern CSRF = Pattern.compile("([A-F0-9]{8}):(\\S+)");
  private static final Pattern CONSOLE = Pattern.compile("(?:.{8}:)?(PVEVNC:([A-F0-9]{8}))::(.+)");
  private static final Pattern API_TOKEN = Pattern.compile("(\\S+@[^\\s!]+)!([^\\s=]+)=(\\S+)");

  private final Accounts accounts;
  private final Clock clock;
  private final Dice dice;
  private final String key;

  /**
   * @param key what tickets are signed with
   */
  public Tickets(Accounts accounts, Clock clock, Dice dice, String key) {
    this.accounts = accounts;
    this.clock = clock;
    this.dice = dice;
    this.key = key;
  }

  /** A new ticket for somebody whose identity was shown. */
  public String issue(String userid) {
    var head = "PVE:" + userid + ":" + stamp();
    return head + "::" + sign("ticket", head);
  }

  /** For somebody who gave his password and has to show more: what he is asked for, signed. */
  public String challenge(String userid, String question) {
    var asked = URLEncoder.encode(question, StandardCharsets.UTF_8).replace("+", "%20");
    var head = "PVE:" + ASKING + asked + ":" + stamp();
    return head + "::" + sign("challenge", head + ":" + userid);
  }

  /** Whether this was asked of a user, and not too long ago. */
  public boolean isChallengeOf(String userid, String ticket) {
    var match = CHALLENGE.matcher(ticket);
    return match.matches()
        && same(match.group(3), sign("challenge", match.group(1) + ":" + userid))
        && isYoung(match.group(2))
        && mayComeIn(userid);
  }

  /** The token that has to come with every change made by ticket. */
  public String csrf(String userid) {
    var stamp = stamp();
    return stamp + ":" + sign("csrf", stamp + ":" + userid).replace("=", "");
  }

  /** Whose ticket this is, if it is one of ours, still valid, and its user may come in. */
  public Optional<String> ticketOwner(String ticket) {
    var match = TICKET.matcher(ticket);
    if (!match.matches()) {
      return Optional.empty();
    }
    var head = ticket.substring(0, ticket.indexOf("::"));
    boolean good =
        same(match.group(4), sign("ticket", head))
            && isYoung(match.group(3))
            && mayComeIn(match.group(1));
    return good ? Optional.of(match.group(1)) : Optional.empty();
  }

  /** Whether a CSRF token is this user's and still valid. */
  public boolean isCsrfOf(String userid, String token) {
    var match = CSRF.matcher(token);
    return match.matches()
        && same(match.group(2), sign("csrf", match.group(1) + ":" + userid).replace("=", ""))
        && isYoung(match.group(1));
  }

  /** A ticket for one console, which does not tell whose it is; it is good for forty seconds. */
  public String console(String user, String path) {
    var head = "PVEVNC:" + stamp();
    return head + "::" + sign("console", head + ":" + user + ":" + path);
  }

  /** Whether a ticket, or a password with one behind it, is this user's for this console. */
  public boolean isOfConsole(String user, String path, String ticket) {
    var match = CONSOLE.matcher(ticket);
    if (!match.matches()) {
      return false;
    }
    var signed = match.group(1) + ":" + user + ":" + path;
    long age = now() - Long.parseLong(match.group(2), 16);
    return same(match.group(3), sign("console", signed)) && age > -20 && age < 40;
  }

  /** Whose API token this is ({@code user@realm!name=secret}), as {@code user@realm!name}. */
  public Optional<String> tokenOwner(String text) {
    var match = API_TOKEN.matcher(text);
    if (!match.matches() || !mayComeIn(match.group(1))) {
      return Optional.empty();
    }
    var user = accounts.users().get(match.group(1));
    var token = user == null ? null : user.tokens().get(match.group(2));
    boolean good = token != null && token.isOpen(now()) && same(match.group(3), token.secret());
    return good ? Optional.of(match.group(1) + "!" + match.group(2)) : Optional.empty();
  }

  /** Whether this is the user's password, or a valid ticket of theirs. */
  public boolean isPasswordOf(String userid, String password) {
    if (!mayComeIn(userid)) {
      return false;
    }
    if (password.startsWith("PVE:")) {
      return ticketOwner(password).filter(userid::equals).isPresent();
    }
    var hash = accounts.passwords().get(userid);
    return hash != null && Passwords.matches(hash, password);
  }

  /** Sets a user's password. */
  public void password(String userid, String password) {
    accounts.passwords().put(userid, Passwords.hash(dice.hex(16), password));
  }

  private boolean mayComeIn(String userid) {
    var user = accounts.users().get(userid);
    return user != null && user.isEnabled(now());
  }

  private boolean isYoung(String stamp) {
    long age = now() - Long.parseLong(stamp, 16);
    return age > -TOLERATED_FUTURE_SECONDS && age < LIFETIME_SECONDS;
  }

  private String stamp() {
    return String.format(Locale.ROOT, "%08X", now());
  }

  private long now() {
    return clock.now().getEpochSecond();
  }

  private String sign(String purpose, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec((purpose + key).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      var signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256.", e);
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
