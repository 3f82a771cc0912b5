package dev.hearth.stdlib;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a recipe calls with whatever, Hearth says what is wrong and never fails itself. */
class WrongArgumentsTest {
  private final Path folder;

  WrongArgumentsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private JsonNode value(RecipeTester tester, String recipe)
      throws IOException, InterruptedException {
    var result =
        tester.run(Files.writeString(folder.resolve("recipe.js"), recipe), RunRequest::simulated);
    assertThat(result.error()).isNull();
    return requireNonNull(result.value());
  }

  @TestFactory
  Stream<DynamicTest> no_op_of_any_binding_fails_itself() {
    return ServiceLoader.load(Binding.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(binding -> !ops(binding).isEmpty())
        .map(binding -> DynamicTest.dynamicTest(binding.name(), () -> callAll(binding)));
  }

  private void callAll(Binding binding) throws IOException, InterruptedException {
    var calls =
        ops(binding).stream()
            .map(op -> "['%s', %s, %b]".formatted(op.getName(), fields(op), isPure(op)))
            .collect(Collectors.joining(", "));
    var tester = RecipeTester.with(folder.resolve("home"), List.of(new BareOps(binding)));
    var told =
        value(
            tester,
            """
            import { opsOf, pureOpsOf } from 'hearth:%1$s';
            %2$s
            export default async () => {
              const ops = opsOf('%1$s');
              const pureOps = pureOpsOf('%1$s');
              const odd = [undefined, null, '', 'x', 5, -0.5, true, [], [null], {}, { x: null }];
              const told = { calls: 0, bugs: [] };
              for (const [op, fields, pure] of [%3$s]) {
                const filled = odd.map((value) => Object.fromEntries(fields.map((f) => [f, value])));
                const single = fields.flatMap((f) => [{ [f]: 'x' }, { [f]: {} }, { [f]: [] }]);
                const data = pure ? [[], ['"x"'], [new Uint8Array(3)]] : [[]];
                for (const given of [...odd, ...filled, ...single].flatMap((a) => data.map((d) => [...d, a]))) {
                  told.calls++;
                  try {
                    await (pure ? pureOps : ops)[op](...given);
                  } catch (error) {
                    if (error.code === 'hearth.bug' || error.code === undefined) {
                      told.bugs.push(`${op}(${JSON.stringify(given)}): ${error} ${JSON.stringify(error.details)}`);
                    }
                  }
                }
              }
              return told;
            };
            """
                .formatted(
                    binding.name(),
                    binding.needsIntent()
                        ? "export const recipe = { permissions: { %s: 'write' } };"
                            .formatted(binding.name())
                        : "",
                    calls));
    assertThat(told.path("calls").asInt()).isGreaterThan(20);
    assertThat(told.path("bugs")).isEmpty();
  }

  /** Those of all classes of the binding's folder. */
  private static List<Method> ops(Binding binding) {
    return new ClassFileImporter()
        .importPackages(binding.getClass().getPackageName()).stream()
            .filter(type -> type.getPackageName().equals(binding.getClass().getPackageName()))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isAnnotatedWith(Op.class))
            .map(JavaMethod::reflect)
            .toList();
  }

  private static boolean isPure(Method op) {
    return op.getAnnotation(Op.class).pure();
  }

