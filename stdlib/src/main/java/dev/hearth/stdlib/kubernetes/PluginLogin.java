package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.stdlib.command.CommandOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that a program prints, as {@code aws eks get-token} does: kept until they expire, and
 * asked for anew when the server refuses them. Safe from any thread.
 */
final class PluginLogin {
  private static final String GROUP = "client.authentication.k8s.io/";
  private static final Set<String> VERSIONS = Set.of(GROUP + "v1", GROUP + "v1beta1");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int EXCERPT = 2000;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Target.Exec exec;
  private final Target target;
  private final Effects effects;
  private @Nullable Answer answer; // guarded by this

  /** What a program printed. */
  private record Answer(
      @Nullable String token, Credentials.@Nullable Certificate certificate, Instant expires) {}

  PluginLogin(Target.Exec exec, Target target, Effects effects) {
    this.exec = exec;
    this.target = target;
    this.effects = effects;
  }

  Optional<String> token() {
    return Optional.ofNullable(answer().token());
  }

  Optional<Credentials.Certificate> certificate() {
    return Optional.ofNullable(answer().certificate());
  }

  /** The server refused this {@code Authorization}: what it was made of is not used again. */
  synchronized void forget(String refused) {
    var known = answer;
    if (known != null
        && (known.token() == null || Credentials.bearer(known.token()).equals(refused))) {
      answer = null;
    }
  }

  private synchronized Answer answer() {
    var known = answer;
    if (known == null || !known.expires().isAfter(effects.clock().now())) {
      known = ask();
      answer = known;
    }
    return known;
  }

  private Answer ask() {
    if (!VERSIONS.contains(exec.apiVersion())) {
      throw new HearthException(KubernetesError.EXEC_VERSION, exec.command(), exec.apiVersion());
    }
    if (exec.alwaysInteractive()) {
      throw new HearthException(KubernetesError.EXEC_INTERACTIVE, exec.command());
    }
    return read(run());
  }

  private ProcessOutcome run() {
    var command = new ArrayList<>(List.of(exec.command()));
    command.addAll(exec.args());
    var request = ProcessRequest.of(command).timeout(PATIENCE);
    for (var variable : exec.env().entrySet()) {
      request = request.variable(variable.getKey(), variable.getValue().reveal());
    }
    request = request.variable("KUBERNETES_EXEC_INFO", info());
    try {
      var outcome = effects.processes().run(request);
      if (!outcome.succeeded()) {
        var said = new CommandOutcome("", outcome.errorText(), outcome.exitStatus(), null, 0);
        throw failed(
                "it ended with status "
                    + outcome.exitStatus()
                    + said.lastWords().map(words -> " and said `" + words + "`").orElse(""))
            .with("stderr", excerpt(outcome.errorText()));
      }
      return outcome;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(KubernetesError.INTERRUPTED, "`" + exec.command() + "`")
          .causedBy(e);
    } catch (HearthException e) {
      if (e.code() instanceof ProcessError) {
        var failure = failed(e.sentence()).causedBy(e);
        throw e.code() == ProcessError.NOT_FOUND && !exec.installHint().isEmpty()
            ? failure.hint(VisibleText.of(excerpt(exec.installHint())))
            : failure;
      }
      throw e;
    }
  }

  private HearthException failed(String why) {
    var words = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
    var failure = new HearthException(KubernetesError.EXEC_FAILED, exec.command(), words);
    return exec.installHint().isEmpty()
        ? failure
        : failure.with("installHint", excerpt(exec.installHint()));
  }

  private static String excerpt(String text) {
    return text.length() <= EXCERPT ? text.strip() : text.substring(0, EXCERPT).strip() + "…";
  }

  private String info() {
    var info = MAPPER.createObjectNode();
    info.put("apiVersion", exec.apiVersion()).put("kind", "ExecCredential");
    var spec = info.putObject("spec").put("interactive", false);
    if (exec.clusterInfo()) {
      var cluster = spec.putObject("cluster").put("server", target.server());
      if (target.ca() != null) {
        var coded =
            Base64.getEncoder().encodeToString(target.ca().getBytes(StandardCharsets.UTF_8));
        cluster.put("certificate-authority-data", coded);
      }
      if (target.tlsServerName() != null) {
        cluster.put("tls-server-name", target.tlsServerName());
      }
    }
    return info.toString();
  }

  private Answer read(ProcessOutcome outcome) {
    var said = parse(outcome);
    if (!"ExecCredential".equals(said.path("kind").asText())
        || !exec.apiVersion().equals(said.path("apiVersion").asText())) {
      throw wrong("it is no ExecCredential of `" + exec.apiVersion() + "`");
    }
    var status = said.path("status");
    var token = status.path("token").asText("");
    var certificate = status.path("clientCertificateData").asText("");
    var key = status.path("clientKeyData").asText("");
    if (certificate.isEmpty() != key.isEmpty()) {
      throw wrong("it has a certificate without its key, or a key without its certificate");
    }
    if (token.isEmpty() && certificate.isEmpty()) {
      throw wrong("neither a token nor a certificate is in it");
    }
    return new Answer(
        token.isEmpty() ? null : token,
        certificate.isEmpty() ? null : new Credentials.Certificate(certificate, Secret.of(key)),
        expires(status.path("expirationTimestamp").asText("")));
  }

  private JsonNode parse(ProcessOutcome outcome) {
    try {
      return MAPPER.readTree(outcome.output());
    } catch (JsonProcessingException e) {
      throw wrong("it is no JSON"); // without the cause, which quotes what may be a token
    } catch (java.io.IOException e) {
      throw new IllegalStateException("Reading from memory does not fail.", e);
    }
  }

  private Instant expires(String text) {
    try {
      return text.isEmpty() ? Instant.MAX : java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw wrong("`expirationTimestamp` is no time").causedBy(e);
    }
  }

  private HearthException wrong(String what) {
    return new HearthException(KubernetesError.EXEC_ANSWER, exec.command(), what);
  }
}
