package dev.hearth.stdlib.templates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is generated for each image of the catalogue, held against cloud-init's own schema. */
@Timeout(180)
class CloudInitSchemaTest {
  private static final Path CLOUD_INIT = Path.of("/usr/bin/cloud-init");

  private final WishTester tester;
  private final Path folder;

  CloudInitSchemaTest(@TempDir Path folder) {
    this.folder = folder;
    tester = new WishTester(folder);
  }

  /** All fields that end up in the document, for every image that reads cloud-init whole. */
  private Map<String, String> documents() throws IOException, InterruptedException {
    var all =
        tester.value(
            """
            const pgp = '-----BEGIN PGP PUBLIC KEY BLOCK-----\\n\\nabc\\n-----END PGP PUBLIC KEY BLOCK-----\\n';
            const rsa = '-----BEGIN PUBLIC KEY-----\\nabc\\n-----END PUBLIC KEY-----\\n';
            const found = {};
            for (const image of await templates().images()) {
              if (image.setup !== 'cloud-init') continue;
              const manager = image.packageManager;
              const named = ['apt', 'dnf', 'yum', 'zypper', 'transactional-update', 'pacman', 'apk'].includes(manager);
              const repositories = ['apt', 'dnf', 'yum', 'zypper', 'transactional-update', 'apk', 'pacman'].includes(manager)
                ? [
                    { name: 'lab', url: 'https://x.example/a', trusted: true, ...(manager === 'apt' && { suite: './' }) },
                    { name: 'more', url: 'https://x.example/b', key: manager === 'apk' ? rsa : pgp, ...(manager === 'apt' && { suite: 'x' }) },
                    ...(['rocky', 'almalinux', 'centos-stream', 'oracle'].includes(image.family) ? ['epel'] : []),
                  ]
                : [];
              const wish = {
                name: 'web', node: 'pve', storage: 'local', image: image.id,
                users: [
                  { name: 'ops', sudo: 'password', groups: ['docker'], shell: '/bin/sh', password: await secret('ops') },
                  { name: 'dev', sudo: 'nopasswd', groups: ['a', 'b'], sshKeys: ['%1$s'], password: await secret('dev') },
                  { name: 'guest', passwordHash: '$6$abcdefgh$abcdefghijkl.ABCDEFG/' },
                ],
                sshKeys: ['%1$s', '%2$s'], nameservers: ['1.1.1.1'], searchDomains: ['lan'],
                networks: [{ ip: '10.0.0.5/24', gateway: '10.0.0.1', ip6: 'auto' }, {}],
                ...(image.family !== 'gentoo' && { locale: 'de_DE.UTF-8' }), timezone: 'Europe/Berlin',
                keyboard: { layout: 'de', variant: 'nodeadkeys', model: 'pc105' },
                hostname: { preferFqdn: true, preserve: true },
                packages: ['vim', 'own-package', { exact: '0ad' }], packageSets: named ? ['base', 'security'] : [],
                repositories,
                commands: ['echo yes: no # "x"', ['printf', '%%s', "it's", '0755', 'null', '~', '']], everyBoot: ['date', ['a', 'b c']],
                files: [
                  { path: '/etc/a', content: 'no\\n: "x"\\n\\ttab\\n' }, { path: '/etc/b', content: '' },
                  { path: '/etc/c', base64: 'AAEC', mode: '0400', append: true }, { path: '/etc/d', content: '0755' }, { path: '/etc/odd', content: 'a\\u001b[0m\\u0085\\u00e4\\ud83d\\ude00\\ufeff\\r\\n' },
                  { path: '/home/dev/e', content: ' leading\\n\\n\\n', owner: 'dev', group: 'a', append: true },
                ],
                upgrade: true, agent: true,
              };
              const { vendorData } = await templates().documents(wish);
              found[image.id] = vendorData;
            }
            return found;
            """
                .formatted(WishTester.KEY, WishTester.OTHER_KEY));
    var documents = new TreeMap<String, String>();
    all.properties().forEach(each -> documents.put(each.getKey(), each.getValue().asText()));
    return documents;
  }

  @Test
  void what_is_generated_for_every_image_is_valid_to_cloud_init_itself() throws Exception {
    assumeTrue(Files.exists(CLOUD_INIT), "there is no cloud-init");
    var documents = documents();
    assertThat(documents).hasSizeGreaterThanOrEqualTo(48);
    Map<String, String> firstWith = new TreeMap<>(); // many releases of a family get the same text
    documents.forEach((image, text) -> firstWith.putIfAbsent(text, image));
    List<Callable<String>> checks = new ArrayList<>();
    firstWith.forEach((text, image) -> checks.add(() -> schemaSays(image, text)));
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var said : pool.invokeAll(checks)) {
        assertThat(said.get()).matches("0 Valid cloud-config: \\S+\\s*");
      }
    }
  }

  @Test
  void the_schema_does_say_what_is_wrong() throws Exception {
    assumeTrue(Files.exists(CLOUD_INIT), "there is no cloud-init");
    assertThat(schemaSays("wrong", "#cloud-config\npackages: 5\nruncmd: {a: b}\n"))
        .startsWith("1 ")
        .contains("packages: 5 is not of type 'array'", "runcmd");
  }

  /** Its YAML is of version 1.1, where `no` is false and 0755 a number in octal digits. */
  @Test
  void the_yaml_of_cloud_init_reads_what_was_meant() throws Exception {
    assumeTrue(Files.exists(CLOUD_INIT), "there is no cloud-init");
    var documents = documents();
    var json = JsonMapper.builder().build();
    var texts = Files.writeString(folder.resolve("texts.json"), json.writeValueAsString(documents));
    var script =
        """
        import json, sys, yaml
        texts = json.load(open(sys.argv[1]))
        print(json.dumps({k: yaml.safe_load(v) for k, v in texts.items()}))
        """;
    var read =
        json.readTree(output("/usr/bin/python3", "-c", script, texts.toString()).substring(2));
    var meant =
        tester.value(
            "return Object.fromEntries(Object.entries(%s).map(([name, text]) => [name, yaml.parse(text)]));"
                .formatted(json.writeValueAsString(documents)));
    assertThat(read).isEqualTo(meant);
    assertThat(read.at("/debian-13/write_files").findValuesAsText("content"))
        .contains("0755", "no\n: \"x\"\n\ttab\n");
  }

  private String schemaSays(String name, String text) throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve(name + ".yaml"), text);
    return output(CLOUD_INIT.toString(), "schema", "--config-file", file.toString());
  }

  /** The exit status and all that is printed. */
  private static String output(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + " " + output;
  }
}
