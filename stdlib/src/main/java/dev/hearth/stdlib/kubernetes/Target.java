package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.secret.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One cluster and who comes to it, with everything resolved: nothing of a kubeconfig is looked up
 * later but what changes, the file of a token and the answers of a plug-in.
 *
 * @param server without a slash at its end
 * @param namespace where objects are that name none
 * @param ca the authorities as PEM; null for those of the system
 * @param fingerprint of the one certificate that is believed, in place of authorities
 * @param tlsServerName the name that the certificate has, where it is not the server's host
 * @param proxy null for what the environment says
 * @param user how the kubeconfig calls who it is, for messages
 * @param programs null where no kubeconfig of the user has it
 */
record Target(
    String server,
    String namespace,
    @Nullable String ca,
    @Nullable String fingerprint,
    @Nullable String tlsServerName,
    @Nullable String proxy,
    String user,
    Login login,
    @Nullable Impersonation as,
    @Nullable ForPrograms programs) {

  /**
   * How other programs come to it.
   *
   * @param kubeconfig the files, as in {@code KUBECONFIG}
   */
  record ForPrograms(String kubeconfig, String context) {}

  /**
   * How it proves who it is; all may be null.
   *
   * @param tokenFile absolute; wins over the token
   */
  record Login(
      @Nullable Secret token,
      @Nullable String tokenFile,
      @Nullable String username,
      @Nullable Secret password,
      @Nullable String clientCertificate,
      @Nullable Secret clientKey,
      @Nullable Exec exec) {
    static final Login NONE = new Login(null, null, null, null, null, null, null);
  }

  /**
   * A program that prints credentials.
   *
   * @param command a name on the PATH, or an absolute path
   * @param env what the kubeconfig sets and what of the user's environment such programs read
   * @param clusterInfo whether it is told the cluster
   */
  record Exec(
      String apiVersion,
      String command,
      List<String> args,
      Map<String, Secret> env,
      boolean alwaysInteractive,
      String installHint,
      boolean clusterInfo) {}

  /** Somebody else, in whose place the user acts. */
  record Impersonation(
      String user, @Nullable String uid, List<String> groups, Map<String, List<String>> extra) {}
}
