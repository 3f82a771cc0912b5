package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which {@code hearth:kubernetes} fails on purpose. */
enum KubernetesError implements ErrorCode {
  // ---- Connections
  CONTEXT_UNKNOWN(
      ErrorKind.USAGE,
      "No context is named `%s` in the kubeconfig %s.",
      "See which there are with `kubectl config get-contexts`."),
  NO_CONTEXT(
      ErrorKind.USAGE,
      "The kubeconfig %s has no current context.",
      "Choose one with `kubectl config use-context NAME`, or name it: `kubernetes('NAME')`."),
  KUBECONFIG_MISSING(
      ErrorKind.USAGE,
      "The kubeconfig `%s` does not exist.",
      "Check the path; several files are given by the variable `KUBECONFIG` only."),
  KUBECONFIG_WRONG(
      ErrorKind.USAGE,
      "The kubeconfig %s makes no sense: %s.",
      "Correct it; `kubectl config view` shows what kubectl reads."),
  FILE_MISSING(
      ErrorKind.USAGE,
      "The file `%s`, which the kubeconfig names as `%s`, does not exist.",
      "Restore the file, or log in to the cluster again."),
  INSECURE(
      ErrorKind.USAGE,
      "The kubeconfig wants the certificate of `%s` not to be verified, which Hearth never does.",
      "Pin it instead: `hearth connect add kubernetes NAME --context CONTEXT --fingerprint"
          + " AA:BB:…`, the SHA-256 of the certificate."),
  AUTH_PROVIDER(
      ErrorKind.USAGE,
      "The user `%s` of the kubeconfig logs in by the auth provider `%s`, which kubectl itself"
          + " dropped with 1.26.",
      "Log in again with a current tool of the cluster's vendor, which writes an `exec` plug-in."),
  SERVER_WRONG(
      ErrorKind.USAGE,
      "`%s` is not the address of a Kubernetes API server.",
      "Write it as `https://HOST:6443`, without a user in it."),
  SERVER_MISSING(
      ErrorKind.USAGE,
      "The connection `%s` names no cluster.",
      "Give `server`, or `kubeconfig` or `context`."),
  KEY_MISSING(
      ErrorKind.USAGE,
      "The connection `%s` has a client certificate or its key, but not both.",
      "Give `clientCertificate` and `clientKey` together."),
  PROXY_OF_RECIPE(
      ErrorKind.USAGE,
      "A kubeconfig that a recipe brings names the proxy `%s`, through which anything could go.",
      "Remove `proxy-url`, or store the connection with `hearth connect add kubernetes NAME`."),
  EXEC_VERSION(
      ErrorKind.USAGE,
      "The plug-in `%s` speaks `%s`, which is not spoken any more.",
      "Log in to the cluster again with a current version of its tool, which writes"
          + " `client.authentication.k8s.io/v1`."),
  EXEC_INTERACTIVE(
      ErrorKind.USAGE,
      "The plug-in `%s` has to ask a person, and cannot where a recipe runs.",
      "Log in with it once on a terminal, or use a service account's token."),
  EXEC_FAILED(
      ErrorKind.SYSTEM,
      "The plug-in `%s`, which logs in to the cluster, failed: %s.",
      "Run it by hand to see what it needs."),
  EXEC_ANSWER(
      ErrorKind.SYSTEM,
      "The plug-in `%s` answered with no credentials: %s.",
      "Run it by hand; it has to print an `ExecCredential` of the version that the kubeconfig"
          + " names."),
  // ---- What a server says
  NOT_KUBERNETES(
      ErrorKind.SYSTEM,
      "What answered `%s` is no Kubernetes API: %s.",
      "Check the server's address in the connection."),
  REDIRECTED(
      ErrorKind.SYSTEM,
      "The server answered `%s` with a redirect to `%s`, which is not followed, as credentials go"
          + " to the configured server only.",
      "Use the new address in the connection, if that is where you want to go."),
  UNAUTHORIZED(
      ErrorKind.SYSTEM,
      "The cluster does not accept the credentials of connection `%s`.",
      "Log in to the cluster again, or renew the token; `hearth connect test kubernetes` tries"
          + " them."),
  FORBIDDEN(
      ErrorKind.SYSTEM,
      "%s may not %s.",
      "Have an administrator give the right with a Role and a RoleBinding; `kubectl auth can-i"
          + " --list` shows what there is."),
  NOT_FOUND(ErrorKind.SYSTEM, "%s does not exist.", "See what there is with `.list()`."),
  ALREADY_EXISTS(
      ErrorKind.SYSTEM,
      "%s exists already.",
      "Use `.apply(…)` or `.ensure(…)`, which change what is there."),
  CONFLICT(
      ErrorKind.SYSTEM,
      "%s was changed by somebody else meanwhile.",
      "Read it again and repeat the change, or use `.apply(…)`, which needs no version."),
  APPLY_CONFLICT(
      ErrorKind.SYSTEM,
      "%s has fields that others manage: %s.",
      "Leave those fields out, or take them over with `{ force: true }`."),
  INVALID(
      ErrorKind.SYSTEM,
      "The cluster refuses %s: %s.",
      "Correct the fields that are named; `kubectl explain` describes them."),
  TOO_MANY_REQUESTS(
      ErrorKind.SYSTEM,
      "The cluster asks for patience and still does after %d attempts: %s.",
      "Do less at once, or try again later."),
  DISRUPTION(
      ErrorKind.SYSTEM,
      "%s cannot be evicted now: %s.",
      "Wait until more of its like are ready, or look at the PodDisruptionBudget."),
  SERVER_TIMEOUT(
      ErrorKind.TIMEOUT,
      "The cluster gave up on `%s`: %s.",
      "Check that the control plane is healthy, then try again."),
  REFUSED(
      ErrorKind.SYSTEM,
      "The cluster refused `%s`: %s.",
      "What it said in full stands in the details."),
  LIST_EXPIRED(
      ErrorKind.SYSTEM,
      "The list of %s changed too much while it was read in pages.",
      "Read it again, or with a selector or fewer fields, which is quicker."),
  // ---- Kinds and names
  KIND_UNKNOWN(
      ErrorKind.RECIPE,
      "The cluster knows no kind `%s`.",
      "See all with `k8s.kinds()`; a custom kind needs its CustomResourceDefinition first."),
  KIND_AMBIGUOUS(
      ErrorKind.RECIPE,
      "Several kinds are named `%s`: %s.",
      "Say which with its group, such as `k8s.kind('%3$s')`."),
  VERB_MISSING(
      ErrorKind.RECIPE,
      "The cluster does not offer to %s %s.",
      "`k8s.kinds()` tells what each kind can do, in `verbs`."),
  NAME_WRONG(
      ErrorKind.RECIPE,
      "`%s` cannot be the %s of something in Kubernetes.",
      "Give letters, digits, dots and hyphens, without slashes."),
  NAMESPACE_WRONG(
      ErrorKind.RECIPE,
      "%s stands in the manifest with the namespace `%s`, and is asked for in `%s`.",
      "Name the namespace once."),
  PATH_WRONG(
      ErrorKind.RECIPE,
      "`%s` is not a path of the API.",
      "Begin it with a slash, such as `/api/v1/nodes`, and give what follows a `?` as `params`."),
  SELECTOR_WRONG(
      ErrorKind.RECIPE,
      "`%s` selects nothing that Kubernetes understands.",
      "Write `{ app: 'web' }`, `{ tier: ['a', 'b'] }`, `{ gone: null }`, or a text such as"
          + " `app=web,tier!=cache`."),
  SELECTOR_MISSING(
      ErrorKind.RECIPE,
      "`deleteAll` without a selector would delete every object.",
      "Give `labels` or `fields`; for really all give `{ all: true }`."),
  OPTION_WRONG(ErrorKind.RECIPE, "`%s` cannot be `%s`.", "Use one of these: %3$s."),
  // ---- Manifests
  MANIFEST_WRONG(
      ErrorKind.RECIPE,
      "%s is no manifest: %s.",
      "A manifest has `apiVersion`, `kind` and `metadata.name`."),
  KUSTOMIZATION(
      ErrorKind.RECIPE,
      "The folder `%s` is to be built by Kustomize.",
      "Apply it with `{ kustomize: '%1$s' }`."),
  PRUNE_LABELS(
      ErrorKind.RECIPE,
      "%s `%s` lacks the label `%s`, by which is pruned.",
      "Give every manifest of the set the labels of `prune`, or it is never found again."),
  SECRET_MASKED(
      ErrorKind.RECIPE,
      "%s would be given the mask `***` as its value of `%s`.",
      "Leave the data out that is not to be changed, or give the value as a text or a Secret."),
  SECRET_KEY(
      ErrorKind.SYSTEM,
      "%s has nothing under the key `%s`.",
      "Its keys are in its `data`; their values are read one by one with `.value(key)`."),
  SECRET_BINARY(
      ErrorKind.SYSTEM,
      "What %s has under the key `%s` is no text.",
      "Mount it into a pod, where it is a file."),
  // ---- Waiting
  NOT_READY(
      ErrorKind.SYSTEM,
      "%s will not become %s: %s.",
      "Mend what is named; `details` has the events and the last lines of its log."),
  WAIT_TIMEOUT(
      ErrorKind.TIMEOUT,
      "%s was not %s after %s: %s.",
      "Allow it more time with `{ timeout: '15m' }`, or mend what is named."),
  WATCH_EXPIRED(
      ErrorKind.SYSTEM,
      "The cluster has forgotten what happened to %s since version %s.",
      "Read the list and watch from its version, or have what is there told anew with"
          + " `{ onGap: 'relist' }`."),
  WATCH_BROKEN(
      ErrorKind.SYSTEM,
      "The watch of %s broke: %s.",
      "Begin it again; `details` has what the server said."),
  INTERRUPTED(
      ErrorKind.INTERRUPTED,
      "Waiting for %s was interrupted.",
      "What was begun goes on; look with `.get()`."),
  // ---- Programs
  PROGRAM_MISSING(
      ErrorKind.SYSTEM,
      "%s needs the program `%s`, which is not installed here.",
      "Install it and see that it is on the PATH."),
  HELM_CONTEXT(
      ErrorKind.USAGE,
      "Helm cannot come to this cluster: the connection `%s` is no context of a kubeconfig.",
      "Name a context of your kubeconfig, or store one with `hearth connect add kubernetes NAME"
          + " --context CONTEXT`."),
  HELM_ARGUMENT(
      ErrorKind.RECIPE,
      "`%s` cannot be the %s of Helm.",
      "Give a name of small letters, digits and hyphens; a chart as a folder, a file, a URL or"
          + " `REPOSITORY/CHART`."),
  PROGRAM_FAILED(
      ErrorKind.SYSTEM,
      "`%s` failed: %s.",
      "Run it by hand to see more; `details` has what it printed."),
  PROGRAM_ANSWER(
      ErrorKind.SYSTEM,
      "What `%s` printed cannot be understood.",
      "Check the program's version; it has to print JSON.");

  private final ErrorText text;

  KubernetesError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("kubernetes", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
