/** Small parsers for what a page sends. Each throws when the value does not have its shape. */
import type { Parse } from './protocol.ts';

export const text: Parse<string> = (value) => {
  if (typeof value !== 'string') throw new TypeError('a text was expected');
  return value;
};

/** Finite. */
export const number: Parse<number> = (value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError('a number was expected');
  return value;
};

export const flag: Parse<boolean> = (value) => {
  if (typeof value !== 'boolean') throw new TypeError('true or false was expected');
  return value;
};

export function oneOf<const T extends string>(...choices: readonly T[]): Parse<T> {
  return (value) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new TypeError(`one of ${choices.join(', ')} was expected`);
    return found;
  };
}

export function optional<T>(parse: Parse<T>): Parse<T | undefined> {
  return (value) => (value === undefined || value === null ? undefined : parse(value));
}

export function list<T>(parse: Parse<T>): Parse<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new TypeError('a list was expected');
    return value.map(parse);
  };
}

export function noMore<T>(most: number, parse: Parse<readonly T[]>): Parse<readonly T[]> {
  return (value) => {
    const items = parse(value);
    if (items.length > most) throw new RangeError(`at most ${most} were expected`);
    return items;
  };
}

/** An object with these fields; others are dropped. */
export function record<T extends Readonly<Record<string, Parse<unknown>>>>(fields: T): Parse<{ readonly [K in keyof T]: ReturnType<T[K]> }> {
  return (value) => {
    if (typeof value !== 'object' || value === null) throw new TypeError('an object was expected');
    const given = value as Readonly<Record<string, unknown>>;
    const entries = Object.entries(fields).map(([name, parse]) => {
      try {
        return [name, parse(given[name])];
      } catch (error) {
        throw new TypeError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
    return Object.fromEntries(entries) as { readonly [K in keyof T]: ReturnType<T[K]> };
  };
}
