package dev.hearth.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operation that returns a record with secrets in it. */
class SecretFieldsTest {
  private EngineFixture engine;

  @BeforeEach
  void start(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  @Test
  void a_secret_of_a_record_is_one_in_javascript_and_what_is_beside_it_is_data() {
    var outcome =
        engine.run(
            """
            import { call } from 'hearth:lab';
            export default async () => {
              const key = await call('key', { name: 'shed' });
              const copy = await call('echo', { value: key.secret });
              return [key.door, `${key.secret}`, JSON.stringify(key), key.secret.reveal(), key.spare, copy];
            };
            """);
    assertThat(outcome.error()).isNull();
    assertThat(outcome.value())
        .hasToString(
            "[\"shed\",\"***\",\"{\\\"door\\\":\\\"shed\\\",\\\"secret\\\":\\\"***\\\",\\\"spare\\\":null}\","
                + "\"open-shed\",null,\"open-shed\"]");
    assertThat(engine.secrets).containsExactly(Secret.of("open-shed"));
  }

  @Test
  void data_that_looks_like_a_mask_stays_data() {
    var outcome =
        engine.run(
            """
            import { call } from 'hearth:lab';
            export default async () => {
              const { door, secret } = await call('key', { name: '***' });
              return [typeof door, typeof secret];
            };
            """);
    assertThat(outcome.value()).hasToString("[\"string\",\"object\"]");
  }

  @Test
  void secrets_of_records_in_collections_are_secrets_too() {
    var outcome =
        engine.run(
            """
            import { call } from 'hearth:lab';
            export default async () => {
              const { owner, rings, spare } = await call('keys', { name: 'shed' });
              const all = [rings[0].key.secret, rings[1].key.secret, spare.back.secret];
              return [owner, `${all}`, rings[1].key.door, spare.front, all.map((each) => each.reveal())];
            };
            """);
    assertThat(outcome.error()).isNull();
    assertThat(outcome.value())
        .hasToString(
            "[\"***\",\"***,***,***\",\"shed 2\",null,"
                + "[\"open-shed 1\",\"open-shed 2\",\"open-shed 3\"]]");
  }

  /** A tree of records leads to itself. */
  private record Branch(List<Branch> branches, Secret leaf) {}

  private record Lone(List<Lone> others, String name) {}

  @Test
  void records_that_hold_themselves_are_walked_through() {
    var tree = new Branch(List.of(new Branch(List.of(), Secret.of("inner"))), Secret.of("outer"));
    assertThat(SecretFields.of(tree))
        .containsExactly(
            new SecretFields.Place(List.of("branches", 0, "leaf"), Secret.of("inner")),
            new SecretFields.Place(List.of("leaf"), Secret.of("outer")));
    assertThat(SecretFields.of(List.of(tree.branches())))
        .extracting(SecretFields.Place::path)
        .containsExactly(List.of(0, 0, "leaf"));
    assertThat(SecretFields.of(new Lone(List.of(), "x"))).isEmpty();
  }
}
