// hearth:ui: the person who follows the run.
import { errorFrom, isSecret, open } from 'hearth:binding';

const ops = open('ui');
const { AbortSignal, Array, Number, Object, Promise, RegExp, Set, String, performance } = globalThis;

const fail = (message, hint) => {
  throw errorFrom({ code: 'ui.option', message, hint });
};

const checked = (call, options, known) => {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) fail(`\`ui.${call}\` has no option \`${name}\`.`, `Use one of: ${known.join(', ')}.`);
  }
  return options;
};

const checkedQuestion = (call, question) =>
  typeof question === 'string' && question.trim() !== ''
    ? question.trim()
    : fail(`\`ui.${call}\` has no question.`, "Write `await ui." + call + "('Which host', …)`.");

// ---- Asking ----------------------------------------------------------------------------------

/**
 * Asks until `taken` takes the answer: `{ value }`, or `{ problem }` and the question again.
 *
 * @param usual `{ value }` for who only presses the return key, and where nobody can be asked
 */
const until = async ({ op = 'ask', question, hint, choices, usual, signal }, taken) => {
  if (usual !== undefined && !(await ops.canBeAsked())) return usual.value;
  for (let problem; ; ) {
    const given = await ops[op]({ question, hint, choices, problem }, { signal });
    if (given === undefined || given === null) {
      if (usual !== undefined) return usual.value;
      problem = 'Please give an answer.';
      continue;
    }
    const answer = await taken(given);
    if (answer.problem === undefined) return answer.value;
    problem = answer.problem;
  }
};

const ask = (text, options = {}) => {
  const question = checkedQuestion('ask', text);
  const { default: usual, secret = false, pattern, validate, signal } = checked('ask', options, ['default', 'secret', 'pattern', 'validate', 'signal']);
  if (validate !== undefined && typeof validate !== 'function') fail('`validate` of `ui.ask` is no function.', 'Write `(answer) => answer.length > 3`.');
  const expression = pattern === undefined || pattern instanceof RegExp ? pattern : new RegExp(`^(?:${pattern})$`, 'u');
  const hidden = secret || isSecret(usual);
  return until(
    {
      op: hidden ? 'askSecret' : 'ask',
      question,
      hint: usual === undefined || hidden ? undefined : String(usual),
      usual: usual === undefined ? undefined : { value: usual },
      signal,
    },
    async (given) => {
      if (expression !== undefined) {
        expression.lastIndex = 0;
        if (!expression.test(hidden ? given.reveal() : given)) return { problem: `It does not fit ${expression.source}.` };
      }
      const said = await validate?.(given);
      if (typeof said === 'string') return { problem: said };
      return said === false ? { problem: 'This is no possible answer.' } : { value: given };
    },
  );
};

const confirm = (text, options = {}) => {
  const question = checkedQuestion('confirm', text);
  const { default: usual, signal } = checked('confirm', options, ['default', 'signal']);
  if (usual !== undefined && typeof usual !== 'boolean') fail('`default` of `ui.confirm` is neither `true` nor `false`.', 'Give one of them.');
  return until(
    { question, hint: usual === true ? 'Y/n' : usual === false ? 'y/N' : 'y/n', usual: usual === undefined ? undefined : { value: usual }, signal },
    (given) => {
      const letter = given.trim().toLowerCase();
      if (letter === 'y' || letter === 'yes') return { value: true };
      return letter === 'n' || letter === 'no' ? { value: false } : { problem: 'Please answer y or n.' };
    },
  );
};

/** A label, a number or a range of numbers, as places in the list; `undefined` for what is none. */
const placesOf = (part, labels) => {
  const named = labels.findIndex((label) => label.toLowerCase() === part.toLowerCase());
  if (named >= 0) return [named];
  const range = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
  if (range === null) return undefined;
  const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
  if (first < 1 || last > labels.length || first > last) return undefined;
  return Array.from({ length: last - first + 1 }, (_, i) => first - 1 + i);
};

