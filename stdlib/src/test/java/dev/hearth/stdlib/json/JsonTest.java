package dev.hearth.stdlib.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.DataRecipe;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON with places, pointers, patches and differences. */
class JsonTest {
  private DataRecipe recipe;

  @BeforeEach
  void start(@TempDir Path folder) {
    recipe = new DataRecipe(folder, "json");
  }

  @Test
  void the_pointers_of_the_rfc_find_what_the_rfc_says() throws Exception {
    assertThat(
            recipe.value(
                """
                (() => {
                  const document = {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4,
                    "i\\\\j": 5, "k\\"l": 6, " ": 7, "m~n": 8};
                  const pointers = ['/foo', '/foo/0', '/', '/a~1b', '/c%d', '/e^f', '/g|h', '/i\\\\j', '/k"l', '/ ', '/m~0n'];
                  return [json.get(document, '') === document, ...pointers.map((p) => json.get(document, p))];
                })()
                """))
        .isEqualTo("[true,[\"bar\",\"baz\"],\"bar\",0,1,2,3,4,5,6,7,8]");
  }

  @Test
  void a_pointer_that_is_none_or_leads_nowhere_is_told() throws Exception {
    assertThat(recipe.error("json.get({}, 'a')"))
        .isEqualTo("json.pointer: `a` is no JSON pointer.");
    assertThat(recipe.error("json.get({}, '/a~2')"))
        .isEqualTo("json.pointer: `/a~2` is no JSON pointer.");
    assertThat(recipe.error("json.get({ a: [1] }, '/a/01')"))
        .isEqualTo("json.not-found: There is nothing at `/a/01`.");
    assertThat(
            recipe.value(
                "[json.get({ a: [1] }, '/a/-', 5), json.get(null, '/x', null), json.has([1], '/0'), json.has('text', '/length')]"))
        .isEqualTo("[5,null,true,false]");
  }

  @Test
  void set_and_remove_leave_what_they_are_given_as_it_is() throws Exception {
    assertThat(
            recipe.value(
                """
                (() => {
                  const before = Object.freeze({ a: Object.freeze([1, 2]), b: Object.freeze({}) });
                  return [json.set(before, '/a/-', 3), json.set(before, ['b', 'c/d', 'e'], 1), json.remove(before, '/a/0'),
                    json.remove(before, '/b'), json.set(before, '', 7), before];
                })()
                """))
        .isEqualTo(
            "[{\"a\":[1,2,3],\"b\":{}},{\"a\":[1,2],\"b\":{\"c/d\":{\"e\":1}}},{\"a\":[2],\"b\":{}},"
                + "{\"a\":[1,2]},7,{\"a\":[1,2],\"b\":{}}]");
    assertThat(recipe.error("json.set({ a: [1] }, '/a/2', 1)"))
        .isEqualTo("json.not-found: There is nothing at `/a/2`.");
    assertThat(recipe.error("json.set({ a: 'text' }, '/a/b', 1)"))
        .isEqualTo("json.not-found: There is nothing at `/a/b`.");
    assertThat(recipe.error("json.set({ a: [] }, '/a/length', 1)"))
        .isEqualTo("json.not-found: There is nothing at `/a/length`.");
  }

  @Test
  void no_name_reaches_a_prototype() throws Exception {
    assertThat(
            recipe.value(
                """
                (() => {
                  const made = [
                    json.set({}, '/__proto__/polluted', 1),
                    json.set({}, '/constructor/prototype/polluted', 1),
                    json.mergePatch({}, json.parse('{"__proto__": {"polluted": 1}}')),
                    json.mergePatch({}, json.parse('{"constructor": {"prototype": {"polluted": 1}}}')),
                    json.patch({}, [{ op: 'add', path: '/__proto__', value: { polluted: 1 } }]),
                    json.parse('{"__proto__": {"polluted": 1}} // x', { comments: true }),
                  ];
                  return [({}).polluted === undefined, made.every((each) => Object.getPrototypeOf(each) === Object.prototype),
                    json.has({}, '/constructor'), json.has([], '/push'), json.get({}, '/__proto__/toString', 'none'),
                    json.equal(json.parse('{"__proto__":1}'), {})];
                })()
                """))
        .isEqualTo("[true,true,false,false,\"none\",false]");
  }

