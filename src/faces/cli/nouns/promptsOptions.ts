/** What the verbs of `prompts` take. */
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { PromptFilter } from '../../../core/prompts/index.ts';
import { text, type Input, type OptionValue } from '../verb.ts';

export const filterOptions = {
  'min-rating': { type: 'string' },
  'date-from': { type: 'string' },
  'date-to': { type: 'string' },
  search: { type: 'string' },
  project: { type: 'string' },
  'include-slash-commands': { type: 'boolean' },
} as const;
export const filterUsage = '[--min-rating 1-5] [--date-from YYYY-MM-DD] [--date-to YYYY-MM-DD] [--search TEXT] [--project PATH] [--include-slash-commands]';

export function filterOf(options: Input['options']): PromptFilter {
  const minRating = wholeNumber('min-rating', options['min-rating'], 1, 5);
  const [from, to, project, search] = [text(options['date-from']), text(options['date-to']), text(options['project']), text(options['search'])];
  return {
    commands: options['include-slash-commands'] === true,
    ...(minRating !== undefined && { minRating }),
    ...(from !== undefined && { from: dayStart('date-from', from) }),
    ...(to !== undefined && { to: dayStart('date-to', to, 1) }),
    ...(project !== undefined && { projects: [project] }),
    ...(search !== undefined && { text: search }),
  };
}

/** @throws WheelhouseError `usage`. */
export function wholeNumber(name: string, value: OptionValue, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const given = text(value);
  if (given === undefined) return undefined;
  const number = Number(given);
  if (/^\d+$/.test(given) && number >= least && number <= most) return number;
  throw new WheelhouseError('usage', `${name} is a whole number ${most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`}, not ${JSON.stringify(given)}.`);
}

/**
 * The local midnight that begins a day, milliseconds.
 * @param later So many days later. @throws WheelhouseError `usage`.
 */
export function dayStart(name: string, day: string, later = 0): number {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const midnight = new Date(Number(year), Number(month) - 1, Number(date));
  if (year === '' || midnight.getMonth() !== Number(month) - 1 || midnight.getDate() !== Number(date)) {
    throw new WheelhouseError('usage', `${name} is a day such as 2025-10-02, not ${JSON.stringify(day)}.`);
  }
  return new Date(Number(year), Number(month) - 1, Number(date) + later).getTime();
}

export function promptId(input: Input): number {
  const id = wholeNumber('ID', input.args[0], 1);
  if (id === undefined) throw new WheelhouseError('usage', 'ID is the number of a prompt, as "wheelhouse prompts list" shows it.');
  return id;
}
