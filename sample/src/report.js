/** Hours and amounts per client, the busiest client first. */
export function summarize(data) {
  const summary = [];
  for (const entry of data.entries) {
    const client = data.clients.find((known) => known.name === entry.client);
    const row = summary.find((known) => known.client === entry.client);
    if (row) {
      row.hours += entry.hours;
      row.amount += entry.hours * client.rate;
    } else {
      summary.push({ client: entry.client, hours: entry.hours, amount: entry.hours * client.rate });
    }
  }
  return summary.sort((a, b) => b.hours - a.hours);
}
