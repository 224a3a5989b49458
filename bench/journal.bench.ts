/**
 * Several processes that write at once: events acknowledged, and events there afterwards. The other
 * side is what an extension with sql.js does by itself: load the file, insert, save the whole of it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count } from './children/writer.ts';
import { figure, type Figure } from './figure.ts';

const processes = 4;
const perProcess = 100;

export async function run(): Promise<Figure[]> {
  const journal = await race('journal');
  const wholeFile = await race('whole-file');
  const n = processes * perProcess;
  return [
    figure(`events kept of ${n} that ${processes} processes wrote (baseline: sql.js saving whole files)`, journal.kept, 'events', n, wholeFile.kept),
    figure('time for them, starting the processes included', journal.ms, 'ms', n, wholeFile.ms),
  ];
}

async function race(way: 'journal' | 'whole-file'): Promise<{ kept: number; ms: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-'));
  try {
    const started = performance.now();
    await Promise.all(Array.from({ length: processes }, () => writer(way, folder)));
    const ms = performance.now() - started;
    return { kept: await count(way, folder), ms };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writer(way: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'children', 'writer.ts'), way, folder, String(perProcess)], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => (code === 0 ? resolve() : reject(new Error(`a writer ended with ${String(code)}`))));
  });
}
