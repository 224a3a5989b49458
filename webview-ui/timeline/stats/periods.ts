/** The stretches of time that figures can be about. */
import { addDays } from '../../shared/dates.ts';
import type { Period } from '../source.ts';

export const periods = [
  { name: 'all', label: 'All', words: 'so far', days: undefined },
  { name: 'year', label: 'Year', words: 'in the last 365 days', days: 365 },
  { name: '90', label: '90 days', words: 'in the last 90 days', days: 90 },
  { name: '30', label: '30 days', words: 'in the last 30 days', days: 30 },
  { name: '7', label: '7 days', words: 'in the last 7 days', days: 7 },
] as const;
export type PeriodChoice = (typeof periods)[number];

/** Whole local days, today included. @param now Milliseconds. */
export function periodOf({ days }: PeriodChoice, now: number): Period {
  return days === undefined ? {} : { from: addDays(now, 1 - days) };
}
