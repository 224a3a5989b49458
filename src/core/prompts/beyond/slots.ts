/** What can vary in a prompt: names for slots, and the parts of a single prompt that are one. */

/** What a value is by its looks, the first that fits. */
const looks: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['url', /^https?:\/\/\S+$/i],
  ['issue', /^#\d+$/],
  ['function', /^[\p{L}_$][\w$.]*\(\)$/u],
  ['file', /^[~./\w-]*\/[\w./-]*\w$|^[\w.-]*[\w-]\.(?:[a-z]{1,4}|[cm]?[jt]sx?|html|json|toml|yaml|org|lock)$/i],
  ['number', /^\d[\d.,]*(?:%|ms|s|px|kb|mb|gb)?$/i],
  ['date', /^\d{4}-\d\d-\d\d$/],
];

export function lookOf(value: string): string | undefined {
  return looks.find(([, pattern]) => pattern.test(value))?.[0];
}

/** Words between a slot and the word that says what it is. */
const between = /^(?:the|a|an|my|our|this|that|these|all|its|new|is|are|be|for|of|in|on|at|to|from|with|by|as|and|or|der|die|das|den|ein|eine)$/i;

/**
 * A name for a slot: what all its values look like, else the word behind it ("the {{}} module"), else
 * the one before ("the command {{}}").
 *
 * @param before The words before the slot, the nearest last. @param after Those behind it.
 */
export function slotName(values: readonly string[], before: readonly string[], after: readonly string[]): string {
  const kinds = new Set(values.map(lookOf));
  const [kind] = kinds;
  if (kinds.size === 1 && kind !== undefined) return kind;
  const [next] = after;
  if (next !== undefined && isName(next)) return next.toLowerCase();
  const last = before.findLast((word) => !between.test(word));
  return last !== undefined && isName(last) ? last.toLowerCase() : 'text';
}

function isName(word: string): boolean {
  return /^\p{L}[\p{L}\p{N}_-]{2,19}$/u.test(word) && !between.test(word);
}

/** Takes each name once: `file`, `file_2`, … */
export class SlotNames {
  readonly #taken = new Map<string, number>();

  free(name: string): string {
    const count = (this.#taken.get(name) ?? 0) + 1;
    this.#taken.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  }
}
