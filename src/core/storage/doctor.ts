/** One thing that was looked at. */
export interface Finding {
  /** What, in two or three words. */
  readonly check: string;
  readonly ok: boolean;
  /** What was found. */
  readonly message: string;
  /** What to do about it; only when not ok. */
  readonly fix?: string;
}

/** What is to be known about the storage, gathered by an adapter. */
export interface StorageFacts {
  readonly root: {
    readonly path: string;
    /** How it was chosen. */
    readonly source: keyof typeof chosenBy;
    readonly warning?: string;
    readonly exists: boolean;
    readonly writable: boolean;
    /** Permission bits; undefined where they mean nothing (Windows, or no folder). */
    readonly mode?: number;
    /** Bytes; undefined when not known. */
    readonly freeBytes?: number;
  };
  readonly journals: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly events: number;
    readonly damaged: readonly number[];
    /** Why it cannot be read. */
    readonly error?: string;
  }[];
  readonly images: readonly { readonly path: string; readonly bytes: number; readonly intact: boolean }[];
  /** Tickets of processes that are gone, by lock file. */
  readonly deadTickets: readonly { readonly path: string; readonly pids: readonly number[] }[];
}

const LOW_SPACE_BYTES = 200 * 1024 * 1024;

/** What `wheelhouse doctor` says about the storage. Every check is there, the good ones too. */
export function storageFindings(facts: StorageFacts): readonly Finding[] {
  return [
    ...rootFindings(facts.root),
    ...facts.journals.map(journalFinding),
    ...facts.images.map(imageFinding),
    ticketFinding(facts.deadTickets),
  ];
}

function rootFindings(root: StorageFacts['root']): Finding[] {
  const mode = root.mode ?? 0;
  return [
    root.warning === undefined
      ? { check: 'locations file', ok: true, message: `the data folder is ${chosenBy[root.source]}` }
      : { check: 'locations file', ok: false, message: root.warning, fix: 'Correct the file, or delete it and start the editor.' },
    !root.exists
      ? { check: 'data folder', ok: true, message: `${root.path} is not there yet; the first write makes it` }
      : !root.writable
        ? { check: 'data folder', ok: false, message: `${root.path} cannot be written`, fix: 'Check its owner and mode, and whether the disk is mounted read-only.' }
        : (mode & 0o022) !== 0
          ? { check: 'data folder', ok: false, message: `others may write into ${root.path}`, fix: `chmod go-w '${root.path}'` }
          : { check: 'data folder', ok: true, message: root.path },
    root.freeBytes !== undefined && root.freeBytes < LOW_SPACE_BYTES
      ? { check: 'disk space', ok: false, message: `${sizeText(root.freeBytes)} left for ${root.path}`, fix: 'Free some space: on a full disk nothing new can be kept.' }
      : { check: 'disk space', ok: true, message: root.freeBytes === undefined ? 'not known' : `${sizeText(root.freeBytes)} left` },
  ];
}

function journalFinding(journal: StorageFacts['journals'][number]): Finding {
  const check = 'journal';
  if (journal.error !== undefined) return { check, ok: false, message: journal.error, fix: `Make ${journal.path} readable for you.` };
  const size = `${journal.path}: ${journal.events} events, ${sizeText(journal.bytes)}`;
  const count = journal.damaged.length;
  if (count === 0) return { check, ok: true, message: size };
  const places = journal.damaged.slice(0, 5).join(', ');
  return {
    check,
    ok: false,
    message: `${size}, ${count} damaged ${count === 1 ? 'line' : 'lines'} (at byte ${places}${count > 5 ? ', …' : ''})`,
    fix: 'Nothing needs to be done: damaged lines are left out and everything else counts. They come from a crash or a full disk in mid-write; many of them, from a failing disk.',
  };
}

function imageFinding(image: StorageFacts['images'][number]): Finding {
  const message = `${image.path}: ${sizeText(image.bytes)}`;
  if (image.intact) return { check: 'image', ok: true, message };
  return { check: 'image', ok: false, message: `${message}, damaged`, fix: 'Nothing needs to be done: it is built anew from the journal when it is next needed.' };
}

function ticketFinding(dead: StorageFacts['deadTickets']): Finding {
  const check = 'locks';
  if (dead.length === 0) return { check, ok: true, message: 'nobody died holding one' };
  const list = dead.map(({ path, pids }) => `${path} (process ${pids.join(', ')})`).join('; ');
  return { check, ok: true, message: `left by processes that are gone, and passed over: ${list}` };
}

function sizeText(bytes: number): string {
  const megabytes = bytes / 1024 / 1024;
  return megabytes < 10_000 ? `${megabytes.toFixed(1)} MB` : `${Math.round(megabytes / 1024)} GB`;
}


const chosenBy = { option: 'the one that --data names', environment: 'the one that WHEELHOUSE_DATA names', recorded: 'the one that the editor recorded', default: 'the usual one' } as const;
