/** The days that an exported timeline shows. */
import * as vscode from 'vscode';
import { WheelhouseError } from '../../../core/base/errors.ts';

export interface ExportPeriod {
  /** Milliseconds; without, from the first prompt. */
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
  /** `2025-10-01 to 2025-10-07` */
  readonly name: string;
}

/** @throws WheelhouseError `invalid-input` for what are no days, or none that follow each other. */
export function periodOf({ from, to }: { readonly from?: string; readonly to?: string }): ExportPeriod {
  const [start, end] = [from === undefined ? undefined : dayStart(from), to === undefined ? undefined : dayStart(to, 1)];
  if (start !== undefined && end !== undefined && end <= start) throw new WheelhouseError('invalid-input', `${to ?? ''} is before ${from ?? ''}. Give the later day last.`);
  const name = from === undefined && to === undefined ? 'all prompts' : from === to ? (from ?? '') : `${from ?? 'the first'} to ${to ?? 'the last'}`;
  return { ...(start !== undefined && { from: start }), ...(end !== undefined && { to: end }), name };
}

export async function askPeriod(now = new Date()): Promise<ExportPeriod | undefined> {
  const today = iso(now);
  const ago = (days: number) => iso(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
  const choices = [
    { label: 'Today', period: periodOf({ from: today, to: today }) },
    { label: 'Last 7 Days', period: periodOf({ from: ago(6), to: today }) },
    { label: 'Last 30 Days', period: periodOf({ from: ago(29), to: today }) },
    { label: 'Everything', period: periodOf({}) },
  ].map((choice) => ({ ...choice, description: choice.period.name }));
  return (await vscode.window.showQuickPick(choices, { title: 'Export Prompt Timeline', placeHolder: 'Which prompts? Secrets are redacted.' }))?.period;
}

/** The local midnight that begins a day. */
function dayStart(day: string, later = 0): number {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const midnight = new Date(Number(year), Number(month) - 1, Number(date));
  if (year === '' || midnight.getMonth() !== Number(month) - 1 || midnight.getDate() !== Number(date)) throw new WheelhouseError('invalid-input', `A day is such as 2025-10-02, not ${JSON.stringify(day)}.`);
  return new Date(Number(year), Number(month) - 1, Number(date) + later).getTime();
}

function iso(day: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
