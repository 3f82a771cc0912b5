package dev.hearth.stdlib.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.RunRequest;
import dev.hearth.stdlib.DataRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests of texts, bytes and files. */
class HashTest {
  private Path folder;
  private DataRecipe recipe;

  @BeforeEach
  void start(@TempDir Path folder) {
    this.folder = folder;
    recipe = new DataRecipe(folder, "hash");
  }

  @Test
  void digests_are_those_of_the_standards_examples() throws Exception {
    assertThat(
            recipe.value(
                """
                [hash.md5('abc'), hash.sha1('abc'), hash.sha256('abc'), hash.sha256(new Uint8Array([0x61, 0x62, 0x63])),
                 hash.sha512('').slice(0, 16), hash.of('sha3-256', ''), hash.sha256('', { encoding: 'base64' }), hash.sha256('ü')]
                """))
        .isEqualTo(
            "[\"900150983cd24fb0d6963f7d28e17f72\",\"a9993e364706816aba3e25717850c26c9cd0d89d\","
                + "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\","
                + "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\","
                + "\"cf83e1357eefb8bd\",\"a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a\","
                + "\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\","
                + "\""
                + Algorithm.Encoding.hex.of(
                    Algorithm.SHA256.digest().digest(new byte[] {(byte) 0xc3, (byte) 0xbc}))
                + "\"]");
  }

  @Test
  void keyed_digests_are_those_of_rfc_4231() throws Exception {
    assertThat(
            recipe.value(
                "[hash.hmac('sha256', 'Jefe', 'what do ya want for nothing?'), hash.hmac('sha256', '', ''), hash.equal('a', 'a'), hash.equal('a', 'ab')]"))
        .isEqualTo(
            "[\"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\","
                + "\"b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad\",true,false]");
  }

  @Test
  void blake_is_that_of_rfc_7693_and_of_its_authors() throws Exception {
    assertThat(
            recipe.value(
                "['blake2b-512', 'blake2b-256', 'blake2s-256', 'blake3'].map((name) => hash.of(name, 'abc'))"))
        .isEqualTo(
            "[\"ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923\","
                + "\"bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319\","
                + "\"508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982\","
                + "\"6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85\"]");
    assertThat(recipe.error("hash.hmac('blake3', 'key', 'data')"))
        .endsWith("`blake3` has no keyed digest of RFC 2104.");
  }

  @Test
  void what_is_no_data_or_algorithm_is_refused() throws Exception {
    assertThat(recipe.error("hash.sha256(5)")).endsWith("it takes a text.");
    assertThat(recipe.error("hash.of('sha257', '')"))
        .endsWith(
            "`algorithm` takes one of md5, sha1, sha256, sha384, sha512, sha3-256, sha3-512,"
                + " blake2b-256, blake2b-512, blake2s-256, blake3.");
    assertThat(recipe.error("hash.sha256('', { encodng: 'hex' })"))
        .endsWith("it has no option `encodng`.");
  }

  @Test
  void a_file_is_hashed_with_the_permission_to_read_it() throws Exception {
    var file = Files.writeString(folder.resolve("data"), "abc".repeat(100_000));
    var expected =
        Algorithm.Encoding.hex.of(Algorithm.SHA256.digest().digest(Files.readAllBytes(file)));
    var source =
        """
        import { hash } from 'hearth:hash';
        export const recipe = { permissions: { read: ['%1$s'] } };
        export default async () => {
          await hash.verify('%1$s', '%2$s');
          try { await hash.verify('%1$s', 'ABC'); } catch (e) { return [await hash.file('%1$s'), e.code, e.message]; }
        };
        """
            .formatted(file, expected);
    var path = Files.writeString(folder.resolve("recipe.js"), source);
    var granted = recipe.tester.run(path, RunRequest::allowAll);
    assertThat(String.valueOf(granted.value()))
        .isEqualTo(
            "[\"%1$s\",\"hash.other-content\",\"`%2$s` is not what was expected: its digest is `%1$s`, not `ABC`.\"]"
                .formatted(expected, file));
    assertThatThrownBy(() -> recipe.tester.run(path))
        .hasMessageContaining("was not allowed to read `" + file);
  }
}
