import type { CardSource } from './core.ts';

/** The nearest lines that hold the same code as when the card was made; else the old ones, as far as they exist. */
export function linesOf(lines: readonly string[], { startLine, endLine, code }: CardSource): { readonly start: number; readonly end: number } {
  const wanted = (code ?? '').replace(/\r?\n$/, '').split(/\r?\n/);
  const last = lines.length - wanted.length;
  if (code !== undefined && code.trim() !== '') {
    const isAt = (at: number) => at >= 0 && at <= last && wanted.every((line, i) => lines[at + i]?.trim() === line.trim());
    for (let away = 0; away <= lines.length; away++) {
      const at = [startLine - 1 - away, startLine - 1 + away].find(isAt);
      if (at !== undefined) return { start: at + 1, end: at + wanted.length };
    }
  }
  const start = Math.min(Math.max(1, startLine), lines.length);
  return { start, end: Math.min(Math.max(start, endLine), lines.length) };
}
