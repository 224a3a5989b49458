/** JOURNAL WRITER COUNT [BYTES]: appends events one after the other and prints the number of each when it is acknowledged. */
import { systemClock, systemRandom } from '../../../../src/adapters/node/clock.ts';
import { openJournal } from '../../../../src/adapters/node/journal-file.ts';

const [path = '', by = '', count = '0', bytes = '0'] = process.argv.slice(2);
const journal = openJournal(path, { clock: systemClock, random: systemRandom });
process.stdout.write('ready\n');
for (let n = 0; n < Number(count); n++) {
  await journal.append([{ by, type: 'test.written', n, text: 'ä'.repeat(Math.floor((Number(bytes) * ((n % 7) + 1)) / 14)) }]);
  process.stdout.write(`${n}\n`);
}