  @Test
  void a_recipe_that_breaks_its_intrinsics_does_not_break_a_patch() throws Exception {
    assertThat(
            recipe.value(
                """
                (() => {
                  Object.defineProperty(Object.prototype, 'x', { set() { throw new Error('ran'); }, configurable: true });
                  try { return json.set({ a: {} }, '/a/x', 1).a.x + json.mergePatch({}, { x: 2 }).x; }
                  finally { delete Object.prototype.x; }
                })()
                """))
        .isEqualTo("3");
  }

  @Test
  void the_merge_patches_of_the_rfc_give_what_the_rfc_says() throws Exception {
    assertThat(
            recipe.value(
                """
                [
                  [{a:'b'}, {a:'c'}, {a:'c'}], [{a:'b'}, {b:'c'}, {a:'b',b:'c'}], [{a:'b'}, {a:null}, {}],
                  [{a:'b',b:'c'}, {a:null}, {b:'c'}], [{a:['b']}, {a:'c'}, {a:'c'}], [{a:'c'}, {a:['b']}, {a:['b']}],
                  [{a:{b:'c'}}, {a:{b:'d',c:null}}, {a:{b:'d'}}], [{a:[{b:'c'}]}, {a:[1]}, {a:[1]}],
                  [['a','b'], ['c','d'], ['c','d']], [{a:'b'}, ['c'], ['c']], [{a:'foo'}, null, null],
                  [{a:'foo'}, 'bar', 'bar'], [{e:null}, {a:1}, {e:null,a:1}], [[1,2], {a:'b',c:null}, {a:'b'}],
                  [{}, {a:{bb:{ccc:null}}}, {a:{bb:{}}}],
                ].map(([value, change, result]) => json.equal(json.mergePatch(value, change), result))
                """))
        .isEqualTo("[" + "true,".repeat(14) + "true]");
  }

  @Test
  void the_patches_of_the_rfc_give_what_the_rfc_says() throws Exception {
    assertThat(
            recipe.value(
                """
                [
                  [{foo:'bar'}, [{op:'add',path:'/baz',value:'qux'}], {foo:'bar',baz:'qux'}],
                  [{foo:['bar','baz']}, [{op:'add',path:'/foo/1',value:'qux'}], {foo:['bar','qux','baz']}],
                  [{baz:'qux',foo:'bar'}, [{op:'remove',path:'/baz'}], {foo:'bar'}],
                  [{foo:['bar','qux','baz']}, [{op:'remove',path:'/foo/1'}], {foo:['bar','baz']}],
                  [{baz:'qux',foo:'bar'}, [{op:'replace',path:'/baz',value:'boo'}], {baz:'boo',foo:'bar'}],
                  [{foo:{bar:'baz',waldo:'fred'},qux:{corge:'grault'}}, [{op:'move',from:'/foo/waldo',path:'/qux/thud'}],
                    {foo:{bar:'baz'},qux:{corge:'grault',thud:'fred'}}],
                  [{foo:['all','grass','cows','eat']}, [{op:'move',from:'/foo/1',path:'/foo/3'}], {foo:['all','cows','eat','grass']}],
                  [{baz:'qux',foo:['a',2,'c']}, [{op:'test',path:'/baz',value:'qux'},{op:'test',path:'/foo/1',value:2}], {baz:'qux',foo:['a',2,'c']}],
                  [{foo:'bar'}, [{op:'add',path:'/child',value:{grandchild:{}}}], {foo:'bar',child:{grandchild:{}}}],
                  [{foo:'bar'}, [{op:'add',path:'/baz',value:'qux',xyz:123}], {foo:'bar',baz:'qux'}],
                  [{'/':9,'~1':10}, [{op:'test',path:'/~01',value:10}], {'/':9,'~1':10}],
                  [{foo:['bar']}, [{op:'add',path:'/foo/-',value:['abc','def']}], {foo:['bar',['abc','def']]}],
                  [{a:1}, [{op:'copy',from:'/a',path:'/b'},{op:'replace',path:'',value:[1]}], [1]],
                ].map(([value, change, result]) => json.equal(json.patch(value, change), result))
                """))
        .isEqualTo("[" + "true,".repeat(12) + "true]");
  }

