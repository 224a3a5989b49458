import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readHistoryLine, readTranscriptLine, TRANSCRIPT_MARK, TRANSCRIPT_RESULT_MARK, type ToldPrompt } from '../../../core/prompts/index.ts';
import { namesIn } from '../names-in.ts';
import { watchFile } from '../watch.ts';
import type { LineReader, PromptSource, SourceFile } from './source.ts';

/** What a program writes without the history (`claude -p`) is looked for so often while somebody listens. */
const LOOK_EVERY_MS = 3000;
const MARK = Buffer.from(TRANSCRIPT_MARK);
const RESULT_MARK = Buffer.from(TRANSCRIPT_RESULT_MARK);

/** Claude Code: its history first, for it has the prompts as they were typed; then the transcripts. */
export function claudePrompts(configFolder: string): PromptSource {
  const history = join(configFolder, 'history.jsonl');
  return {
    agent: 'claude',
    files: () => [historyFile(history), ...transcripts(join(configFolder, 'projects')).map(transcriptFile)],
    watch: (listener) => {
      const watching = watchFile(history, listener);
      const timer = setInterval(listener, LOOK_EVERY_MS);
      timer.unref();
      return {
        dispose: () => {
          clearInterval(timer);
          watching.dispose();
        },
      };
    },
  };
}

/** One history file and nothing else. */
export function historyOnly(path: string): PromptSource {
  return { agent: 'claude', files: () => [historyFile(path)], watch: (listener) => watchFile(path, listener) };
}

function historyFile(path: string): SourceFile {
  return { path, origin: 'history', reader: historyReader };
}

/** A prompt without a time gets that of the line before. */
function historyReader(modifiedAt: number): LineReader {
  let before: number | undefined;
  return {
    read: (value) => {
      const line = readHistoryLine(value, before ?? Math.trunc(modifiedAt));
      if (line === undefined) return undefined;
      before = line.told.at;
      // What only the archive's own lines may say must not come in by a history.
      const own = value as { from?: unknown; apart?: unknown };
      return { told: line.told, asItIs: line.complete && own.from === undefined && own.apart === undefined };
    },
    readLong: (head, tail) => longHistoryLine(head.toString('utf8'), tail.toString('utf8')),
  };
}

const STRING = '"(?:[^"\\\\]|\\\\.)*"';
const LONG_HEAD = new RegExp(`^\\s*\\{"display":(${STRING})`);
const LONG_TAIL = new RegExp(`"timestamp":(\\d+)(?:,"project":(${STRING}))?(?:,"sessionId":(${STRING}))?\\}\\s*$`);

/** Of a prompt with many megabytes of pasted text, all but that: it stands between the prompt and its time. */
function longHistoryLine(head: string, tail: string): ToldPrompt | undefined {
  const text = LONG_HEAD.exec(head)?.[1];
  const rest = LONG_TAIL.exec(tail);
  if (text === undefined || rest === null) return undefined;
  const [, at, project = '""', session = '""'] = rest;
  const value: unknown = JSON.parse(`{"display":${text},"timestamp":${at ?? '0'},"project":${project},"sessionId":${session}}`);
  return readHistoryLine(value, 0)?.told;
}

function transcriptFile(path: string): SourceFile {
  const session = basename(path, '.jsonl');
  return {
    path,
    origin: 'transcript',
    reader: () => ({
      mayBePrompt: (bytes, start, end) => {
        const line = bytes.subarray(start, end);
        return line.includes(MARK) && !line.includes(RESULT_MARK);
      },
      read: (value) => {
        const told = readTranscriptLine(value, session);
        return told && { told, asItIs: false };
      },
    }),
  };
}

/** The oldest first. Those of subagents lie deeper, and what is in them the user did not type. */
function transcripts(projects: string): readonly string[] {
  const found: { path: string; changed: number }[] = [];
  for (const folder of namesIn(projects)) {
    for (const name of namesIn(join(projects, folder))) {
      if (!name.endsWith('.jsonl')) continue;
      const path = join(projects, folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isFile() === true) found.push({ path, changed: stat.mtimeMs });
    }
  }
  return found.sort((a, b) => a.changed - b.changed || (a.path < b.path ? -1 : 1)).map(({ path }) => path);
}
