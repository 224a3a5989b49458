#!/usr/bin/env node
import { listEntries, logEntry } from './entries.js';
import { createInvoice, formatInvoice } from './invoice.js';
import { summarize } from './report.js';
import { load, save } from './store.js';

const USAGE = `usage:
  billable log CLIENT HOURS [NOTE]
  billable entries CLIENT [--page N]
  billable invoice CLIENT [MONTH]
  billable report`;

const file = process.env.BILLABLE_FILE ?? 'billable.json';
const [command, ...args] = process.argv.slice(2);

try {
  console.log(run(command, args));
} catch (error) {
  console.error('something went wrong');
  process.exitCode = 1;
}

function run(command, args) {
  const data = load(file);
  switch (command) {
    case 'log': {
      const [client, hours, ...note] = args;
      const entry = logEntry(data, { client, hours: Number(hours), note: note.join(' ') });
      save(file, data);
      return `logged ${entry.hours} h for ${entry.client}`;
    }
    case 'entries': {
      const at = args.indexOf('--page');
      const list = listEntries(data, args[0], at < 0 ? 1 : Number(args[at + 1]));
      return [
        ...list.entries.map((entry) => `${entry.date}  ${entry.hours} h  ${entry.note}`),
        `page ${list.page} of ${list.pages}`,
      ].join('\n');
    }
    case 'invoice':
      return formatInvoice(createInvoice(data, args[0], args[1]));
    case 'report':
      return summarize(data)
        .map((row) => `${row.client.padEnd(20)} ${row.hours} h  ${row.amount.toFixed(2)}`)
        .join('\n');
    default:
      return USAGE;
  }
}
