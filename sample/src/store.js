import { readFileSync, writeFileSync } from 'node:fs';

const EMPTY = { clients: [], entries: [] };

export function load(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return structuredClone(EMPTY);
  }
}

export function save(file, data) {
  writeFileSync(file, JSON.stringify(data, null, 2) + '\n');
}
