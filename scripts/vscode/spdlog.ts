/**
 * Stands in for the compiled addon `@vscode/spdlog`, which writes VS Code's log files: without one, every
 * Output channel stays empty, and compiling the addon needs a C++ compiler and half a minute.
 * The names are the addon's; its rotation of large files is left out.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'] as const;

export const version = 0;
export function setLevel(): void {}
export function setFlushOn(): void {}

export class Logger {
  readonly #file: string;
  #level = 2;
  #raw = false;

  constructor(_type: string, _name: string, file: string) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    this.#append('');
  }

  trace(message: string): void { this.#log(0, message); }
  debug(message: string): void { this.#log(1, message); }
  info(message: string): void { this.#log(2, message); }
  warn(message: string): void { this.#log(3, message); }
  error(message: string): void { this.#log(4, message); }
  critical(message: string): void { this.#log(5, message); }

  getLevel(): number { return this.#level; }
  setLevel(level: number): void { this.#level = level; }
  /** VS Code sets one pattern only: time, level, message. */
  setPattern(): void { this.#raw = false; }
  /** From now on messages are written as they are. */
  clearFormatters(): void { this.#raw = true; }
  flush(): void {}
  drop(): void {}

  #log(level: number, message: string): void {
    if (level < this.#level) return;
    this.#append(this.#raw ? message : `${localTime()} [${String(LEVELS[level])}] ${message}\n`);
  }

  #append(text: string): void {
    try {
      appendFileSync(this.#file, text);
    } catch {
      // The folder goes before the last message comes when VS Code is taken away with its data.
    }
  }
}

export const createRotatingLogger = (name: string, file: string) => Promise.resolve(new Logger('', name, file));
export const createAsyncRotatingLogger = createRotatingLogger;

function localTime(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, -1).replace('T', ' ');
}
