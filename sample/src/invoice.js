const TAX_RATE = 0.19;

/** An invoice for all entries of a client, optionally of one month (`2026-03`). */
export function createInvoice(data, clientName, month) {
  const client = data.clients.find((known) => known.name === clientName);
  if (!client) throw new Error(`no client called ${clientName}`);

  const lines = data.entries
    .filter((entry) => entry.client === clientName)
    .filter((entry) => !month || entry.date.startsWith(month))
    .map((entry) => ({ ...entry, amount: entry.hours * client.rate }));

  let net = 0;
  for (const line of lines) net += line.amount;
  const tax = net * TAX_RATE;
  return { client: client.name, lines, net, tax, total: net + tax };
}

export function formatInvoice(invoice) {
  const rows = invoice.lines.map(
    (line) => `${line.date}  ${line.note.padEnd(30)} ${String(line.hours).padStart(6)} h ${money(line.amount)}`,
  );
  return [
    `Invoice for ${invoice.client}`,
    ...rows,
    `${'net'.padStart(51)} ${money(invoice.net)}`,
    `${'tax'.padStart(51)} ${money(invoice.tax)}`,
    `${'total'.padStart(51)} ${money(invoice.total)}`,
  ].join('\n');
}

function money(amount) {
  return amount.toFixed(2).padStart(10);
}