  @Test
  void a_patch_that_does_not_fit_is_refused() throws Exception {
    assertThat(
            recipe.error(
                "json.patch({ baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }])"))
        .isEqualTo("json.test-failed: What stands at `/baz` is not what the patch expects.");
    assertThat(
            recipe.error(
                "json.patch({ foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'qux' }])"))
        .isEqualTo("json.not-found: There is nothing at `/baz/bat`.");
    assertThat(
            recipe.error("json.patch({ '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }])"))
        .startsWith("json.test-failed");
    assertThat(recipe.error("json.patch({}, [{ op: 'toString', path: '' }])"))
        .isEqualTo("json.patch: Operation 0 of the patch has no known `op`.");
    assertThat(recipe.error("json.patch({}, [{ op: 'add', path: '/a' }])"))
        .isEqualTo("json.patch: Operation 0 of the patch has no `value`.");
    assertThat(recipe.error("json.patch({ a: {} }, [{ op: 'move', from: '/a', path: '/a/b' }])"))
        .isEqualTo("json.patch: `/a` cannot move into itself.");
    assertThat(recipe.error("json.patch({}, { op: 'add' })"))
        .isEqualTo("json.patch: A patch is a list of operations.");
  }

  @Test
  void a_difference_applied_gives_the_other_value() throws Exception {
    assertThat(
            recipe.value(
                """
                (() => {
                  let seed = 42;
                  const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
                  const make = (depth) => {
                    const kind = random(depth > 0 ? 6 : 4);
                    if (kind === 4) return Array.from({ length: random(5) }, () => make(depth - 1));
                    if (kind === 5) return Object.fromEntries(Array.from({ length: random(5) }, () => [['a', 'b', '~/', '', '__proto__'][random(5)], make(depth - 1)]));
                    return [random(3), 'x', null, true][kind];
                  };
                  let failed = 0;
                  for (let n = 0; n < 500; n++) {
                    const [a, b] = [make(3), make(3)];
                    if (!json.equal(json.patch(a, json.diff(a, b)), b)) failed++;
                    if (json.diff(a, a).length > 0) failed++;
                  }
                  return failed;
                })()
                """))
        .isEqualTo("0");
  }

  @Test
  void a_broken_text_is_told_with_its_place() throws Exception {
    assertThat(recipe.error("json.parse('{\\n  \"a\": 1,,\\n}', { name: 'c.json' })"))
        .isEqualTo(
            "json.syntax: `c.json` is no JSON at 2:10: unexpected character (','): was expecting double-quote to start field name.");
    assertThat(recipe.error("json.parse('')"))
        .startsWith("json.syntax: The text is no JSON at 1:1");
    assertThat(recipe.error("json.parse('{} []')"))
        .startsWith("json.syntax: The text is no JSON at 1:4");
    assertThat(recipe.error("json.parse('[1] // x')"))
        .startsWith("json.syntax: The text is no JSON at 1:5");
    assertThat(recipe.error("json.parse('{\"a\": [1, 2')"))
        .startsWith("json.syntax: The text is no JSON at 1:");
    assertThat(recipe.error("json.parse('[1', { comments: true })"))
        .startsWith("json.syntax: The text is no JSON at 1:");
    assertThat(recipe.error("json.parse('['.repeat(1001), { comments: true })"))
        .isEqualTo("json.too-deep: The text is nested more than 1000 levels deep.");
    assertThat(recipe.error("json.parse(5)"))
        .isEqualTo(
            "recipe.op-argument: `json.parse` was called with a wrong argument: it takes a text.");
    assertThat(recipe.error("json.parse('{}', { comment: true })"))
        .isEqualTo("json.option: There is no option `comment`.");
    assertThat(recipe.error("json.parseLines('{}\\n\\n{')"))
        .startsWith("json.syntax: `The text, line 3,` is no JSON at 1:");
  }

  @Test
  void texts_are_stable_and_lines_are_values() throws Exception {
    assertThat(
            recipe.value(
                """
                [
                  json.stringify({ b: [{ d: 1, c: new Date(0) }], a: undefined }, { sortKeys: true }),
                  json.stringify({ a: 1 }, { indent: 2 }),
                  json.stringifyLines([{ a: 1 }, undefined, 'x']),
                  json.parseLines('1\\n\\r\\n{"a":2}\\r\\n'),
                  json.parse('{"a":1e2,"b":12345678901234567890,/*x*/"c":[1,],}', { comments: true }),
                ]
                """))
        .isEqualTo(
            "[\"{\\\"b\\\":[{\\\"c\\\":\\\"1970-01-01T00:00:00.000Z\\\",\\\"d\\\":1}]}\","
                + "\"{\\n  \\\"a\\\": 1\\n}\",\"{\\\"a\\\":1}\\nnull\\n\\\"x\\\"\\n\",[1,{\"a\":2}],"
                + "{\"a\":100,\"b\":12345678901234567000,\"c\":[1]}]");
  }
}
