package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password: they buy a ticket for two hours, which buys the next one before it ends.
 */
final class TicketAuthentication implements Authentication {
  /** A quarter before the two hours that the server gives. */
  private static final Duration FRESH = Duration.ofMinutes(90);

  private static final Duration LIFETIME = Duration.ofHours(2);

  private final String connection;
  private final String user;
  private final Secret password;
  private final Clock clock;
  private final Function<ApiCall, Answer> unsigned;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Ticket ticket; // guarded by lock

  private record Ticket(Secret text, Secret csrf, long since) {}

  /**
   * For a user.
   *
   * @param connection its name, for messages
   * @param user with its realm: {@code root@pam}
   * @param unsigned sends a request that needs no ticket
   */
  TicketAuthentication(
      String connection,
      String user,
      Secret password,
      Clock clock,
      Function<ApiCall, Answer> unsigned) {
    this.connection = connection;
    this.user = user;
    this.password = password;
    this.clock = clock;
    this.unsigned = unsigned;
  }

  @Override
  public Identity identity() {
    return new Identity(user, false);
  }

  @Override
  public HttpRequest sign(HttpRequest request, boolean writes) {
    var current = ticket();
    var cookie =
        "PVEAuthCookie=" + URLEncoder.encode(current.text.reveal(), StandardCharsets.UTF_8);
    var signed = request.header("Cookie", cookie);
    return writes ? signed.header("CSRFPreventionToken", current.csrf.reveal()) : signed;
  }

  @Override
  public boolean refresh() {
    lock.lock();
    try {
      ticket = null;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Ticket ticket() {
    lock.lock();
    try {
      var current = ticket;
      if (current == null || age(current).compareTo(LIFETIME) >= 0) {
        current = bought(password);
      } else if (age(current).compareTo(FRESH) >= 0) {
        current = renewed(current);
      }
      ticket = current;
      return current;
    } finally {
      lock.unlock();
    }
  }

  private Duration age(Ticket bought) {
    return Duration.ofNanos(clock.nanoTime() - bought.since);
  }

  private Ticket renewed(Ticket old) {
    var answer = ask(old.text);
    return answer.status() == 401 ? bought(password) : read(answer);
  }

  private Ticket bought(Secret with) {
    return read(ask(with));
  }

  private Answer ask(Secret with) {
    var params = JsonNodeFactory.instance.objectNode();
    params.put("username", user).put("password", with.reveal());
    return unsigned.apply(ApiCall.post("access", "ticket").with(params));
  }

  private Ticket read(Answer answer) {
    if (!answer.isGood()) {
      throw new Refusals(connection, identity()).of(ApiCall.post("access", "ticket"), answer);
    }
    var data = answer.data();
    if (data.path("NeedTFA").asBoolean()) {
      throw new HearthException(ProxmoxError.SECOND_FACTOR, user);
    }
    return new Ticket(
        Secret.of(data.path("ticket").asText()),
        Secret.of(data.path("CSRFPreventionToken").asText()),
        clock.nanoTime());
  }
}