  private static String fields(Method op) {
    return Arrays.stream(op.getParameterTypes())
        .filter(Class::isRecord)
        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
        .map(RecordComponent::getName)
        .map(name -> "'" + name + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Test
  void no_method_of_a_facade_fails_itself() throws Exception {
    var told =
        value(
            RecipeTester.in(folder.resolve("home")),
            """
            import { proxmox } from 'hearth:proxmox';
            import { images } from 'hearth:images';
            import * as time from 'hearth:time';
            export const recipe = { permissions: { proxmox: 'write', images: 'read' } };
            const odd = [undefined, null, {}, 'x', 5, [null]];
            const told = { calls: 0, bugs: [] };
            const lists = (depth) => [...odd.map((v) => [v]), ...odd.slice(0, depth).map((v) => [undefined, v]), [{}, {}]];
            const settle = async (said, value) => {
              const result = await value;
              if (typeof result?.next === 'function') await result.next();
              return result;
            };
            const walk = async (path, object, depth) => {
              for (const [name, member] of Object.entries(object)) {
                if (name === 'api' || name === 'toJSON') continue;
                if (typeof member === 'object' && member !== null) await walk(`${path}.${name}`, member, depth);
                if (typeof member !== 'function') continue;
                for (const list of lists(odd.length)) {
                  told.calls++;
                  const said = `${path}.${name}(${list.map((v) => JSON.stringify(v))})`;
                  try {
                    const answer = member(...list);
                    const handle = typeof answer?.then !== 'function' && Object.isFrozen(answer);
                    if (handle && depth > 0) await walk(said, answer, depth - 1);
                    else await settle(said, answer);
                  } catch (error) {
                    if (error.code === 'hearth.bug') told.bugs.push(`${said}: ${JSON.stringify(error.details)}`);
                  }
                }
              }
            };
            export default async () => {
              await walk('pve', proxmox(), 1);
              await walk('images', images(), 0);
              await walk('time', time, 0);
              return told;
            };
            """);
    assertThat(told.path("calls").asInt()).isGreaterThan(1000);
    assertThat(told.path("bugs")).isEmpty();
  }

  @Test
  void typical_slips_with_proxmox_are_told_as_what_they_are() throws Exception {
    var told =
        value(
            RecipeTester.in(folder.resolve("home")),
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { permissions: { proxmox: 'write' } };
            export default async () => {
              const pve = proxmox();
              const slips = [
                () => pve.vms.create({ nod: 'pve' }),
                () => pve.node(undefined).status(),
                () => pve.vm('web').config(),
                () => pve.vm().config(),
                () => pve.vm(100).resize('scsi0'),
                () => pve.storage().status(),
                () => pve.storage('local').download({}),
                () => pve.vms.get({ nmae: 'web' }),
                () => pve.vms.find(),
                () => pve.vms.get('web'),
                () => pve.task({}).status(),
              ];
              const told = [];
              for (const slip of slips) {
                try { told.push(await slip()); }
                catch (e) { told.push(`${e.message} ${e.hint}`.replace(/.*with a wrong argument: /, '')); }
              }
              return told;
            };
            """);
    assertThat(told)
        .extracting(JsonNode::asText)
        .containsExactly(
            "`node` is missing. You gave `nod`; write `node`.",
            "`node` is missing. Give `node`.",
            "`web` is not the id of a VM, which is a whole number. Find a VM by its name with"
                + " `pve.vms.get({ name: 'web' })`.",
            "`vmid` is missing. Give `vmid`.",
            "`size` is missing. Give `size`.",
            "`storage` is missing. Give `storage`.",
            "`file.url` is missing. Give `url`.",
            "it has no option `nmae`. Did you mean `name`?",
            "Neither a name nor an id says which guest is meant. Write `pve.vms.get('web')` or"
                + " `pve.vms.get(100)`.",
            "No VM is named `web`. List the VMs with `pve.vms.list()`.",
            "`upid` is missing. Give `upid`.");
  }

  @Test
  void handles_and_the_raw_door_are_shown_as_what_they_are() throws Exception {
    var tester = RecipeTester.in(folder.resolve("home"));
    value(
        tester,
        """
        import { proxmox } from 'hearth:proxmox';
        export const recipe = { permissions: { proxmox: 'read' } };
        export default async ({ log }) => {
          const pve = proxmox();
          log.info(pve);
          log.info([pve.vm(100), pve.node('pve'), pve.storage('local')]);
          log.info(pve.vm(100).snapshot('s'));
          log.info(pve.api.nodes('pve'));
          log.info(`${pve.api.nodes('pve').qemu}`);
          log.info({ api: pve.api });
          log.info(JSON.stringify({ api: pve.api.version }));
          log.info(String(await pve.api.cluster));
          return 1;
        };
        """);
    assertThat(tester.log())
        .containsExactly(
            "info proxmox()",
            "info [ vm(100), node('pve'), storage('local') ]",
            "info vm(100).snapshot('s')",
            "info ProxmoxApi /nodes/pve",
            "info ProxmoxApi /nodes/pve/qemu",
            "info { api: ProxmoxApi / }",
            "info {\"api\":\"ProxmoxApi /version\"}",
            "info ProxmoxApi /cluster");
  }
}