const chosen = (answer, labels, multiple) => {
  const parts = multiple ? answer.split(',') : [answer];
  const places = parts.map((part) => placesOf(part.trim(), labels));
  if (places.includes(undefined)) return undefined;
  const all = [...new Set(places.flat())].sort((a, b) => a - b);
  return multiple || all.length === 1 ? all : undefined;
};

const choose = (text, options, settings = {}) => {
  const question = checkedQuestion('choose', text);
  const { multiple = false, default: usual, signal } = checked('choose', settings, ['multiple', 'default', 'signal']);
  if (!Array.isArray(options) || options.length === 0) fail('`ui.choose` has nothing to choose from.', "Give a list: `['a', 'b']`, or `[{ label: 'A', value: 1 }]`.");
  const all = options.map((each) => (typeof each === 'object' && each !== null ? { label: String(each.label), value: 'value' in each ? each.value : each } : { label: String(each), value: each }));
  const labels = all.map(({ label }) => label);
  const labelsOf = (values) => values.map((value) => all.find((each) => each.value === value)?.label);
  const usualLabels = usual === undefined ? [] : labelsOf(multiple ? [...usual] : [usual]);
  if (usualLabels.includes(undefined)) fail('`default` of `ui.choose` is none of what there is to choose.', 'Give the value of one of them.');
  return until(
    { question, hint: usual === undefined ? (multiple ? 'such as 1,3-4' : undefined) : usualLabels.join(', '), choices: labels, usual: usual === undefined ? undefined : { value: usual }, signal },
    (given) => {
      const places = chosen(given, labels, multiple);
      if (places === undefined) {
        return { problem: `Please answer with ${multiple ? 'numbers' : 'a number'} from 1 to ${labels.length}.` };
      }
      const values = places.map((place) => all[place].value);
      return { value: multiple ? values : values[0] };
    },
  );
};

// ---- Showing ---------------------------------------------------------------------------------

const columnOf = (column) =>
  typeof column === 'string' ? { field: column, heading: column } : { field: String(column?.field), heading: String(column?.heading ?? column?.field) };

const table = (rows, options = {}) => {
  const { columns = [] } = checked('table', options, ['columns']);
  if (!Array.isArray(columns)) fail('`columns` of `ui.table` is no list.', "Write `{ columns: ['name', { field: 'mem', heading: 'memory' }] }`.");
  return ops.table({ columns: columns.map(columnOf), rows: [...rows] });
};

/** Milliseconds between two words about how far it has come; nobody reads faster. */
const PAUSE = 100;

const progress = (text, options = {}) => {
  const label = checkedQuestion('progress', text);
  const { total } = checked('progress', options, ['total']);
  if (total !== undefined && !(Number.isSafeInteger(total) && total >= 0)) fail('`total` of `ui.progress` is no whole number.', 'Leave it out where nobody knows.');
  let done = 0;
  let isOver = false;
  let told = Promise.resolve();
  let toldAt = -PAUSE;
  let isLate = false;
  const tell = () => {
    const state = { label, done, total, isOver };
    toldAt = performance.now();
    // One after the other, so that none overtakes the one before.
    told = told.then(() => ops.progress(state));
  };
  const to = (next) => {
    if (!Number.isSafeInteger(next) || next < 0) fail(`The progress of \`${label}\` is no whole number.`, 'Give one, such as a count of bytes.');
    if (isOver) return;
    done = next;
    const since = performance.now() - toldAt;
    if (since >= PAUSE) {
      tell();
    } else if (!isLate) {
      isLate = true; // the last word is told, too, and keeps no run alive
      AbortSignal.timeout(PAUSE - since).addEventListener('abort', () => {
        isLate = false;
        if (!isOver) tell();
      });
    }
  };
  tell();
  return Object.freeze({
    advance: (by = 1) => to(done + by),
    set: (value) => to(value),
    done: () => {
      if (!isOver) {
        isOver = true;
        tell();
      }
      return told;
    },
  });
};

export const ui = Object.freeze({ ask, confirm, choose, table, progress });
