const PAGE_SIZE = 10;

/** Adds an entry for a client; a client that is new is added too. */
export function logEntry(data, { client, hours, note, rate = 80, date = today() }) {
  if (!client) throw new Error('an entry needs a client');
  if (!data.clients.some((known) => known.name === client)) {
    data.clients.push({ name: client, rate });
  }
  const entry = { id: data.entries.length + 1, client, hours, note: note ?? '', date };
  data.entries.push(entry);
  return entry;
}

/** One page of a client's entries, the newest first. Pages count from 1. */
export function listEntries(data, client, page = 1) {
  const entries = data.entries
    .filter((entry) => entry.client === client)
    .sort((a, b) => b.date.localeCompare(a.date) || b.id - a.id);
  const start = (page - 1) * PAGE_SIZE;
  return {
    page,
    pages: Math.floor(entries.length / PAGE_SIZE) + 1,
    entries: entries.slice(start, start + PAGE_SIZE),
  };
}

function today() {
  return new Date().toISOString().slice(0, 10);
}
