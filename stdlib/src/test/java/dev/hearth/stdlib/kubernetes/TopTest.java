package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the metrics server answers, as its versions write it. */
class TopTest {
  @Test
  void nodes_are_told_in_thousandths_of_a_core_and_in_bytes() throws IOException {
    var list =
        ApiServer.MAPPER.readTree(
            """
            {"kind":"NodeMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[
              {"metadata":{"name":"k3s-1","creationTimestamp":"2026-03-01T10:00:05Z"},"timestamp":"2026-03-01T09:59:51Z","window":"20.0s","usage":{"cpu":"156940214n","memory":"1613288Ki"}},
              {"metadata":{"name":"k3s-2"},"timestamp":"2026-03-01T09:59:53Z","window":"10s","usage":{"cpu":"1500m","memory":"2Gi"}}]}
            """);

    assertThat(TopOps.nodes(list))
        .containsExactly(
            new TopOps.Used(null, "k3s-1", 157, 1_652_006_912, "2026-03-01T09:59:51Z", null),
            new TopOps.Used(null, "k3s-2", 1500, 2_147_483_648L, "2026-03-01T09:59:53Z", null));
  }

  @Test
  void pods_are_told_with_their_containers_and_as_the_sum_of_them() throws IOException {
    var list =
        ApiServer.MAPPER.readTree(
            """
            {"kind":"PodMetricsList","items":[{"metadata":{"name":"web","namespace":"shop"},"timestamp":"2026-03-01T09:59:44Z","window":"17s",
              "containers":[{"name":"app","usage":{"cpu":"0","memory":"12Mi"}},{"name":"side","usage":{"cpu":"2561n","memory":"900Ki"}}]}]}
            """);

    assertThat(TopOps.pods(list).getFirst())
        .isEqualTo(
            new TopOps.Used(
                "shop",
                "web",
                1,
                13_504_512,
                "2026-03-01T09:59:44Z",
                java.util.List.of(
                    new TopOps.OfContainer("app", 0, 12_582_912),
                    new TopOps.OfContainer("side", 1, 921_600))));
  }

  @Test
  void quantities_are_read_in_all_their_forms_and_nothing_else_is_one() {
    assertThat(Quantity.parse("1.5Gi")).isEqualByComparingTo("1610612736");
    assertThat(Quantity.parse("12E")).isEqualByComparingTo("12000000000000000000");
    assertThat(Quantity.parse("12e3")).isEqualByComparingTo("12000");
    assertThat(Quantity.parse("250u")).isEqualByComparingTo("0.00025");
    assertThat(Quantity.parse("7")).isEqualByComparingTo("7");
    assertThat(Quantity.parse("-1k")).isEqualByComparingTo("-1000");
    for (var wrong : new String[] {"", "Ki", "1 Gi", "1e9999", "1gi", "0x10", "--1"}) {
      assertThatThrownBy(() -> Quantity.parse(wrong)).hasMessageContaining("is no number");
    }
  }
}
