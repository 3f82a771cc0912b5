package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which kinds a server has, as those say it that tell all at once (1.26 and newer), and the others.
 */
class DiscoveryTest {
  private static final String VERBS =
      "[\"create\",\"delete\",\"get\",\"list\",\"patch\",\"update\",\"watch\"]";

  private static final String ASK =
      """
      const told = ({ group, version, kind, plural, singular, shortNames, namespaced, subresources }) =>
        [group, version, kind, plural, singular, shortNames.join(), namespaced, subresources.join()].join(' ');
      return (await k8s.kinds()).map(told);
      """;

  private static final String KINDS =
      "[\" v1 Pod pods pod po true log,status\",\" v1 Node nodes node no false \",\"autoscaling v2"
          + " HorizontalPodAutoscaler horizontalpodautoscalers horizontalpodautoscaler hpa true"
          + " status\",\"autoscaling v1 HorizontalPodAutoscaler horizontalpodautoscalers"
          + " horizontalpodautoscaler hpa true status\",\"lamps.example v1 Lamp lamps lamp  false"
          + " \"]";

  private final ScriptedServer server = new ScriptedServer();
  private final ClusterHome home;

  DiscoveryTest(@TempDir Path folder) {
    this.home = new ClusterHome(folder);
    home.file(
        ".kube/config",
        """
        current-context: home
        clusters: [{ name: c, cluster: { server: "%s" } }]
        contexts: [{ name: home, context: { cluster: c } }]
        """
            .formatted(server.address()));
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  private static String groups(String... groups) {
    return "{\"kind\":\"APIGroupDiscoveryList\",\"apiVersion\":\"apidiscovery.k8s.io/v2\",\"metadata\":{},\"items\":[%s]}"
        .formatted(String.join(",", groups));
  }

  private static String group(String name, String... versions) {
    return "{\"metadata\":{%s\"creationTimestamp\":null},\"versions\":[%s]}"
        .formatted(name.isEmpty() ? "" : "\"name\":\"" + name + "\",", String.join(",", versions));
  }

  private static String version(String version, String... resources) {
    return "{\"version\":\"%s\",\"resources\":[%s],\"freshness\":\"Current\"}"
        .formatted(version, String.join(",", resources));
  }

  private static String resource(
      String plural, String kind, String scope, String shortName, String... subresources) {
    var below = new StringBuilder();
    for (var each : subresources) {
      below.append(below.isEmpty() ? "" : ",");
      below.append(
          "{\"subresource\":\"%s\",\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"%s\"},\"verbs\":[\"get\"]}"
              .formatted(each, kind));
    }
    return "{\"resource\":\"%s\",\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"%s\"},\"scope\":\"%s\",\"singularResource\":\"%s\",\"verbs\":%s,%s\"subresources\":[%s]}"
        .formatted(
            plural,
            kind,
            scope,
            plural.replaceFirst("s$", ""),
            VERBS,
            shortName.isEmpty() ? "" : "\"shortNames\":[\"" + shortName + "\"],",
            below);
  }

  @Test
  void a_server_of_today_tells_all_of_them_in_two_answers() {
    var autoscaler =
        resource(
            "horizontalpodautoscalers", "HorizontalPodAutoscaler", "Namespaced", "hpa", "status");
    server
        .always(
            "GET /api",
            groups(
                group(
                    "",
                    version(
                        "v1",
                        resource("pods", "Pod", "Namespaced", "po", "log", "status"),
                        resource("nodes", "Node", "Cluster", "no")))))
        .always(
            "GET /apis",
            groups(
                group("autoscaling", version("v2", autoscaler), version("v1", autoscaler)),
                group("lamps.example", version("v1", resource("lamps", "Lamp", "Cluster", ""))),
                // An extension that does not answer.
                "{\"metadata\":{\"name\":\"metrics.k8s.io\"},\"versions\":[{\"version\":\"v1beta1\",\"freshness\":\"Stale\"}]}"));

    assertThat(home.value(ASK)).isEqualTo(KINDS);
    assertThat(server.sent("Accept"))
        .singleElement()
        .asString()
        .startsWith("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,")
        .endsWith(",application/json");
    assertThat(server.asked()).isEmpty(); // nothing but the two
  }

  private static String plain(String groupVersion, String... resources) {
    return "{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"groupVersion\":\"%s\",\"resources\":[%s]}"
        .formatted(groupVersion, String.join(",", resources));
  }

  private static String old(String name, String kind, boolean namespaced, String shortName) {
    return "{\"name\":\"%s\",\"singularName\":\"%s\",\"namespaced\":%s,\"kind\":\"%s\",\"verbs\":%s%s}"
        .formatted(
            name,
            name.contains("/") ? "" : name.replaceFirst("s$", ""),
            namespaced,
            kind,
            VERBS,
            shortName.isEmpty() ? "" : ",\"shortNames\":[\"" + shortName + "\"]");
  }

  private static String oldGroup(String name, String... versions) {
    var all = new StringBuilder();
    for (var each : versions) {
      all.append(all.isEmpty() ? "" : ",");
      all.append("{\"groupVersion\":\"%1$s/%2$s\",\"version\":\"%2$s\"}".formatted(name, each));
    }
    return "{\"name\":\"%1$s\",\"versions\":[%2$s],\"preferredVersion\":{\"groupVersion\":\"%1$s/%3$s\",\"version\":\"%3$s\"}}"
        .formatted(name, all, versions[versions.length - 1]);
  }

  @Test
  void an_older_server_is_asked_for_each_version_and_one_that_does_not_answer_is_left_out() {
    var autoscaler = old("horizontalpodautoscalers", "HorizontalPodAutoscaler", true, "hpa");
    var status = old("horizontalpodautoscalers/status", "HorizontalPodAutoscaler", true, "");
    server
        .always(
            "GET /api/v1",
            plain(
                "v1",
                old("pods", "Pod", true, "po"),
                old("pods/log", "Pod", true, ""),
                old("pods/status", "Pod", true, ""),
                old("nodes", "Node", false, "no")))
        .always(
            "GET /apis",
            "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[%s,%s,%s]}"
                .formatted(
                    oldGroup("autoscaling", "v1", "v2"),
                    oldGroup("metrics.k8s.io", "v1beta1"),
                    oldGroup("lamps.example", "v1")))
        .json("GET /apis/autoscaling/v1", plain("autoscaling/v1", autoscaler, status))
        .json("GET /apis/autoscaling/v2", plain("autoscaling/v2", autoscaler, status))
        .status("GET /apis/metrics.k8s.io/v1beta1", 503, "ServiceUnavailable", "no endpoints")
        .json(
            "GET /apis/lamps.example/v1",
            plain("lamps.example/v1", old("lamps", "Lamp", false, "")));

    assertThat(home.value(ASK)).isEqualTo(KINDS);
  }

  @Test
  void a_kind_that_was_taken_away_and_one_of_another_version_are_said_to_be_that() {
    server.always(
        "GET /apis",
        "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[%s]}"
            .formatted(oldGroup("lamps.example", "v1beta1", "v1")));
    for (var version : new String[] {"v1beta1", "v1"}) {
      server.json(
          "GET /apis/lamps.example/" + version,
          plain("lamps.example/" + version, old("lamps", "Lamp", false, "")));
    }
    assertThat(home.failure("return k8s.kind('Lamp').list();"))
        .isEqualTo(
            "kubernetes.not-found: lamps does not exist.\nThe server has nothing at"
                + " `/apis/lamps.example/v1/lamps`: see in `k8s.kinds()` whether it still has the kind.");
    assertThat(
            home.failure(
                "await k8s.apply({ apiVersion: 'lamps.example/v2', kind: 'Lamp', metadata: { name: 'a' } });"))
        .isEqualTo(
            "kubernetes.kind-unknown: The cluster knows no kind `lamps.example/v2/Lamp`.\nThe cluster has"
                + " `Lamp` as `lamps.example/v1` and `lamps.example/v1beta1`: give that as its `apiVersion`.");
  }

  @Test
  void what_is_made_in_a_namespace_that_is_not_there_lacks_the_namespace() {
    server.answers(
        "POST /api/v1/namespaces/nope/configmaps",
        _ ->
            HttpResponse.of(
                404,
                "application/json",
                "{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":404,\"reason\":\"NotFound\",\"message\":\"namespaces \\\"nope\\\" not found\",\"details\":{\"name\":\"nope\",\"kind\":\"namespaces\"}}"));
    assertThat(
            home.failure(
                "await k8s.configMaps.create({ metadata: { name: 'a' } }, { namespace: 'nope' });"))
        .isEqualTo(
            "kubernetes.not-found: Namespace `nope` does not exist.\nMake it first, with"
                + " `k8s.namespace('nope').apply({})`, or name another with `namespace`.");
  }
}
