import type { Severity } from './types.ts';

const severityTags: ReadonlySet<string> = new Set<Severity>(['must', 'should', 'nit', 'question']);

function asSeverity(tag: string): Severity | undefined {
  const name = tag.toLowerCase();
  return severityTags.has(name) ? (name as Severity) : undefined;
}

/** A severity tag decides; without one, the priorities A and C speak for the two ends. */
export function severityOf(tags: readonly string[], priority: string | undefined): Severity {
  for (const tag of tags) {
    const severity = asSeverity(tag);
    if (severity) return severity;
  }
  return priority === 'A' ? 'must' : priority === 'C' ? 'nit' : 'should';
}

export function withoutSeverity(tags: readonly string[]): string[] {
  return tags.filter((tag) => !asSeverity(tag));
}

/** The tag that says `severity`: none when a reader comes to it without. */
export function severityTag(severity: Severity, priority: string | undefined): string[] {
  return severityOf([], priority) === severity ? [] : [severity];
}

/**
 * The nearest tag that Org accepts: letters, digits, `_@#%`, everything else becomes `_`. A word that
 * would be read as a severity gets a `_` behind it. Empty when nothing is left to write.
 */
export function toTag(word: string): string {
  const tag = word.toWellFormed().replace(/[^\p{L}\p{M}\p{Nl}\p{Nd}_@#%]/gu, '_');
  return asSeverity(tag) ? `${tag}_` : tag;
}

/** Tags as Org accepts them, each once, in the order given. */
export function toTags(words: readonly string[]): string[] {
  return [...new Set(words.map(toTag).filter((tag) => tag !== ''))];
}
