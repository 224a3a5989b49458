import { bodyIndent, encodeText, normalise } from './body.ts';
import { formatLink, hasControl } from './link.ts';
import { severityTag, toTags } from './tags.ts';
import { formatTimestamp } from './timestamp.ts';
import type { NewEntry, Target } from './types.ts';

/** The lines of a new entry, in the form that the original printed. */
export function printEntry(entry: NewEntry, level: number, keyword: string): string[] {
  const target = checkedTarget(entry);
  const tags = [...severityTag(entry.severity ?? 'should', undefined), ...toTags(entry.tags ?? [])];
  const properties: [string, string | undefined][] = [
    ['ID', entry.id],
    ['PROJECT', entry.project],
    ['TIMESTAMP', formatTimestamp(entry.created)],
    ...targetProperties(target),
  ];
  const { link } = formatLink(target);
  return [
    `${'*'.repeat(level)} ${keyword} ${link}${tags.length > 0 ? ` ${printTags(tags)}` : ''}`,
    `${bodyIndent}:PROPERTIES:`,
    ...propertyLines(properties, bodyIndent),
    `${bodyIndent}:END:`,
    ...encodeText(normalise(entry.text), bodyIndent),
  ];
}

export function printTags(tags: readonly string[]): string {
  return `:${tags.join(':')}:`;
}

/** One line for each property that has a value; a value is one line without blanks around it. */
export function propertyLines(properties: readonly (readonly [string, string | undefined])[], indent: string): string[] {
  return properties.flatMap(([name, value]) => {
    const line = value === undefined ? '' : propertyValue(value);
    return line === '' ? [] : [`${indent}:${name}: ${line}`];
  });
}

export function propertyValue(value: string): string {
  return normalise(value).replace(/\s+/g, (space) => (/[\n\t\v\f]/.test(space) ? ' ' : space)).trim();
}

/**
 * What the link cannot say: the end of a region, since Org jumps to single lines only, and a path
 * with `::` or control characters, which goes into `WH_PATH`, as a JSON string where a plain value
 * would not keep it, with its line in `WH_LINE`. Undefined means that the property must not be there.
 */
export function targetProperties(target: Target): [string, string | undefined][] {
  const { expressed } = formatLink(target);
  const plain = !hasControl(target.path) && target.path.trim() === target.path && !target.path.startsWith('"');
  return [
    ['END_LINE', target.endLine?.toString()],
    ['WH_PATH', expressed ? undefined : plain ? target.path : JSON.stringify(target.path)],
    ['WH_LINE', expressed ? undefined : target.line?.toString()],
  ];
}

/** The target as it can be kept: a region of one line is a line, and a path is well-formed and not empty. */
export function checkedTarget({ path, line, endLine }: Target): Target {
  const kept = path === '' ? '.' : path.toWellFormed();
  if (line === undefined || line < 1) return { path: kept };
  return endLine === undefined || endLine <= line ? { path: kept, line } : { path: kept, line, endLine };
}
