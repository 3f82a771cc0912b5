package dev.hearth.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
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
}
