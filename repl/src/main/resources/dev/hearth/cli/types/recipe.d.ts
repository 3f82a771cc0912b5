/**
 * What a recipe is made of, for editors and compilers. These are types only: nothing of this module
 * is there when a recipe runs, so it is imported with `import type` or named in a comment.
 */
import type { Log } from 'hearth:log';

/** What `export const recipe` may say of a recipe. It is a literal, read without running anything. */
export interface Recipe {
  /** One line, for lists and help. */
  readonly summary?: string;
  /** Paragraphs, for help. */
  readonly description?: string;
  /** Its parameters by name. */
  readonly params?: { readonly [name: string]: Parameter };
  /** What it needs to be allowed. */
  readonly permissions?: Permissions;
  /** What becomes of finished steps after a failure; default `'stop'`. */
  readonly onError?: 'stop' | 'undo' | 'ask';
}

/** What a recipe needs: effects by what they name, and systems by what is done to them. */
export interface Permissions {
  readonly net?: readonly string[];
  readonly listen?: readonly string[];
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly exec?: readonly string[];
  readonly env?: readonly string[];
  readonly secret?: readonly string[];
  readonly all?: boolean;
  readonly [system: string]: unknown;
}

/** A parameter, as JSON Schema with a few additions. */
export interface Parameter {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly title?: string;
  /** One line, for help and for the question that asks for it. */
  readonly summary?: string;
  readonly description?: string;
  /** Its value when there is none; one without it may be left out unless it is `required`. */
  readonly default?: unknown;
  readonly required?: boolean | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  /** Asked for without echo, shown as `***`. */
  readonly secret?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: 'hostname' | 'ipv4' | 'ipv6' | 'cidr' | 'email' | 'uri' | 'date' | 'date-time' | 'duration';
  /** What a number counts, such as `'MiB'`: then `4GiB` can be typed. */
  readonly unit?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly items?: Parameter;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: { readonly [name: string]: Parameter };
  readonly additionalProperties?: boolean | Parameter;
}

/** The values of the parameters that a recipe declares. */
export type Params<R extends Recipe> = {
  readonly [Name in keyof R['params']]: Value<R['params'][Name]> | Missing<R['params'][Name]>;
};

type Missing<P> = P extends { default: unknown } | { required: true } ? never : undefined;

type Value<P> = P extends { enum: readonly (infer Choice)[] }
  ? Choice
  : P extends { type: 'string' }
    ? string
    : P extends { type: 'integer' | 'number' }
      ? number
      : P extends { type: 'boolean' }
        ? boolean
        : P extends { type: 'array'; items: infer Item }
          ? Value<Item>[]
          : any;

/** What the default function of a recipe gets. */
export interface Context<R extends Recipe = Recipe> {
  /** The checked values of its parameters, by name. */
  readonly params: {} extends Params<R> ? any : Params<R>;
  /** Does a piece of work and writes down that it did. */
  readonly step: Step;
  readonly log: Log;
  /** Is aborted when the run is stopped. */
  readonly signal: AbortSignal;
}

/**
 * Does `work` and writes its end and its result, which is JSON, into the run's journal.
 *
 * @param name its own in the run
 * @returns what `work` returns
 */
export type Step = <T>(name: string, work: () => T | Promise<T>, options?: StepOptions<T>) => Promise<T>;

export interface StepOptions<T> {
  /** Takes back what the step did; is called with its result, or with `undefined` when it was cut off. */
  readonly undo?: (result: T | undefined) => unknown;
  /** It only looks, so that nothing of it is left half-way. */
  readonly readOnly?: boolean;
}
