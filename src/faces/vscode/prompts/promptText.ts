/** Prompts as lines of a pick list. */
import { ageText } from '../sessions/rows.ts';
import { literal } from '../sessions/texts.ts';

const LABEL = 110;

/** One line, cut, with nothing in it that VS Code would take for an icon. */
export function lineOf(text: string, most = LABEL): string {
  const line = text.slice(0, most * 8).replace(/[\s\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, ' ').trim();
  const cut = line.length <= most ? line : `${line.slice(0, most - 1).trimEnd().replace(/[\ud800-\udbff]$/, '')}…`;
  return literal(cut);
}

/** `wheelhouse · 3 h · ★★★★☆` */
export function factsOf({ at, rating, project }: { readonly at: number; readonly rating: number; readonly project: string }, now: number): string {
  return [literal(nameOfProject(project)), ageText(at, now), rating > 0 ? stars(rating) : ''].filter((part) => part !== '').join(' · ');
}

export function stars(rating: number): string {
  return '★'.repeat(rating) + '☆'.repeat(5 - rating);
}

export function nameOfProject(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
}

/** `1 prompt`, `1,234 prompts` */
export function count(n: number, one: string): string {
  return `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;
}

/** `2 Oct`, and with the year when that is another one. */
export function dayText(at: number, now: number): string {
  const [day, today] = [new Date(at), new Date(now)];
  return day.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(day.getFullYear() !== today.getFullYear() && { year: 'numeric' }) });
}
